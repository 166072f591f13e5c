/**
 * `<text-columns data-text="<uuid>">` with one or two `<section class="text-version">`, each with a `<text-editor>` and a heading that has
 * an element `[data-head="<language>"]` for every language: shows which language a column has, never the same in both, and remembers it.
 * `[data-show-paragraph][data-show-language]` anywhere on the page leads to a paragraph.
 */
import { CALM_MS, alignHeights, markCounterparts } from "./counterparts";
import { Measuring, goesFar } from "./measuring";

export class TextColumns extends HTMLElement {
  readonly #measuring = new Measuring();
  #watch: ResizeObserver | null = null;
  #timer = 0;
  #shown: string[] = [];

  connectedCallback(): void {
    this.#recall();
    this.addEventListener("language-chosen", this.#choose);
    document.addEventListener("click", this.#follow);
    this.addEventListener("text-drawn", this.#drawn);
    this.addEventListener("keydown", this.#keyed, true);
    this.#watch = new ResizeObserver(this.#resized);
    for (const editor of this.#editors) this.#watch.observe(editor);
  }

  disconnectedCallback(): void {
    this.removeEventListener("language-chosen", this.#choose);
    document.removeEventListener("click", this.#follow);
    this.removeEventListener("text-drawn", this.#drawn);
    this.removeEventListener("keydown", this.#keyed, true);
    this.#watch?.disconnect();
    this.#measuring.stop();
    clearTimeout(this.#timer);
  }

  /** Show a language in one of the columns, the last unless it is there already; returns its editor. */
  show(language: string): HTMLElement | null {
    const there = this.#editors.find((editor) => editor.dataset["language"] === language && editor.offsetParent !== null);
    if (there) return there;
    const last = this.#editors.filter((editor) => editor.offsetParent !== null).at(-1);
    if (!last?.dataset["languages"]?.split(" ").includes(language)) return null;
    last.dataset["language"] = language;
    this.#settle(last);
    return last;
  }

  get #editors(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("text-editor")];
  }

  get #key(): string {
    return `columns-${this.dataset["text"] ?? ""}`;
  }

  #recall(): void {
    const known = sessionStorage.getItem(this.#key)?.split(" ") ?? [];
    const editors = this.#editors;
    const offered = editors[0]?.dataset["languages"]?.split(" ") ?? [];
    if (known.length === editors.length && new Set(known).size === known.length && known.every((code) => offered.includes(code))) {
      for (const [at, editor] of editors.entries()) editor.dataset["language"] = known[at];
    } else this.#preferReader(editors);
    this.#shown = editors.map((editor) => editor.dataset["language"] ?? "");
    this.#head();
  }

  /** Where there is room for one column only, it has the reader's language. */
  #preferReader([first, second]: readonly HTMLElement[]): void {
    if (!first || second?.offsetParent !== null || second.dataset["language"] !== document.documentElement.lang) return;
    second.dataset["language"] = first.dataset["language"];
    first.dataset["language"] = document.documentElement.lang;
  }

  readonly #choose = (event: Event): void => {
    if (event.target instanceof HTMLElement) this.#settle(event.target);
  };

  /** A column has a language now that the other may have: that one then takes what this one had. */
  #settle(changed: HTMLElement): void {
    const editors = this.#editors;
    const at = editors.indexOf(changed);
    const language = changed.dataset["language"] ?? "";
    const double = editors.find((editor) => editor !== changed && editor.dataset["language"] === language);
    if (double) double.dataset["language"] = this.#shown[at] ?? "";
    this.#shown = editors.map((editor) => editor.dataset["language"] ?? "");
    sessionStorage.setItem(this.#key, this.#shown.join(" "));
    this.#head();
  }

  #head(): void {
    for (const editor of this.#editors) {
      for (const head of editor.closest(".text-version")?.querySelectorAll<HTMLElement>("[data-head]") ?? []) {
        head.hidden = head.dataset["head"] !== editor.dataset["language"];
      }
    }
  }

  readonly #drawn = ({ target }: Event): void => {
    if (target instanceof Element) this.#measuring.soon(target);
  };

  readonly #keyed = (event: KeyboardEvent): void => {
    const text = event.target instanceof Element ? event.target.closest("text-editor") : null;
    if (text && goesFar(event)) this.#measuring.show(text);
  };

  readonly #resized = (entries: readonly ResizeObserverEntry[]): void => {
    for (const { target, contentRect } of entries) this.#measuring.resized(target, contentRect);
    this.#soon();
  };

  readonly #soon = (): void => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => { alignHeights(this.#editors); }, CALM_MS);
  };

  readonly #follow = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-show-paragraph]") : null;
    const { showParagraph: id, showLanguage: language } = link?.dataset ?? {};
    if (id === undefined || language === undefined) return;
    const paragraph = this.show(language)?.querySelector<HTMLElement>(`[data-paragraph="${CSS.escape(id)}"]`);
    if (!paragraph) return;
    event.preventDefault();
    paragraph.scrollIntoView({ block: "center" });
    paragraph.closest<HTMLElement>(".ProseMirror")?.focus({ preventScroll: true });
    getSelection()?.collapse(paragraph, 0);
    markCounterparts(this.dataset["text"] ?? "", language, id);
  };
}

customElements.define("text-columns", TextColumns);
