/**
 * What the rows say about places in a text: brackets, proposals, remarks, agreement. The server's answer is the truth; it is asked again
 * whenever the text is announced to have changed.
 */

/** The parts of the layer are described where they are drawn: each part of the editor reads its own. */
export type Rows = Readonly<Record<string, unknown>>;

export class Layer {
  readonly #address: string;
  readonly #topic: string;
  readonly #listeners = new Set<(rows: Rows) => void>();
  #rows: Rows = {};
  #asking: Promise<void> | null = null;
  #again = false;

  constructor(text: string) {
    this.#address = `/texts/${text}/layer.json`;
    this.#topic = `live:text:${text}`;
    document.body.addEventListener(this.#topic, this.refresh);
    this.refresh();
  }

  get rows(): Rows {
    return this.#rows;
  }

  /** Call back with the rows now and whenever they change; returns the function that stops it. */
  listen(listener: (rows: Rows) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#rows);
    return () => this.#listeners.delete(listener);
  }

  destroy(): void {
    document.body.removeEventListener(this.#topic, this.refresh);
    this.#listeners.clear();
  }

  readonly refresh = (): void => {
    this.#again = this.#asking !== null;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
      if (this.#again) this.refresh();
    });
  };

  async #ask(): Promise<void> {
    try {
      const answer = await fetch(this.#address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      this.#rows = (await answer.json()) as Rows;
    } catch {
      return; // offline: the next signal, or the return of the connection, asks again
    }
    for (const listener of [...this.#listeners]) listener(this.#rows);
  }
}
