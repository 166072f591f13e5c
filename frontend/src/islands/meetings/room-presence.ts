/**
 * Tells the server that this person is in the room, as long as the page is open:
 *
 *     <room-presence data-url="/meetings/…/room/beat/"></room-presence>
 *
 * Failures are silent: the live status says when the connection is lost, and the next beat repairs it. A computer that
 * wakes up beats at once. When the server answers 286 the meeting is over and the beating ends.
 */
import { csrfToken } from "../../requests";

export const BEAT_MS = 20_000;
const OVER = 286;

export class RoomPresence extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.#timer = setInterval(this.#beat, BEAT_MS);
    window.addEventListener("online", this.#beat);
    document.addEventListener("visibilitychange", this.#seen);
    this.#beat();
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    window.removeEventListener("online", this.#beat);
    document.removeEventListener("visibilitychange", this.#seen);
  }

  #seen = (): void => {
    if (document.visibilityState === "visible") this.#beat();
  };

  #beat = (): void => {
    const request = { method: "POST", headers: { "X-CSRFToken": csrfToken() }, redirect: "manual" } as const;
    fetch(this.dataset["url"] ?? "", request).then(
      ({ status }) => {
        if (status === OVER) this.disconnectedCallback();
      },
      () => undefined,
    );
  };
}
