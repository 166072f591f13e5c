/** Who did something in the text lately, by client number: moved the caret, or wrote. */
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

interface AwarenessChange {
  readonly added: readonly number[];
  readonly updated: readonly number[];
}

export class Activity {
  readonly #last = new Map<number, number>();
  readonly #doc: Y.Doc;
  readonly #awareness: Awareness;

  constructor(doc: Y.Doc, awareness: Awareness) {
    this.#doc = doc;
    this.#awareness = awareness;
    doc.on("afterTransaction", this.#wrote);
    awareness.on("change", this.#moved);
  }

  /** Moment of the last activity (milliseconds, as `performance.now()`), or minus infinity. */
  last(client: number): number {
    return this.#last.get(client) ?? Number.NEGATIVE_INFINITY;
  }

  destroy(): void {
    this.#doc.off("afterTransaction", this.#wrote);
    this.#awareness.off("change", this.#moved);
  }

  readonly #moved = ({ added, updated }: AwarenessChange): void => {
    for (const client of [...added, ...updated]) this.#last.set(client, performance.now());
  };

  // Writing at the end of a paragraph does not move the caret's relative position, so the clocks tell.
  readonly #wrote = ({ beforeState, afterState }: Y.Transaction): void => {
    for (const [client, clock] of afterState) {
      if (beforeState.get(client) !== clock) this.#last.set(client, performance.now());
    }
  };
}
