import { expect, test } from "vitest";
import type { SessionStatus } from "./session";
import { type EditorState, isEditable, isProposing, sentenceOf, stateOf } from "./state";

const WRITER = { mayEdit: true, mayPropose: true, frozen: false };
const READER = { mayEdit: false, mayPropose: false, frozen: false };
const PROPOSER = { mayEdit: false, mayPropose: true, frozen: false };
const ONLINE: SessionStatus = {
  connected: true,
  loaded: true,
  saved: true,
  unsaved: 0,
  mayWrite: true,
  refusal: null,
  lostWords: "",
  lostChanges: 0,
};

const CASES: readonly [string, Partial<SessionStatus>, typeof WRITER, EditorState, boolean][] = [
  ["everything stored", {}, WRITER, "saved", true],
  ["a change on its way", { saved: false, unsaved: 1 }, WRITER, "saving", true],
  ["no document yet", { loaded: false, connected: false }, WRITER, "loading", false],
  ["the line lost", { connected: false, saved: false }, WRITER, "offline", true],
  ["a reader", { mayWrite: false }, READER, "readonly", false],
  ["somebody who proposes", { mayWrite: false }, PROPOSER, "proposing", false],
  ["a proposer, frozen", { mayWrite: false }, { ...PROPOSER, frozen: true }, "frozen", false],
  ["a reader offline", { mayWrite: false, connected: false }, READER, "offline", false],
  ["frozen by the page", { mayWrite: false }, { mayEdit: true, mayPropose: true, frozen: true }, "frozen", false],
  ["frozen by the socket", { mayWrite: false, refusal: "frozen" }, WRITER, "frozen", false],
  ["rights taken", { mayWrite: false, refusal: "rights" }, WRITER, "refused", false],
  ["signed out", { connected: false, refusal: "signed-out" }, WRITER, "refused", false],
  ["gone before it loaded", { connected: false, loaded: false, refusal: "missing" }, WRITER, "refused", false],
];

test.each(CASES)("%s", (_name, change, rights, state, editable) => {
  const status = { ...ONLINE, ...change };
  expect(stateOf(status, rights)).toBe(state);
  expect(isEditable(status, rights)).toBe(editable);
});

test("typing makes proposals for those who propose and do not edit, on a complete text", () => {
  const status = { ...ONLINE, mayWrite: false };
  expect(isProposing(status, PROPOSER)).toBe(true);
  expect(isProposing({ ...status, connected: false }, PROPOSER)).toBe(true);
  expect(isProposing({ ...status, loaded: false }, PROPOSER)).toBe(false);
  expect(isProposing({ ...status, refusal: "rights" }, PROPOSER)).toBe(false);
  expect(isProposing(status, { ...PROPOSER, frozen: true })).toBe(false);
  expect(isProposing(ONLINE, WRITER)).toBe(false);
  expect(isProposing(status, READER)).toBe(false);
});

test("offline says how many changes are only on this screen", () => {
  const { detail } = sentenceOf("offline", { ...ONLINE, connected: false, unsaved: 3 }, WRITER);
  expect(detail).toBe("Offline: 3 changes are only on this screen. Keep this page open; they are sent when the connection returns.");
});

test("offline without changes does not frighten, and a reader is told what they see", () => {
  const offline = { ...ONLINE, connected: false };
  expect(sentenceOf("offline", offline, WRITER).detail).toContain("everything you wrote is saved");
  expect(sentenceOf("offline", offline, READER).detail).toContain("as it was when the connection was lost");
});

test("the handshake is not called saving", () => {
  expect(sentenceOf("saving", { ...ONLINE, saved: false }, WRITER).label).toBe("Connecting…");
  expect(sentenceOf("saving", { ...ONLINE, saved: false, unsaved: 1 }, WRITER).label).toBe("Saving…");
});
