/**
 * A menu that closes when one presses Escape, clicks elsewhere or moves on with the keyboard:
 *
 *     <fold-menu><details class="menu"><summary>…</summary><div class="menu-panel">…</div></details></fold-menu>
 */
export class FoldMenu extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("click", this.#leave);
    this.addEventListener("focusout", this.#leave);
    this.addEventListener("keydown", this.#escape);
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.#leave);
    this.removeEventListener("focusout", this.#leave);
    this.removeEventListener("keydown", this.#escape);
  }

  get #details(): HTMLDetailsElement | null {
    return this.querySelector("details");
  }

  #leave = (event: Event): void => {
    const next = event instanceof FocusEvent ? event.relatedTarget : event.target;
    if (next instanceof Node && !this.contains(next) && this.#details) this.#details.open = false;
  };

  #escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.#details?.open) return;
    event.stopPropagation();
    this.#details.open = false;
    this.#details.querySelector("summary")?.focus();
  };
}

customElements.define("fold-menu", FoldMenu);
