/** One tile: a person with or without camera, or a shared screen. Whose it is comes from the server's stamp. */
import { button, flag, icon, make, play, setAttribute } from "./dom";
import { lettersOf, subtitleOf, titleOf } from "./identity";
import type { LinkState, Participant, SourceState } from "./room";
import { t } from "./words";

export interface TileModel {
  key: string;
  kind: "person" | "screen";
  participant: Participant;
  isSelf: boolean;
  /** null for oneself: there is no link. */
  link: LinkState | null;
  video: MediaStreamTrack | null;
  audio: MediaStreamTrack | null;
  mic: SourceState;
  isSpeaking: boolean;
  isOnStage: boolean;
  isPinned: boolean;
}

export class Tile {
  readonly element: HTMLElement;
  readonly #video = make("video", { playsinline: true, muted: true });
  readonly #audio = make("audio");
  readonly #state = make("span", { class: "room-tile-state" });
  readonly #link = make("span", { class: "room-tile-link", role: "status" });
  readonly #pin: HTMLButtonElement;
  readonly #onBlocked: () => void;

  constructor({ participant, kind, isSelf }: TileModel, onPin: () => void, onBlocked: () => void) {
    this.#onBlocked = onBlocked;
    this.#video.muted = true;
    this.#pin = button("room-pin", t("Keep large"), onPin, icon("pin"));
    const { identity } = participant;
    this.element = make(
      "figure",
      { class: "room-tile", "data-kind": kind, "data-delegate": identity.delegate, "data-peer": participant.id },
      make("span", { class: "room-avatar", "aria-hidden": "true" }, lettersOf(identity)),
      this.#video,
      this.#audio,
      this.#link,
      this.#pin,
      caption(participant, kind, isSelf, this.#state),
    );
    setAttribute(this.element, "data-self", isSelf ? "" : null);
  }

  /** Show `model`, in the speaker device `sink` (empty: the system's). */
  update(model: TileModel, sink: string): void {
    play(this.#video, model.video, () => undefined);
    play(this.#audio, model.isSelf ? null : model.audio, this.#onBlocked);
    if ("setSinkId" in this.#audio && this.#audio.sinkId !== sink) void this.#audio.setSinkId(sink).catch(() => undefined);
    this.#video.hidden = model.video === null;
    setAttribute(this.element, "data-link-state", model.link ?? "connected");
    setAttribute(this.element, "data-stage", model.isOnStage ? "" : null);
    setAttribute(this.element, "data-speaking", model.isSpeaking ? "" : null);
    setAttribute(this.#pin, "aria-pressed", String(model.isPinned));
    this.#sayState(model);
    say(this.#link, linkWords(model.link));
  }

  /** Play what the browser held back. */
  unblock(): void {
    if (this.#audio.srcObject) void this.#audio.play();
  }

  remove(): void {
    this.#video.srcObject = this.#audio.srcObject = null;
    this.element.remove();
  }

  #sayState({ kind, mic, isSpeaking }: TileModel): void {
    const silent = kind === "person" && mic !== "on";
    const words = silent ? t("muted") : isSpeaking ? t("speaking") : "";
    if (this.#state.getAttribute("title") === words) return;
    this.#state.title = words;
    const picture = silent ? [icon("microphone-off")] : isSpeaking ? [icon("volume")] : [];
    this.#state.replaceChildren(...picture, make("span", { class: "visually-hidden" }, words));
  }
}

function caption({ identity }: Participant, kind: string, isSelf: boolean, state: HTMLElement): HTMLElement {
  const title = kind === "screen" ? t("The screen of {name}", { name: titleOf(identity) }) : titleOf(identity);
  const name = make("b", { class: "room-tile-title" }, title);
  const detail = make("span", { class: "room-tile-detail" }, isSelf ? t("you") : subtitleOf(identity));
  return make("figcaption", { class: "room-tile-name" }, flag(identity.member), name, detail, state);
}

function linkWords(link: LinkState | null): string {
  switch (link) {
    case "connecting":
      return t("Connecting…");
    case "interrupted":
      return t("Connection interrupted");
    case "failed":
      return t("No connection; trying again");
    case "connected":
    case null:
      return "";
  }
}

function say(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
