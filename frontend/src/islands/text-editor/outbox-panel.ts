/** What of this person's acts on a text is still on its way, and what the server refused, with the ways out. */
import type { Act, Fields, Outbox } from "./outbox";
import { t } from "./words";

/** Acts that are done within a moment are not worth a line that comes and goes. */
const SETTLED_MS = 700;
const PLACE = new Set(["id", "language", "paragraph", "start", "end", "words"]);
const CODE = /^(?:[\w-]{0,40}|\d+)$/;

export interface PanelSetup {
  readonly box: Outbox;
  readonly text: string;
  readonly language: string;
  /** The place that is selected now, as fields of an act; null when there is none. */
  readonly selected: () => Fields | null;
}

export class OutboxPanel {
  readonly element: HTMLElement;
  readonly #said = document.createElement("p");
  readonly #list = document.createElement("ul");
  readonly #setup: PanelSetup;
  readonly #stop: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shown = "";

  constructor(setup: PanelSetup) {
    this.#setup = setup;
    this.element = document.createElement("section");
    this.element.className = "editor-outbox";
    this.element.ariaLabel = t("Your acts that are not done yet");
    this.element.hidden = true;
    this.#said.role = "status";
    this.element.append(this.#said, this.#list);
    this.#stop = setup.box.listen(this.#soon);
    this.#soon();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#stop();
    this.element.remove();
  }

  /** The acts of this text and language; those without a language stand in the first editor. */
  get #acts(): readonly Act[] {
    const { box, text, language } = this.#setup;
    const isFirst = document.querySelector("text-editor") === this.element.closest("text-editor");
    return box.acts.filter((act) => {
      const wanted = act.fields["language"];
      return (act.text === text || act.text === "") && (wanted === undefined ? isFirst : wanted === language);
    });
  }

  readonly #soon = (): void => {
    clearTimeout(this.#timer);
    if (this.element.hidden) this.#timer = setTimeout(this.#show, SETTLED_MS);
    else this.#show();
  };

  readonly #show = (): void => {
    const acts = this.#acts;
    const shown = JSON.stringify(acts);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const waiting = acts.filter(({ refused }) => refused === "").length;
    this.element.hidden = acts.length === 0;
    this.#said.hidden = waiting === 0;
    this.#said.textContent = waiting === 0 ? "" : t("{n} act waits for the connection. | {n} acts wait for the connection.", { n: waiting });
    this.#list.replaceChildren(...acts.map((act) => this.#line(act)));
  };

  #line(act: Act): HTMLLIElement {
    const { box, selected } = this.#setup;
    const line = document.createElement("li");
    line.dataset["state"] = act.refused === "" ? "waiting" : "refused";
    if (act.refused !== "") line.append(paragraph("outbox-refused", act.refused));
    if (act.what) line.append(paragraph("outbox-what", act.what));
    const { words = "", language = "" } = act.fields;
    if (words !== "") {
      const quote = paragraph("outbox-words", `“${words}”`);
      quote.lang = language;
      line.append(quote);
    }
    const written = writtenIn(act.fields);
    if (written !== "") line.append(paragraph("outbox-written", written));
    const acts = paragraph("outbox-acts", "");
    if (act.refused !== "" && act.fields["paragraph"] !== undefined) {
      acts.append(button(t("Try again at the selection"), () => {
        const place = selected();
        if (place) void box.retry(act.id, place);
        else this.#hint(line);
      }));
    }
    if (act.refused !== "") acts.append(button(t("Try again"), () => void box.retry(act.id)));
    if (written !== "") acts.append(copyButton(written));
    acts.append(button(t("Discard"), () => { box.discard(act.id); }));
    line.append(acts);
    return line;
  }

  #hint(line: HTMLElement): void {
    const hint = paragraph("outbox-refused", t("Select the words in the text first."));
    hint.role = "alert";
    line.querySelector("[role=alert]")?.remove();
    line.prepend(hint);
  }
}

/** Return what the person wrote in an act: not the place, nor ids and codes. */
export function writtenIn(fields: Fields): string {
  return Object.entries(fields)
    .filter(([name, value]) => !PLACE.has(name) && (name === "body" || !CODE.test(value)))
    .map(([, value]) => value)
    .join("\n");
}

function paragraph(className: string, words: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.className = className;
  made.textContent = words;
  return made;
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function copyButton(written: string): HTMLButtonElement {
  const copy = button(t("Copy"), () => {
    navigator.clipboard.writeText(written).then(
      () => (copy.textContent = t("Copied")),
      () => (copy.textContent = t("Copy it by hand")),
    );
  });
  return copy;
}
