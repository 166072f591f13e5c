/** The open texts of this page: one session a text, shared by its editors and kept until what was written in it is saved. */
import { outbox } from "./outbox";
import { TextSession } from "./session";

/** An element that HTMX swaps leaves the page and comes back at once; its session must not be torn down in between. */
const GRACE_MS = 2000;

interface Held {
  readonly session: TextSession;
  readonly stop: () => void;
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
  held.set(key, { session, stop: sendActs(session), editors: 1 });
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
  known.stop();
  known.session.destroy();
}

/** Let acts wait until the words of this page are stored, and look at the rows again once acts are done; returns what stops it. */
function sendActs(session: TextSession): () => void {
  const box = outbox();
  let count = box.acts.length;
  const stops = [
    box.watch(() => session.status.connected && (session.status.saved || !session.status.mayWrite)),
    session.listen({ status: () => { box.poke(); }, loaded: () => undefined, beforeRemote: () => undefined }),
    box.listen(() => {
      if (box.acts.length < count) session.layer.refresh();
      count = box.acts.length;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
