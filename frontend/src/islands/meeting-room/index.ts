/** Entry of the video room; pages that show it load it beside main.ts. */
import { MeetingRoom } from "./meeting-room";

customElements.define("meeting-room", MeetingRoom);
