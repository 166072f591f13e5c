/** The open texts of this page: one session a text, shared by its editors and kept until what was written in it is saved. */
import { TextSession } from "./session";

/** An element that HTMX swaps leaves the page and comes back at once; its session must not be torn down in between. */
const GRACE_MS = 2000;

interface Held {
  readonly session: TextSession;
  editors: number;
}

const held = new Map<string, Held>();

/** Return the session of a text, opening it for its first editor on the page. */
export function acquireSession(address: string, text: string, mayWrite: boolean): TextSession {
  const key = `${address}/${text}`;
  const known = held.get(key);
  if (known) {
    known.editors += 1;
    known.session.setMayWrite(mayWrite);
    return known.session;
  }
  const session = new TextSession(address, text, mayWrite);
  held.set(key, { session, editors: 1 });
  return session;
}

/** Give the session back; it closes when no editor came for it and nothing is unsaved. */
export function releaseSession(address: string, text: string): void {
  const key = `${address}/${text}`;
  const known = held.get(key);
  if (!known) return;
  known.editors -= 1;
  setTimeout(() => { closeIfDone(key, known); }, GRACE_MS);
}

function closeIfDone(key: string, known: Held): void {
  if (known.editors > 0 || held.get(key) !== known) return;
  const { unsaved, refusal } = known.session.status;
  if (unsaved > 0 && refusal === null) {
    setTimeout(() => { closeIfDone(key, known); }, GRACE_MS);
    return;
  }
  held.delete(key);
  known.session.destroy();
}
