/** Who is speaking, from the loudness of each voice: steady enough that a cough does not move the picture. */

/** dBFS; room noise of a headset lies below. */
const AUDIBLE = -50;
/** Another voice takes over only when it is this much louder… */
const MARGIN = 3;
/** …for this long. */
const TAKES_MS = 300;
/** A pause for breath does not end a speech. */
const HOLDS_MS = 2000;

export class ActiveSpeaker {
  #current: string | null = null;
  #heardAt = 0;
  #challenger: string | null = null;
  #since = 0;

  /** Take the level of each voice in dBFS at `now` (ms), and return who speaks, or null. */
  update(levels: ReadonlyMap<string, number>, now: number): string | null {
    const current = this.#levelOf(levels, this.#current);
    if (current >= AUDIBLE) this.#heardAt = now;
    const challenger = loudest(levels);
    const floor = current >= AUDIBLE ? current + MARGIN : AUDIBLE;
    if (challenger === null || challenger === this.#current || this.#levelOf(levels, challenger) < floor) {
      this.#challenger = null;
    } else this.#challenge(challenger, now);
    if (this.#current !== null && (!levels.has(this.#current) || now - this.#heardAt > HOLDS_MS)) this.#current = null;
    return this.#current;
  }

  #challenge(challenger: string, now: number): void {
    if (challenger !== this.#challenger) this.#since = now;
    this.#challenger = challenger;
    if (now - this.#since < TAKES_MS) return;
    this.#current = challenger;
    this.#heardAt = now;
  }

  #levelOf(levels: ReadonlyMap<string, number>, voice: string | null): number {
    return (voice === null ? undefined : levels.get(voice)) ?? -Infinity;
  }
}

function loudest(levels: ReadonlyMap<string, number>): string | null {
  let found: string | null = null;
  for (const [voice, level] of levels) if (found === null || level > (levels.get(found) ?? -Infinity)) found = voice;
  return found;
}
