/** Whose loudness decides who is speaking: the floor's microphones, never an interpreter's channel. */
import type { Person } from "./session";

/** Return the microphone track of everybody whose microphone is on, by peer. */
export function voicesOf(people: ReadonlyMap<string, Person>): Map<string, MediaStreamTrack> {
  const voices = new Map<string, MediaStreamTrack>();
  for (const [peer, { tracks, sources }] of people) {
    const mic = tracks.get("mic");
    if (mic && sources.mic === "on") voices.set(peer, mic);
  }
  return voices;
}
