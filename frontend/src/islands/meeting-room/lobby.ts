/** What stands in place of the stage while somebody is not in the room: the door, the preview, or why it is shut. */
import type { DeviceChoice } from "./device-choice";
import { sentenceOf, unavailable } from "./devices";
import { button, icon, make, play } from "./dom";
import type { Refusal } from "./protocol";
import type { RoomSession } from "./session";
import { t } from "./words";

export class Lobby {
  readonly element = make("section", { class: "room-lobby", "aria-label": t("Video room") });
  readonly #session: RoomSession;
  readonly #choice: DeviceChoice;
  readonly #picture = make("video", { class: "room-mirror", playsinline: true, "aria-label": t("Your picture") });
  readonly #noPicture = make("p", { class: "room-no-picture" }, t("The camera is off"));
  readonly #problems = make("div", { class: "room-problems", role: "alert" });
  readonly #mic: HTMLButtonElement;
  readonly #camera: HTMLButtonElement;
  readonly #join: HTMLButtonElement;
  #shown = "";

  constructor(session: RoomSession, choice: DeviceChoice) {
    this.#session = session;
    this.#choice = choice;
    this.#picture.muted = true;
    this.#mic = button("btn", t("Microphone"), () => void session.toggle("mic"), icon("microphone"));
    this.#camera = button("btn", t("Camera"), () => void session.toggle("camera"), icon("video"));
    this.#join = button("btn btn-primary room-join", "", () => void session.join());
  }

  update(): void {
    const { phase, refusal } = this.#session;
    const shown = `${phase} ${refusal ?? ""}`;
    if (shown !== this.#shown) this.element.replaceChildren(...this.#content());
    this.#shown = shown;
    if (phase === "preview") this.#updatePreview();
  }

  #content(): Node[] {
    const { phase, refusal, seats } = this.#session;
    const trouble = unavailable();
    if (trouble) return [make("p", { class: "notice notice-warning" }, trouble)];
    switch (phase) {
      case "preview":
        return this.#preview();
      case "joining":
        return [make("p", { role: "status", class: "room-door" }, t("Joining…"))];
      case "full":
        return this.#door(
          t("The video room is full: {seats} people are in it. You can go on following the meeting on this page.", { seats }),
          t("Try again"),
        );
      case "left":
        return this.#door(goodbye(refusal), refusal === null || refusal === "elsewhere" ? t("Join again") : null);
      case "idle":
      case "joined":
      case "reconnecting":
        return this.#door(
          t("See and hear the other delegations. You can follow the meeting on this page without it."),
          t("Join by video"),
        );
    }
  }

  /** Say how things stand, with a way in unless there is none (null). */
  #door(words: string, invitation: string | null): Node[] {
    const door = make("div", { class: "room-door" }, make("h2", {}, t("Video room")), make("p", { role: "status" }, words));
    if (invitation !== null) {
      door.append(make("div", { class: "room-buttons" }, this.#prepare(invitation), this.#watch()));
    }
    return [door];
  }

  #prepare(label: string): HTMLButtonElement {
    return button("btn btn-primary room-prepare", label, () => void this.#session.preview(), icon("video"));
  }

  #watch(): HTMLButtonElement {
    return button("btn room-watch", t("Watch and listen only"), () => void this.#session.joinReceiveOnly(), icon("eye"));
  }

  #preview(): Node[] {
    const cancel = button("btn btn-quiet", t("Not now"), () => this.#session.cancelPreview());
    return [
      make("h2", {}, t("Before you join")),
      make(
        "div",
        { class: "room-preview" },
        make("div", { class: "room-preview-picture" }, this.#picture, this.#noPicture),
        make("div", { class: "room-preview-choice" }, make("div", { class: "room-buttons" }, this.#mic, this.#camera), this.#choice.element),
      ),
      this.#problems,
      make("div", { class: "room-buttons" }, this.#join, this.#watch(), cancel),
    ];
  }

  #updatePreview(): void {
    const { media } = this.#session;
    const camera = media.tracks.get("camera") ?? null;
    const hasMic = media.tracks.has("mic") && !media.muted;
    play(this.#picture, camera, () => undefined);
    this.#picture.hidden = camera === null;
    this.#noPicture.hidden = camera !== null;
    this.#mic.setAttribute("aria-pressed", String(hasMic));
    this.#camera.setAttribute("aria-pressed", String(camera !== null));
    const label = this.#join.querySelector("span");
    if (label) label.textContent = joinLabel(camera !== null, hasMic);
    this.#choice.update();
    sayProblems(this.#problems, this.#session);
  }
}

/** Show why a device cannot be used, each in a sentence of its own. */
export function sayProblems(place: HTMLElement, { media }: RoomSession): void {
  const sentences = [...media.problems].map(([source, problem]) => sentenceOf(source, problem));
  if (media.screenFailed) sentences.push(t("The screen could not be shared."));
  if (place.dataset["said"] === sentences.join()) return;
  place.dataset["said"] = sentences.join();
  place.replaceChildren(...sentences.map((sentence) => make("p", { class: "notice notice-warning" }, sentence)));
}

export function joinLabel(camera: boolean, mic: boolean): string {
  if (camera && mic) return t("Join with camera and microphone");
  if (camera) return t("Join with camera");
  return mic ? t("Join with microphone") : t("Join without sending anything");
}

function goodbye(refusal: Refusal | null): string {
  switch (refusal) {
    case "elsewhere":
      return t("You joined from another window, so this one left the video room.");
    case "closed":
      return t("The meeting is not in session, so its video room is closed.");
    case "signed-out":
      return t("You are signed out. Sign in again to join.");
    case "not-allowed":
    case "unknown":
      return t("Your capacity does not give access to this video room.");
    case "full":
    case null:
      return t("You left the video room. You can go on following the meeting on this page.");
  }
}
