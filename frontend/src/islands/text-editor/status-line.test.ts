import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StatusLine } from "./status-line";

let line: StatusLine;

beforeEach(() => {
  vi.useFakeTimers();
  line = new StatusLine();
});

afterEach(() => {
  vi.useRealTimers();
});

const word = (): string => line.element.textContent;

test("saving is said at once, saved only when it has lasted", () => {
  line.show("saved", "Saved", "");
  expect(word()).toBe("Saved");
  line.show("saving", "Saving…", "");
  expect(word()).toBe("Saving…");
  line.show("saved", "Saved", "");
  vi.advanceTimersByTime(200);
  line.show("saving", "Saving…", "");
  vi.advanceTimersByTime(1000);
  expect(word()).toBe("Saving…");
  line.show("saved", "Saved", "");
  vi.advanceTimersByTime(400);
  expect([word(), line.element.dataset["tone"]]).toEqual(["Saved", "saved"]);
});

test("typing is not announced", () => {
  for (const state of ["saved", "saving", "saved", "saving"] as const) line.show(state, state, "");
  vi.runAllTimers();
  expect(line.announcer.textContent).toBe("");
});

test("losing and finding the connection is announced once each", () => {
  line.show("saved", "Saved", "");
  line.show("offline", "Offline", "Offline: 1 change");
  line.show("offline", "Offline", "Offline: 2 changes");
  expect(line.announcer.textContent).toBe("Offline: 1 change");
  line.show("saving", "Saving…", "");
  expect(line.announcer.textContent).toBe("Offline: 1 change");
  line.show("saved", "Saved", "");
  expect(line.announcer.textContent).toBe("Connected again: everything is saved.");
  line.announcer.textContent = "";
  line.show("saving", "Saving…", "");
  line.show("saved", "Saved", "");
  expect(line.announcer.textContent).toBe("");
});

test("losing the right to write is announced", () => {
  line.show("saved", "Saved", "");
  line.show("frozen", "Frozen", "Nobody can change it.");
  expect(line.announcer.textContent).toBe("Nobody can change it.");
  expect(line.announcer.getAttribute("role")).toBe("status");
});
