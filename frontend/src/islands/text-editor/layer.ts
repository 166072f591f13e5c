/**
 * What the rows say about places in a text: brackets, proposals, remarks, agreement. The server's answer is the truth; it is asked again
 * whenever the text is announced to have changed, when the connection returns, and until it has answered.
 */

/** The parts of the layer are described where they are drawn: each part of the editor reads its own. */
export type Rows = Readonly<Record<string, unknown>>;

const DELAYS = [1000, 2000, 5000, 10_000, 30_000]; // milliseconds between attempts that failed

export class Layer {
  readonly #address: string;
  readonly #topic: string;
  readonly #listeners = new Set<(rows: Rows) => void>();
  #rows: Rows = {};
  #shown = "";
  #asking: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDestroyed = false;

  constructor(text: string) {
    this.#address = `/texts/${text}/layer.json`;
    this.#topic = `live:text:${text}:layer`;
    document.body.addEventListener(this.#topic, this.refresh);
    addEventListener("online", this.refresh);
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
    this.#isDestroyed = true;
    clearTimeout(this.#timer);
    document.body.removeEventListener(this.#topic, this.refresh);
    removeEventListener("online", this.refresh);
    this.#listeners.clear();
  }

  /** Ask now; an answer that is under way may be older than what is asked for, so it is asked for once more after it. */
  readonly refresh = (): void => {
    if (this.#isDestroyed) return;
    clearTimeout(this.#timer);
    this.#again = this.#asking !== null;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
      if (this.#again) this.refresh();
    });
  };

  async #ask(): Promise<void> {
    let body: string;
    try {
      const answer = await fetch(this.#address, { headers: { Accept: "application/json" } });
      if (answer.status >= 500) throw new Error(answer.statusText);
      // Signed out, or no longer for this person: the page says so, and asking again would not help.
      if (!answer.ok || !(answer.headers.get("Content-Type")?.startsWith("application/json") ?? false)) return;
      body = await answer.text();
    } catch {
      this.#timer = setTimeout(this.refresh, DELAYS[Math.min(this.#failures++, DELAYS.length - 1)]);
      return;
    }
    this.#failures = 0;
    if (body === this.#shown) return;
    this.#shown = body;
    this.#rows = JSON.parse(body) as Rows;
    for (const listener of [...this.#listeners]) listener(this.#rows);
  }
}
