/**
 * Tells fragments that a topic changed, and tells again what may have fallen on deaf ears. A fragment cannot hear while
 * it is being replaced: its own request is dropped with it, and what the server answers to an earlier request may be
 * older than the signal. So a signal that was told while a request was under way, whose answer then replaced a part of
 * the page, is told once more when no such request is left.
 */
interface Flight {
  readonly since: number; // signals told when it left
  swapped: boolean;
}

export class Signals {
  #count = 0;
  readonly #told = new Map<string, number>();
  readonly #flights = new Map<object, Flight>();
  readonly #unsure = new Set<string>();

  /** Tells of changes that are known together: a request that one of them causes finds what the others say, too. */
  tell = (...signals: string[]): void => {
    this.#count++;
    for (const signal of signals) this.#told.set(signal, this.#count);
    for (const signal of signals) document.body.dispatchEvent(new CustomEvent(signal));
  };

  departs(request: object): void {
    this.#flights.set(request, { since: this.#count, swapped: false });
  }

  swaps(request: object): void {
    const flight = this.#flights.get(request);
    if (flight) flight.swapped = true;
  }

  lands(request: object): void {
    const flight = this.#flights.get(request);
    this.#flights.delete(request);
    for (const [signal, when] of this.#told) if (flight?.swapped && when > flight.since) this.#unsure.add(signal);
    const ready = [...this.#unsure].filter((signal) => !this.#isAwaited(signal));
    for (const signal of ready) this.#unsure.delete(signal);
    if (ready.length > 0) this.tell(...ready);
  }

  /** Says whether a request that left before `signal` was last told is still under way. */
  #isAwaited(signal: string): boolean {
    const when = this.#told.get(signal) ?? 0;
    return [...this.#flights.values()].some((flight) => flight.since < when);
  }
}
