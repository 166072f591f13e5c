/** Entry of the pages about meetings, and of the room around the video. */
import { FloorMirror } from "./floor-mirror";
import { KeptScroll } from "./kept-scroll";
import { RoomPresence } from "./room-presence";
import { ZoneClocks } from "./zone-clocks";
import "./meetings.css";
import "./room-page.css";

customElements.define("floor-mirror", FloorMirror);
customElements.define("kept-scroll", KeptScroll);
customElements.define("room-presence", RoomPresence);
customElements.define("zone-clocks", ZoneClocks);
