import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { BEAT_MS, RoomPresence } from "./room-presence";

const answers = vi.fn<(url: string, request: RequestInit) => Promise<{ status: number }>>();

beforeAll(() => {
  customElements.define("room-presence", RoomPresence);
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", answers);
  answers.mockReset();
  answers.mockResolvedValue({ status: 204 });
  document.body.innerHTML = `<room-presence data-url="/beat/"></room-presence>`;
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

test("beats at once and then regularly, by POST", async () => {
  await vi.advanceTimersByTimeAsync(2 * BEAT_MS);
  expect(answers).toHaveBeenCalledTimes(3);
  expect(answers.mock.calls[0]?.[0]).toBe("/beat/");
  expect(answers.mock.calls[0]?.[1].method).toBe("POST");
});

test("beats at once when the computer is back", () => {
  window.dispatchEvent(new Event("online"));
  expect(answers).toHaveBeenCalledTimes(2);
});

test("goes on after a failure", async () => {
  answers.mockRejectedValueOnce(new TypeError("offline"));
  await vi.advanceTimersByTimeAsync(2 * BEAT_MS);
  expect(answers).toHaveBeenCalledTimes(3);
});

test("ends when the meeting is over, and when it is taken away", async () => {
  answers.mockResolvedValue({ status: 286 });
  await vi.advanceTimersByTimeAsync(3 * BEAT_MS);
  expect(answers).toHaveBeenCalledTimes(2);
  document.body.innerHTML = `<room-presence data-url="/beat/"></room-presence>`;
  document.body.replaceChildren();
  answers.mockClear();
  await vi.advanceTimersByTimeAsync(3 * BEAT_MS);
  expect(answers).not.toHaveBeenCalled();
});
