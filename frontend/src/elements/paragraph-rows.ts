/**
 * Walking through a table of paragraphs by key: up and down from row to row, N to the next one that is open.
 *
 *     <paragraph-rows><table>…<tr data-open><th scope="row"><a href="…">§4</a></th>…</tr>…</table></paragraph-rows>
 */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

export class ParagraphRows extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", this.#walk);
  }

  disconnectedCallback(): void {
    this.removeEventListener("keydown", this.#walk);
  }

  readonly #walk = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return;
    const links = [...this.querySelectorAll<HTMLAnchorElement>("tbody th a")];
    const here = links.indexOf(document.activeElement as HTMLAnchorElement);
    const step = STEPS[event.key];
    if (step !== undefined && here >= 0) this.#focus(event, links[here + step]);
    if (event.key === "n") this.#focus(event, links.slice(here + 1).find((link) => link.closest("tr")?.dataset["open"] !== undefined));
  };

  #focus(event: KeyboardEvent, link: HTMLAnchorElement | undefined): void {
    if (!link) return;
    event.preventDefault();
    link.focus();
  }
}

customElements.define("paragraph-rows", ParagraphRows);
