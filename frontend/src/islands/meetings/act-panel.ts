/**
 * A small form over the room, which the server fills: `<act-panel id="room-act"></act-panel>`. The focus goes into it
 * when it opens and back where it was when it closes: by Escape, by what has `data-close`, or emptied by the server.
 * What has `data-done` closes by itself.
 */
const SHOWN_MS = 8_000;
const ORDER = ["[aria-invalid=true]", "[autofocus]", "input:not([type=hidden]), select, textarea, a, button"];

export class ActPanel extends HTMLElement {
  #opener: HTMLElement | null = null;
  #timer = 0;
  readonly #watch = new MutationObserver(() => { this.#changed(); });

  connectedCallback(): void {
    this.#watch.observe(this, { childList: true });
    this.addEventListener("click", this.#click);
    document.addEventListener("keydown", this.#press);
    document.addEventListener("focusin", this.#note);
  }

  disconnectedCallback(): void {
    this.#watch.disconnect();
    window.clearTimeout(this.#timer);
    this.removeEventListener("click", this.#click);
    document.removeEventListener("keydown", this.#press);
    document.removeEventListener("focusin", this.#note);
  }

  get #isOpen(): boolean {
    return this.childElementCount > 0;
  }

  #changed(): void {
    window.clearTimeout(this.#timer);
    if (!this.#isOpen) {
      this.#return();
      return;
    }
    const first = ORDER.map((selector) => this.querySelector<HTMLElement>(selector)).find((found) => found !== null);
    first?.focus();
    if (this.querySelector("[data-done]")) this.#timer = window.setTimeout(this.#close, SHOWN_MS);
  }

  readonly #close = (): void => {
    this.replaceChildren();
  };

  #return(): void {
    const opener = this.#opener;
    if (!opener) return;
    const again = opener.id ? document.getElementById(opener.id) : opener; // its fragment may have come anew
    (again ?? opener).focus();
  }

  /** Before the panel is filled: htmx gives the focus to what it swaps in, earlier than we hear of it. */
  readonly #note = ({ target }: Event): void => {
    if (!this.#isOpen && target instanceof HTMLElement) this.#opener = target;
  };

  readonly #click = (event: Event): void => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-close]")) return;
    event.preventDefault();
    this.#close();
  };

  readonly #press = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !this.#isOpen) return;
    if (this.contains(document.activeElement) || document.activeElement === document.body) this.#close();
  };
}
