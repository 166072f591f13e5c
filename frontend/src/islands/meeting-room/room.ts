/**
 * `Room`: what the interface knows of media. The mesh adapter is one implementation; an SFU adapter may follow.
 * Who is present and who they are comes from the server's stamp (see `signalling.ts`), never from media.
 */
import type { Emitter } from "./emitter";

/** What a person sends, by name; the name travels with the track, so that a receiver knows what it shows. */
export type Source = "mic" | "camera" | "screen" | "screen-audio" | `interp:${string}`;

/** Who somebody is, as stamped by the server. `member` is the code of the member, null for the secretariat. */
export interface Identity {
  delegate: string;
  name: string;
  member: string | null;
  /** Of the member, by language; empty for a state named by its code. */
  names: Record<string, string>;
  capacity: string;
}

/** One connection of one person: a new one after every reconnection. */
export interface Participant {
  id: string;
  identity: Identity;
}

export type LinkState = "connecting" | "connected" | "interrupted" | "failed";
export type SourceState = "on" | "muted" | "off";
/** What each source of a participant is doing; a source that is not named is off. */
export type Sources = Partial<Record<Source, SourceState>>;

/** Counters of one link, read-only, for tests and for people who look for a fault. */
export interface LinkStats {
  peer: string;
  delegate: string;
  state: LinkState;
  framesDecoded: number;
  framesSent: number;
  bytesReceived: number;
}

export interface RoomEvents {
  /** A remote source can be played: `track` stays the same object while the source lasts. */
  track: { peer: string; source: Source; track: MediaStreamTrack };
  /** What a participant sends has changed. */
  sources: { peer: string; sources: Sources };
  link: { peer: string; state: LinkState };
  /** The fingerprint that the browser enforces on this link; null when it cannot be told apart. */
  fingerprint: { peer: string; fingerprint: string | null };
}

export interface Room {
  readonly events: Emitter<RoomEvents>;
  /** SHA-256 fingerprint, 64 hexadecimal digits, of the one certificate used on every link. */
  readonly fingerprint: string;
  /** Take part with what is published; resolves when the seat is taken, rejects with `RoomRefused`. */
  join(): Promise<void>;
  leave(): void;
  /** Send `track` under this name, replacing the one sent before. */
  publish(source: Source, track: MediaStreamTrack): Promise<void>;
  unpublish(source: Source): Promise<void>;
  /** Go on sending the source, silent or black, and tell the others. */
  mute(source: Source, muted: boolean): void;
  /** Ask one participant for an interpretation channel, or no longer; other sources are always sent. */
  subscribe(peer: string, source: Source, wanted: boolean): void;
  stats(): Promise<LinkStats[]>;
}

/** Interpretation is sent only to those who ask for it. */
export function isInterpretation(source: Source): boolean {
  return source.startsWith("interp:");
}
