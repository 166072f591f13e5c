/**
 * The verification code: commit, then reveal.
 *
 * Each participant draws a nonce, sends H(fingerprint ‖ nonce) to everybody, and reveals both only when the
 * commitments of the whole roster are in. The code is a hash over the sorted (fingerprint ‖ nonce) of all. A server
 * in the middle must fix what it shows to each side before it learns the other's nonce: one blind guess in 10¹².
 * A round is one run of this; every change of the roster starts a new one with a fresh nonce, and rounds are
 * numbered like a Lamport clock, so that all arrive at the same one. No code is shown unless the fingerprint that
 * each link enforces is the revealed one. See docs/decisions/0005-video.md for what this proves and what not.
 *
 *     alone → exchanging → code → (roster changes) → exchanging …        exchanging | code → failed, for good
 */
import { Emitter } from "./emitter";
import type { Commit, Reveal } from "./protocol";

export type VerificationState =
  | { phase: "alone" }
  | { phase: "exchanging" }
  | { phase: "code"; code: string; compared: boolean }
  | { phase: "failed"; peer: string };

type Send = (to: string, body: Commit | Reveal) => void;

export class Verification {
  readonly events = new Emitter<{ change: VerificationState }>();
  #state: VerificationState = { phase: "alone" };
  #queue: Promise<void> = Promise.resolve();
  #self = "";
  #roster: string[] = [];
  #round = 0;
  #nonce = "";
  #hasRevealed = false;
  readonly #commitments = new Map<string, string>();
  readonly #reveals = new Map<string, Reveal>();
  readonly #links = new Map<string, string | null>();
  /** Commitments to a roster that this page does not see yet. */
  readonly #early = new Map<string, Commit>();

  readonly #fingerprint: string;
  readonly #send: Send;

  constructor(fingerprint: string, send: Send) {
    this.#fingerprint = fingerprint;
    this.#send = send;
  }

  get state(): VerificationState {
    return this.#state;
  }

  /** The people in the room have changed: forget the code and begin a new round. */
  setRoster(self: string, others: readonly string[]): void {
    this.#enqueue(async () => {
      this.#self = self;
      this.#roster = [self, ...others].sort();
      for (const peer of this.#links.keys()) if (!others.includes(peer)) this.#links.delete(peer);
      await this.#startRound(this.#round + 1);
    });
  }

  receive(from: string, message: Commit | Reveal): void {
    this.#enqueue(() =>
      message.kind === "commit" ? this.#takeCommitment(from, message) : this.#takeReveal(from, message),
    );
  }

  /** Tell which fingerprint the browser enforces on the link to `peer`. */
  setLinkFingerprint(peer: string, fingerprint: string | null): void {
    this.#enqueue(async () => {
      this.#links.set(peer, fingerprint);
      await this.#conclude();
    });
  }

  /** A person has compared this very code with the others. */
  markCompared(code: string): void {
    if (this.#state.phase === "code" && this.#state.code === code) this.#change({ ...this.#state, compared: true });
  }

  /** Resolve when everything received so far is worked in. */
  settled(): Promise<void> {
    return this.#queue;
  }

  get #others(): string[] {
    return this.#roster.filter((peer) => peer !== this.#self);
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work);
  }

  async #startRound(round: number): Promise<void> {
    this.#round = round;
    this.#nonce = hex(crypto.getRandomValues(new Uint8Array(32)));
    this.#hasRevealed = false;
    this.#commitments.clear();
    this.#reveals.clear();
    this.#change({ phase: this.#others.length ? "exchanging" : "alone" });
    const commitment = await commitmentTo(this.#fingerprint, this.#nonce);
    for (const peer of this.#others) {
      this.#send(peer, { kind: "commit", round, roster: this.#roster, commitment });
    }
    await this.#replayEarly();
  }

  async #replayEarly(): Promise<void> {
    const early = [...this.#early];
    this.#early.clear();
    for (const [from, commit] of early) if (this.#others.includes(from)) await this.#takeCommitment(from, commit);
  }

  async #takeCommitment(from: string, commit: Commit): Promise<void> {
    if (!this.#others.includes(from) || commit.roster.join() !== this.#roster.join()) {
      this.#early.set(from, commit);
      return;
    }
    if (commit.round > this.#round) await this.#startRound(commit.round);
    if (commit.round !== this.#round) return;
    if ((this.#commitments.get(from) ?? commit.commitment) !== commit.commitment) {
      this.#fail(from);
      return;
    }
    this.#commitments.set(from, commit.commitment);
    this.#revealWhenAllCommitted();
    await this.#conclude();
  }

  #revealWhenAllCommitted(): void {
    if (this.#hasRevealed || this.#others.some((peer) => !this.#commitments.has(peer))) return;
    this.#hasRevealed = true;
    for (const peer of this.#others) {
      this.#send(peer, { kind: "reveal", round: this.#round, fingerprint: this.#fingerprint, nonce: this.#nonce });
    }
  }

  async #takeReveal(from: string, reveal: Reveal): Promise<void> {
    const commitment = this.#commitments.get(from);
    if (reveal.round !== this.#round || commitment === undefined) return;
    if ((await commitmentTo(reveal.fingerprint, reveal.nonce)) === commitment) {
      this.#reveals.set(from, reveal);
      await this.#conclude();
    } else this.#fail(from);
  }

  /** Show the code once everybody has revealed and every link is seen to use the revealed certificate. */
  async #conclude(): Promise<void> {
    if (this.#state.phase === "alone") return;
    for (const [peer, { fingerprint }] of this.#reveals) {
      if (this.#links.has(peer) && this.#links.get(peer) !== fingerprint) this.#fail(peer);
    }
    const complete = this.#others.every((peer) => this.#reveals.has(peer) && this.#links.has(peer));
    if (this.#state.phase === "code" || !this.#hasRevealed || !complete) return;
    const parts = [...this.#reveals.values(), { fingerprint: this.#fingerprint, nonce: this.#nonce }];
    this.#change({ phase: "code", code: await codeOf(parts), compared: false });
  }

  #fail(peer: string): void {
    this.#change({ phase: "failed", peer });
  }

  /** A failure stays: otherwise whoever caused it could also wipe it away by starting a new round. */
  #change(state: VerificationState): void {
    if (this.#state.phase === "failed") return;
    this.#state = state;
    this.events.emit("change", state);
  }
}

const COMMITMENT = "concertation room commitment 1:";
const CODE = "concertation room code 1:";

/** Return H(fingerprint ‖ nonce). The link's own fingerprint of 64 digits says where the nonce begins. */
export function commitmentTo(fingerprint: string, nonce: string): Promise<string> {
  return sha256(COMMITMENT + fingerprint + nonce);
}

/** Return twelve decimal digits in three groups of four: people of any language can read them to each other. */
export async function codeOf(parts: readonly { fingerprint: string; nonce: string }[]): Promise<string> {
  const sorted = parts.map(({ fingerprint, nonce }) => fingerprint + nonce).sort();
  const digest = await sha256(CODE + sorted.join());
  const digits = (BigInt(`0x${digest.slice(0, 32)}`) % 10n ** 12n).toString().padStart(12, "0");
  return digits.replace(/(\d{4})(?=\d)/g, "$1 ");
}

async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
