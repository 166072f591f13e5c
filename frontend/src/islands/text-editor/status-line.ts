/**
 * The line that says whether what is on the screen is saved. The eye gets every change; the ear only what matters: going offline,
 * being safe again, losing the right to write.
 */
import type { EditorState } from "./state";
import { t } from "./words";

/** Said only once it has lasted, so that the word does not flicker while somebody types. Never the other way round. */
const SETTLED_MS = 400;

export class StatusLine {
  readonly element: HTMLElement;
  readonly announcer: HTMLElement;
  readonly #label = document.createElement("span");
  #state: EditorState = "loading";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasOffline = false;

  constructor() {
    this.element = document.createElement("p");
    this.element.className = "editor-status";
    this.element.append(this.#label);
    this.announcer = document.createElement("p");
    this.announcer.className = "visually-hidden";
    this.announcer.role = "status";
  }

  show(state: EditorState, label: string, detail: string): void {
    clearTimeout(this.#timer);
    const calm = state === "saved" && this.#state === "saving";
    if (calm) this.#timer = setTimeout(() => { this.#write(state, label, detail); }, SETTLED_MS);
    else this.#write(state, label, detail);
    this.#announce(state, detail);
    this.#state = state;
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  #write(state: EditorState, label: string, detail: string): void {
    this.element.dataset["tone"] = state;
    this.#label.textContent = label;
    this.element.title = detail;
  }

  #announce(state: EditorState, detail: string): void {
    if (state === "offline" && !this.#wasOffline) this.announcer.textContent = detail;
    if (state === "saved" && this.#wasOffline) this.announcer.textContent = t("Connected again: everything is saved.");
    if (state !== this.#state && ["readonly", "frozen", "refused"].includes(state)) this.announcer.textContent = detail;
    if (state === "offline") this.#wasOffline = true;
    if (state !== "offline" && state !== "saving") this.#wasOffline = false;
  }
}
