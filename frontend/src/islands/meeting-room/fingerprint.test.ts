import { expect, test } from "vitest";
import { fingerprintOf } from "./fingerprint";

const BYTES = Array.from({ length: 32 }, (_, index) => (index + 160).toString(16).toUpperCase());
const LINE = `a=fingerprint:sha-256 ${BYTES.join(":")}`;
const OTHER = LINE.replace(":A0", ":00").replace("A0:", "00:");

test("finds the fingerprint at the session or in each section", () => {
  const expected = BYTES.join("").toLowerCase();
  expect(fingerprintOf(`v=0\r\n${LINE}\r\nm=audio 9\r\n`)).toBe(expected);
  expect(fingerprintOf(`v=0\r\nm=audio 9\r\n${LINE}\r\nm=video 9\r\n${LINE}\r\n`)).toBe(expected);
});

test.each([
  ["none", "v=0\r\nm=audio 9\r\n"],
  ["two that differ", `${LINE}\r\n${OTHER}\r\n`],
  ["another hash", LINE.replace("sha-256", "sha-1")],
  ["another hash beside it", `${LINE}\r\na=fingerprint:sha-1 AA:BB\r\n`],
  ["one too short", "a=fingerprint:sha-256 AA:BB\r\n"],
])("tells nothing from %s", (_name, sdp) => {
  expect(fingerprintOf(sdp)).toBeNull();
});
