import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { captureScreen, problemOf, sentenceOf, unavailable } from "./devices";

beforeEach(() => {
  document.documentElement.lang = "en";
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ["NotAllowedError", "denied"],
  ["NotFoundError", "missing"],
  ["OverconstrainedError", "missing"],
  ["NotReadableError", "in-use"],
  ["AbortError", "in-use"],
])("%s means: %s", (name, problem) => {
  expect(problemOf(new DOMException("", name))).toBe(problem);
});

test("every problem is said in a sentence of its own", () => {
  const sentences = (["camera", "mic"] as const).flatMap((source) =>
    (["denied", "missing", "in-use", "stopped"] as const).map((problem) => sentenceOf(source, problem)),
  );
  expect(new Set(sentences).size).toBe(8);
});

test("a page without encryption says so before anything else", () => {
  vi.stubGlobal("isSecureContext", false);
  expect(unavailable()).toMatch(/^Video needs an encrypted connection/);
});

test("a browser without calls says so", () => {
  vi.stubGlobal("isSecureContext", true);
  expect(unavailable()).toBe("This browser has no video calls. You can follow the meeting without video.");
});

test("thinking better of sharing is no problem, a broken screen is", async () => {
  const getDisplayMedia = vi.fn().mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  vi.stubGlobal("navigator", { mediaDevices: { getDisplayMedia } });
  expect(await captureScreen()).toEqual([]);
  getDisplayMedia.mockRejectedValueOnce(new DOMException("", "NotReadableError"));
  await expect(captureScreen()).rejects.toThrow();
});
