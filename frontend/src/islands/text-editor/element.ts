/**
 * `<text-editor data-text="<uuid>" data-language="en">fallback HTML</text-editor>`: the live editor of one language version.
 *
 * - `data-text`: the text; editors of the same text on the page share one document and one socket
 * - `data-language`: the version shown; `data-languages="en fr"`: offer a switch between these
 * - `data-may-edit`, `data-may-propose`, `data-frozen`: `true` or `false`, what the server decided when it rendered the page; the socket decides again
 * - `data-socket`: where the socket is (`/texts/sync`); `data-flags`: where the flags are (`/static/flags`)
 * - `data-state`, written here: loading | saved | saving | offline | proposing | readonly | frozen | refused. "saved" means: in the database.
 * - `data-drawn`, written here together with the event `text-drawn`: the words and what the rows say of them are on the screen
 *
 * The HTML that the server put inside is shown until the document is complete, and again when the element leaves the page.
 */
import { acquireSession, releaseSession } from "./sessions";
import type { Rows } from "./layer";
import type { TextSession } from "./session";
import type { EditorState, Rights } from "./state";
import { Workspace } from "./workspace";

export class TextEditorElement extends HTMLElement {
  static readonly observedAttributes = ["data-text", "data-language", "data-may-edit", "data-may-propose", "data-frozen"];

  #workspace: Workspace | null = null;
  #session: TextSession | null = null;
  #held: readonly [address: string, text: string] | null = null;
  #fallback: readonly Node[] = [];
  #hasRows = false;
  #stopFollowing: () => void = () => undefined;

  connectedCallback(): void {
    this.#fallback = [...this.childNodes];
    this.#start();
    document.body.addEventListener(this.#topic, this.#textChanged);
  }

  disconnectedCallback(): void {
    document.body.removeEventListener(this.#topic, this.#textChanged);
    this.#stop();
    this.replaceChildren(...this.#fallback);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (this.#workspace === null || before === after) return;
    if (name === "data-may-edit" || name === "data-may-propose" || name === "data-frozen") {
      this.#session?.setMayWrite(this.#mayWrite);
      this.#workspace.setRights(this.#rights);
    } else {
      this.#stop();
      this.#start();
    }
  }

  get #topic(): string {
    return `live:text:${this.dataset["text"] ?? ""}:state`;
  }

  get #rights(): Rights {
    const { mayEdit, mayPropose, frozen } = this.dataset;
    return { mayEdit: mayEdit === "true", mayPropose: mayPropose === "true", frozen: frozen === "true" };
  }

  get #mayWrite(): boolean {
    return this.#rights.mayEdit && !this.#rights.frozen;
  }

  #start(): void {
    const { text = "", language = "en", languages = "", socket = "/texts/sync", flags = "/static/flags" } = this.dataset;
    const address = new URL(socket, location.href).href.replace(/^http/, "ws");
    this.#held = [address, text];
    this.#session = acquireSession(address, text, this.#mayWrite);
    this.#workspace = new Workspace({
      session: this.#session,
      language,
      languages: languages.split(/\s+/).filter((code) => code !== ""),
      flags,
      rights: this.#rights,
      fallback: this.#fallback,
      chooseLanguage: (code) => {
        this.dataset["language"] = code;
        this.dispatchEvent(new CustomEvent("language-chosen", { bubbles: true, detail: code }));
      },
      onState: this.#show,
    });
    this.replaceChildren(...this.#workspace.elements);
    this.#stopFollowing = this.#session.layer.listen(this.#takeRights);
  }

  #stop(): void {
    this.#stopFollowing();
    this.#workspace?.destroy();
    this.#workspace = null;
    this.#session = null;
    if (this.#held) releaseSession(...this.#held);
    this.#held = null;
  }

  readonly #show = (state: EditorState): void => {
    this.dataset["state"] = state;
    this.ariaBusy = String(state === "loading");
    this.#sayDrawn();
  };

  #sayDrawn(): void {
    const { state, drawn } = this.dataset;
    if (drawn !== undefined || state === "loading" || !this.#hasRows) return;
    this.dataset["drawn"] = "";
    this.dispatchEvent(new CustomEvent("text-drawn", { bubbles: true }));
  }

  /** The page's own fragment waits while somebody writes in it; who loses or gets the pen must know at once. */
  readonly #takeRights = ({ can, state }: Rows): void => {
    if (typeof can !== "object" || can === null) return;
    const { edit, suggest } = can as Record<string, unknown>;
    Object.assign(this.dataset, { frozen: String(state !== "draft"), mayPropose: String(suggest === true), mayEdit: String(edit === true) });
    this.#hasRows = true;
    this.#sayDrawn();
  };

  /** After an objection a frozen text is open again: ask the socket, which knows. */
  readonly #textChanged = (): void => {
    if (this.#session?.status.refusal === "frozen") this.#session.setMayWrite(this.#mayWrite);
  };
}
