/**
 * A card that folds, and stays folded when it is fetched anew:
 *
 *     <side-card name="remarks"><details open><summary>…</summary>…</details></side-card>
 */
const folded = new Set<string>();

export class SideCard extends HTMLElement {
  connectedCallback(): void {
    const details = this.querySelector("details");
    if (!details) return;
    details.open = !folded.has(this.#name);
    details.addEventListener("toggle", this.#note);
  }

  disconnectedCallback(): void {
    this.querySelector("details")?.removeEventListener("toggle", this.#note);
  }

  get #name(): string {
    return this.getAttribute("name") ?? "";
  }

  readonly #note = ({ target }: Event): void => {
    if (!(target instanceof HTMLDetailsElement) || target.parentElement !== this) return;
    if (target.open) folded.delete(this.#name);
    else folded.add(this.#name);
  };
}

customElements.define("side-card", SideCard);
