/** Entry of the pages about meetings, and of the room around the video. */
import { ActPanel } from "./act-panel";
import { FloorMirror } from "./floor-mirror";
import { KeptScroll } from "./kept-scroll";
import { ListWalk } from "./list-walk";
import { RoomPresence } from "./room-presence";
import { ZoneClocks } from "./zone-clocks";
import "./meetings.css";
import "./panel-choice.css";
import "./room-page.css";
import "./room-lists.css";
import "./needs.css";

customElements.define("act-panel", ActPanel);
customElements.define("floor-mirror", FloorMirror);
customElements.define("kept-scroll", KeptScroll);
customElements.define("list-walk", ListWalk);
customElements.define("room-presence", RoomPresence);
customElements.define("zone-clocks", ZoneClocks);
