/**
 * `<meeting-room>`: the video room of one meeting, in light DOM.
 *
 *     <meeting-room data-meeting="<meeting uuid>" data-floor="<delegate uuid>" data-bar="room-controls"></meeting-room>
 *
 * - `data-meeting`: whose room. `data-floor`: the delegate who has the floor, preferred on the stage; change it at any
 *   time. `data-bar` (optional): id of an element of the page in which the control bar is put while in the room.
 * - The element says where it stands in `data-state`: idle | preview | joining | joined | full | reconnecting | left.
 * - Each tile is a `figure.room-tile` with `data-delegate`, `data-peer`, `data-kind` (person | screen),
 *   `data-link-state` (connecting | connected | interrupted | failed), `data-self`, `data-stage` and `data-speaking`.
 * - `details.room-code` has `data-verification`: exchanging | code | compared | failed.
 * - Buttons: `.room-prepare` (to the preview), `.room-join`, `.room-watch`, `.room-mute`, `.room-camera`, `.room-share`,
 *   `.room-open-devices`, `.room-leave`, `.room-compared`.
 * - `stats()` resolves to one object a link: peer, delegate, state, framesDecoded, framesSent, bytesReceived.
 */
import type { LinkStats, Participant } from "./room";
import { ActiveSpeaker } from "./active-speaker";
import { Bar } from "./bar";
import { CodePanel } from "./code-panel";
import { DeviceChoice } from "./device-choice";
import { button, make, setAttribute } from "./dom";
import { titleOf } from "./identity";
import { Levels } from "./levels";
import { Lobby, sayProblems } from "./lobby";
import { RoomSession } from "./session";
import { actionOf } from "./shortcuts";
import { View } from "./view";
import { voicesOf } from "./voices";
import { keepAwake } from "./wake-lock";
import { t } from "./words";
import "./lobby.css";
import "./meeting-room.css";

const LISTEN_EVERY_MS = 100;
/** The person's own voice among the levels. */
const SELF = "self";

interface Parts {
  session: RoomSession;
  choice: DeviceChoice;
  lobby: Lobby;
  view: View;
  code: CodePanel;
  bar: Bar;
  inside: HTMLElement;
  notices: { connection: HTMLElement; alone: HTMLElement; sound: HTMLElement; problems: HTMLElement; status: HTMLElement };
}

export class MeetingRoom extends HTMLElement {
  static readonly observedAttributes = ["data-floor"];
  #parts: Parts | null = null;
  #levels: Levels | null = null;
  #speaker = new ActiveSpeaker();
  #listening: ReturnType<typeof setInterval> | undefined;
  #isDue = false;
  /** The keyboard was here, and has not found its next place yet. */
  #keepsFocus = false;
  #gone = new AbortController();

  connectedCallback(): void {
    const session = new RoomSession(socketAddress(this.dataset["meeting"] ?? ""));
    this.#parts = this.#build(session);
    this.#gone = new AbortController();
    session.events.on("change", () => this.#renderSoon());
    session.events.on("arrived", (who) => this.#tell(who, true));
    session.events.on("departed", (who) => this.#tell(who, false));
    this.#listenToPage(session);
    if ("mediaDevices" in navigator) session.media.open();
    this.#render();
  }

  disconnectedCallback(): void {
    this.#gone.abort();
    this.#stopListening();
    this.#parts?.session.close();
    this.#parts?.bar.element.remove();
    this.#parts = null;
    this.replaceChildren();
  }

  attributeChangedCallback(): void {
    this.#renderSoon();
  }

  stats(): Promise<LinkStats[]> {
    return this.#parts?.session.stats() ?? Promise.resolve([]);
  }

  #build(session: RoomSession): Parts {
    const choice = new DeviceChoice(session.media);
    const [lobby, code, bar] = [new Lobby(session, choice), new CodePanel(session), new Bar(session, choice)];
    const view = new View(session, () => (notices.sound.hidden = false));
    const notices = {
      connection: make("p", { class: "room-notice", role: "status", hidden: true }, t("The connection to the server is lost. Trying again…")),
      alone: make("p", { class: "room-notice", role: "status", hidden: true }, t("You are the first in the video room.")),
      sound: soundNotice(() => view.unblock()),
      problems: make("div", { class: "room-problems", role: "alert" }),
      status: make("p", { class: "visually-hidden", role: "status" }),
    };
    const stage = make("div", { class: "room-stage" }, view.element, code.element, notices.connection, notices.alone, notices.sound);
    const inside = make("section", { class: "room-inside", "aria-label": t("Video room") }, stage, notices.problems, bar.dialog);
    this.replaceChildren(lobby.element, inside, notices.status);
    return { session, choice, lobby, view, code, bar, inside, notices };
  }

  #listenToPage(session: RoomSession): void {
    const options = { signal: this.#gone.signal };
    const wake = () => session.wake();
    window.addEventListener("online", wake, options);
    window.addEventListener("pageshow", wake, options);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake(), options);
    window.addEventListener("pagehide", () => session.isInside && session.leave(), options);
    document.addEventListener("keydown", (event) => this.#press(event), options);
    keepAwake(() => session.isInside, this.#gone.signal);
  }

  #press(event: KeyboardEvent): void {
    const session = this.#parts?.session;
    const action = session?.isInside ? actionOf(event) : null;
    if (!session || !action) return;
    event.preventDefault();
    void (action === "screen" ? session.toggleScreen() : session.toggle(action));
  }

  /** Many changes come together: show them once. */
  #renderSoon(): void {
    if (this.#isDue || !this.#parts) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#render();
    });
  }

