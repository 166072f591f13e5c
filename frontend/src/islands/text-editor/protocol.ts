/**
 * The bytes of the text socket: the standard y-websocket messages, and type 100, "stored", by which the server says what is in its
 * database. Pure: no socket, no document.
 */
import * as decoding from "lib0/decoding";

export const STORED = 100;
const SYNC = 0;
const AWARENESS = 1;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

/** A sync step 2 that carries nothing: all that a reader may answer. */
export const EMPTY_STEP_2 = new Uint8Array([SYNC, SYNC_STEP_2, 2, 0, 0]);

export type DocumentMessage = "step2" | "update";

/** Tells whether a message carries document content, and which kind; null for questions and awareness. */
export function documentMessage(message: Uint8Array): DocumentMessage | null {
  if (message[0] !== SYNC) return null;
  if (message[1] === SYNC_STEP_2) return "step2";
  return message[1] === SYNC_UPDATE ? "update" : null;
}

/** The client that an awareness message speaks of first; null for other messages. */
export function awarenessClient(message: Uint8Array): number | null {
  if (message[0] !== AWARENESS) return null;
  const decoder = decoding.createDecoder(message.subarray(1));
  const states = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  return decoding.readVarUint(states) === 0 ? null : decoding.readVarUint(states);
}

/** Why the server closed the socket for good; any other code means "come back". "Unacceptable" is a message too large or damaged. */
export type Refusal = "signed-out" | "rights" | "missing" | "frozen" | "unacceptable";

const REFUSALS = new Map<number, Refusal>([
  [1009, "unacceptable"],
  [4400, "unacceptable"],
  [4401, "signed-out"],
  [4403, "rights"],
  [4404, "missing"],
  [4409, "frozen"],
]);

export function refusalOf(closeCode: number): Refusal | null {
  return REFUSALS.get(closeCode) ?? null;
}

/** What the server holds: clocks by client, and how many document messages of this connection are in the database. */
export interface Stored {
  readonly clocks: ReadonlyMap<number, number>;
  readonly messages: number;
}

/** Read the body of a "stored" message. A server that does not count messages acknowledges none. */
export function readStored(decoder: decoding.Decoder): Stored {
  const vector = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  const clocks = new Map<number, number>();
  const size = decoding.readVarUint(vector);
  for (let read = 0; read < size; read++) {
    clocks.set(decoding.readVarUint(vector), decoding.readVarUint(vector));
  }
  return { clocks, messages: decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : 0 };
}
