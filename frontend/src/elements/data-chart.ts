/**
 * Draws a picture of the table that it names, which stays beside it and is the truth:
 *
 *     <data-chart for="burden-table" kind="bars"></data-chart>
 *     <table id="burden-table" aria-labelledby="burden-title">
 *       <thead><tr><th>Member</th><th data-series="blue">Share of GDP</th></tr></thead>
 *       <tbody><tr data-place="250"><th scope="row">France</th><td data-value="0.21">0.21 %</td></tr></tbody>
 *     </table>
 *
 * A column with `data-series` is drawn, in the colour of that name; a cell without `data-value` is unknown and leaves a
 * gap. Kinds: bars, stacked-bars, shares (of the whole of each row), lines, map (rows with `data-place`).
 * The program that draws is fetched by the first picture: pages without one never load it.
 */
import { t } from "../words";

interface Drawing {
  resize(): void;
  dispose(): void;
}

export class DataChart extends HTMLElement {
  #drawing: Drawing | undefined;
  #asked = 0;
  readonly #sizes = new ResizeObserver(() => {
    if (this.#hasRoom) this.#drawing?.resize();
  });
  readonly #themes = new MutationObserver(() => void this.#draw());
  readonly #system = matchMedia("(prefers-color-scheme: dark)");
  readonly #redraw = (): void => void this.#draw();

  connectedCallback(): void {
    this.setAttribute("role", "img");
    this.setAttribute("aria-label", t("Picture of the table “{title}”, which has the same figures.", { title: this.#title }));
    this.#sizes.observe(this);
    this.#themes.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    this.#system.addEventListener("change", this.#redraw);
    void this.#draw();
  }

  disconnectedCallback(): void {
    this.#asked += 1;
    this.#sizes.disconnect();
    this.#themes.disconnect();
    this.#system.removeEventListener("change", this.#redraw);
    this.#drawing?.dispose();
    this.#drawing = undefined;
  }

  /** Whether there is anything to draw on: a picture of no size makes the map fail. */
  get #hasRoom(): boolean {
    return this.clientWidth > 0 && this.clientHeight > 0;
  }

  get #table(): HTMLTableElement | null {
    const found = document.getElementById(this.getAttribute("for") ?? "");
    return found instanceof HTMLTableElement ? found : null;
  }

  get #title(): string {
    const named = document.getElementById(this.#table?.getAttribute("aria-labelledby") ?? "");
    return (named?.firstChild?.nodeType === Node.TEXT_NODE ? named.firstChild.textContent : named?.textContent)?.trim() ?? "";
  }

  async #draw(): Promise<void> {
    const asked = (this.#asked += 1);
    const table = this.#table;
    if (!table || !document.createElement("canvas").getContext("2d")) return;
    const { draw } = await import("../islands/charts/draw");
    if (asked !== this.#asked) return; // it left the page, or another drawing was asked for meanwhile
    this.#drawing?.dispose();
    this.replaceChildren();
    this.#drawing = await draw(this, table, this.getAttribute("kind") ?? "bars", this.dataset["view"] ?? "");
    this.dataset["drawn"] = "";
  }
}

customElements.define("data-chart", DataChart);
