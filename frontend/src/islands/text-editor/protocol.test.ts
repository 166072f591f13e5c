import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { EMPTY_STEP_2, awarenessClient, documentMessage, readStored, refusalOf } from "./protocol";

test("only step 2 and updates carry the document", () => {
  expect(documentMessage(new Uint8Array([0, 0, 1, 0]))).toBeNull();
  expect(documentMessage(EMPTY_STEP_2)).toBe("step2");
  expect(documentMessage(new Uint8Array([0, 2, 2, 0, 0]))).toBe("update");
  expect(documentMessage(new Uint8Array([1, 2, 2, 0, 0]))).toBeNull();
  expect(documentMessage(new Uint8Array())).toBeNull();
});

test("the empty step 2 is what Yjs would send for nothing", () => {
  expect(EMPTY_STEP_2.subarray(3)).toEqual(Y.encodeStateAsUpdate(new Y.Doc()));
});

test("a stored message gives clocks and the count of durable messages", () => {
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "abc");
  const encoder = encoding.createEncoder();
  encoding.writeVarUint8Array(encoder, Y.encodeStateVector(doc));
  encoding.writeVarUint(encoder, 300);
  const read = readStored(decoding.createDecoder(encoding.toUint8Array(encoder)));
  expect(read).toEqual({ clocks: new Map([[doc.clientID, 3]]), messages: 300 });
});

test("a server that does not count acknowledges nothing", () => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint8Array(encoder, new Uint8Array([0]));
  expect(readStored(decoding.createDecoder(encoding.toUint8Array(encoder)))).toEqual({ clocks: new Map(), messages: 0 });
});

test("a refusal is told from a broken line by its code", () => {
  expect([4401, 4403, 4404, 4409].map(refusalOf)).toEqual(["signed-out", "rights", "missing", "frozen"]);
  expect([1009, 4400].map(refusalOf)).toEqual(["unacceptable", "unacceptable"]);
  expect([1000, 1001, 1006, 1011, 1013].map(refusalOf)).toEqual([null, null, null, null, null]);
});

test("an awareness message tells of whom it speaks", () => {
  const awareness = new Awareness(new Y.Doc());
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]));
  expect(awarenessClient(encoding.toUint8Array(encoder))).toBe(awareness.clientID);
  expect(awarenessClient(new Uint8Array([1, 1, 0]))).toBeNull();
  expect(awarenessClient(EMPTY_STEP_2)).toBeNull();
});
