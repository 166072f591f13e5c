/**
 * The messages of the room's socket. `concertation/meetings/room/messages.py` is the truth; this mirrors it.
 * A `Relay` goes to one named peer; the server adds `from` to it and nobody else can.
 */
import type { Participant, Source, Sources } from "./room";

export interface Description {
  kind: "description";
  description: { type: "offer" | "answer"; sdp: string };
  /** Which source each media section of the sender carries, by mid. */
  sources: Record<string, Source>;
}

export interface Candidate {
  kind: "candidate";
  candidate: {
    candidate: string;
    sdpMid: string | null;
    sdpMLineIndex: number | null;
    usernameFragment: string | null;
  } | null;
}

export interface SourcesChanged {
  kind: "sources";
  sources: Sources;
}

export interface Subscribe {
  kind: "subscribe";
  source: Source;
  wanted: boolean;
}

/** First half of the verification code: the hash, sent before anybody reveals. */
export interface Commit {
  kind: "commit";
  round: number;
  roster: string[];
  commitment: string;
}

/** Second half: what was hashed. */
export interface Reveal {
  kind: "reveal";
  round: number;
  fingerprint: string;
  nonce: string;
}

export type MediaRelay = Description | Candidate | SourcesChanged | Subscribe;
export type Relay = MediaRelay | Commit | Reveal;

export type ToServer = { type: "join" } | { type: "ping" } | { type: "relay"; to: string; body: Relay };

export interface Welcome {
  type: "welcome";
  self: Participant;
  others: Participant[];
  iceServers: { urls: string[]; username?: string; credential?: string }[];
}

export type FromServer =
  | Welcome
  | { type: "joined"; participant: Participant }
  | { type: "left"; peer: string }
  | { type: "relay"; from: string; body: Relay }
  | { type: "pong" }
  | { type: "full"; seats: number }
  | { type: "error"; reason: string };

/** Why the server closed the socket for good; any other code is a lost connection, to be made again. */
export const CLOSED = {
  4401: "signed-out",
  4403: "not-allowed",
  4404: "unknown",
  4409: "closed",
  4410: "elsewhere",
  4423: "full",
} as const;

export type Refusal = (typeof CLOSED)[keyof typeof CLOSED];

export function refusalOf(code: number): Refusal | null {
  return code in CLOSED ? CLOSED[code as keyof typeof CLOSED] : null;
}
