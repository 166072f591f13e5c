/**
 * The ledger of what this page wrote and the database does not hold yet. "Saved" is said from here and from nowhere else.
 *
 * A state vector alone cannot prove that a deletion is stored (a deletion does not move the sender's clock), so every local change
 * is tied to the document message that carries it, and the server says how many of this connection's messages are durable. The
 * clocks are checked as well: a message that the server counted but did not keep must not look saved.
 */
import type { DocumentMessage, Stored } from "./protocol";

interface LocalChange {
  /** Ordinal of the message of this connection that carries the change; null while none does. */
  message: number | null;
}

export class SaveLedger {
  #changes: LocalChange[] = [];
  #sent = 0;
  #acknowledged = 0;
  #answered = false;
  readonly #clocks = new Map<number, number>();

  /** Note a change made on this page, before it is sent. */
  changed(): void {
    this.#changes.push({ message: null });
  }

  /** Note a new or lost connection: nothing of what is unacknowledged is known to have arrived. */
  disconnected(): void {
    for (const change of this.#changes) change.message = null;
    this.#sent = 0;
    this.#acknowledged = 0;
    this.#answered = false;
  }

  /** Note a document message handed to the socket: an update carries the newest change, a step 2 all of them. */
  sent(kind: DocumentMessage): void {
    this.#sent += 1;
    const carried = kind === "step2" ? this.#changes : this.#changes.slice(-1);
    for (const change of carried) change.message ??= this.#sent;
    if (kind === "step2") this.#answered = true;
  }

  /** Note what the server says its database holds. */
  stored({ clocks, messages }: Stored): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(messages, this.#sent));
    this.#changes = this.#changes.filter(({ message }) => message === null || message > this.#acknowledged);
    for (const [client, clock] of clocks) {
      this.#clocks.set(client, Math.max(clock, this.#clocks.get(client) ?? 0));
    }
  }

  /** How many changes are, as far as this page knows, only on this screen. */
  get unsaved(): number {
    return this.#changes.length;
  }

  /** How far the database holds what this client wrote. */
  storedClock(client: number): number {
    return this.#clocks.get(client) ?? 0;
  }

  /** True only if everything on this page is in the database; `clock` is the page's own clock in the document. */
  isSaved(client: number, clock: number): boolean {
    if (this.#changes.length > 0 || !this.#answered || this.#acknowledged < this.#sent) return false;
    return this.storedClock(client) >= clock;
  }
}