  #render(): void {
    if (!this.#parts) return;
    const { session, lobby, view, code, bar, inside, notices } = this.#parts;
    this.#keepsFocus ||= this.#hasFocus(bar);
    setAttribute(this, "data-state", session.phase);
    inside.hidden = !session.isInside;
    lobby.element.hidden = session.isInside;
    notices.connection.hidden = session.phase !== "reconnecting";
    notices.alone.hidden = session.phase !== "joined" || session.people.size > 0;
    lobby.update();
    view.floor = this.dataset["floor"] ?? null;
    view.update();
    code.update();
    this.#placeBar(bar, session.isInside);
    sayProblems(notices.problems, session);
    this.#listen(session);
    this.#keepFocus(session.isInside ? bar.element : lobby.element);
  }

  #hasFocus(bar: Bar): boolean {
    return this.contains(document.activeElement) || bar.element.contains(document.activeElement);
  }

  /** When the button that was pressed is gone, let the keyboard go on at the one that took its place. */
  #keepFocus(place: HTMLElement): void {
    const focused = document.activeElement;
    const isLost = focused === document.body || Boolean(focused?.closest("[hidden]"));
    const next = place.querySelector<HTMLElement>(".btn-primary") ?? place.querySelector("button");
    if (this.#keepsFocus && isLost) next?.focus();
    if (!isLost || next) this.#keepsFocus = false;
  }

  #placeBar(bar: Bar, isInside: boolean): void {
    const place = document.getElementById(this.dataset["bar"] ?? "") ?? this.#parts?.inside;
    if (isInside && bar.element.parentElement !== place) place?.append(bar.element);
    if (!isInside) bar.element.remove();
    if (!isInside && bar.dialog.open) bar.dialog.close();
    if (isInside) bar.update();
  }

  /** Follow the voices while there are any: the others' in the room, one's own for the meter. */
  #listen(session: RoomSession): void {
    const voices = voicesOf(session.people);
    const own = session.media.tracks.get("mic");
    if (own) voices.set(SELF, own);
    if (voices.size === 0) {
      this.#stopListening();
      return;
    }
    this.#levels ??= new Levels();
    this.#levels.keep(new Set(voices.keys()));
    for (const [voice, track] of voices) this.#levels.watch(voice, track);
    this.#listening ??= setInterval(() => this.#hear(), LISTEN_EVERY_MS);
  }

  #hear(): void {
    const levels = this.#levels?.read();
    if (!levels || !this.#parts) return;
    this.#parts.choice.setLevel(levels.get(SELF) ?? -Infinity);
    levels.delete(SELF);
    const speaker = this.#speaker.update(levels, performance.now());
    if (speaker === this.#parts.view.speaker) return;
    this.#parts.view.speaker = speaker;
    this.#renderSoon();
  }

  #stopListening(): void {
    clearInterval(this.#listening);
    this.#listening = undefined;
    this.#levels?.close();
    this.#levels = null;
  }

  #tell({ identity }: Participant, arrived: boolean): void {
    const name = titleOf(identity);
    const status = this.#parts?.notices.status;
    if (status) status.textContent = arrived ? t("{name} joined", { name }) : t("{name} left", { name });
  }
}

function soundNotice(onPlay: () => void): HTMLElement {
  const play = button("btn btn-small", t("Play the sound"), () => {
    onPlay();
    notice.hidden = true;
  });
  const words = t("The browser holds back the sound until you allow it.");
  const notice = make("p", { class: "room-notice", role: "status", hidden: true }, make("span", {}, words), play);
  return notice;
}

function socketAddress(meeting: string): string {
  const address = new URL(`/meetings/${meeting}/room/socket`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}
