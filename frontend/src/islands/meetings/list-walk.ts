/**
 * Lets the chair walk through a list by keyboard: N and P, while the focus is within it and nobody types, press the
 * buttons that have `data-walk="next"` and `data-walk="previous"`.
 */
const KEYS: Partial<Record<string, string>> = { n: "next", p: "previous" };

export class ListWalk extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", this.#press);
  }

  disconnectedCallback(): void {
    this.removeEventListener("keydown", this.#press);
  }

  readonly #press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
    const way = KEYS[event.key.toLowerCase()];
    if (way) this.querySelector<HTMLButtonElement>(`button[data-walk="${way}"]:not(:disabled)`)?.click();
  };
}
