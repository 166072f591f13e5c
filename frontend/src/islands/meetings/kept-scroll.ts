/**
 * A list that scrolls, and that stands where it stood when a fragment brings it anew; when its current line is another
 * one than before, that line is brought into view:
 *
 *     <kept-scroll data-name="agenda" data-current="<identifier>"><ol>… <li aria-current="true">…</ol></kept-scroll>
 */
interface Place {
  current: string;
  top: number;
}

const places = new Map<string, Place>();

export class KeptScroll extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("scroll", this.#note);
    requestAnimationFrame(this.#restore);
  }

  disconnectedCallback(): void {
    this.removeEventListener("scroll", this.#note);
  }

  get #current(): string {
    return this.dataset["current"] ?? "";
  }

  get #name(): string {
    return this.dataset["name"] ?? "";
  }

  #note = (): void => {
    places.set(this.#name, { current: this.#current, top: this.scrollTop });
  };

  #restore = (): void => {
    const before = places.get(this.#name);
    this.scrollTop = before?.top ?? 0;
    if (before?.current !== this.#current) this.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    this.#note();
  };
}
