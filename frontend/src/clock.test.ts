import { beforeEach, expect, test, vi } from "vitest";
import { asClock, everySecond } from "./clock";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-07-10T13:00:00.400Z") });
});

test("asClock writes minutes, hours when there are some, and a minus past the end", () => {
  expect([0, 5, 65.9, 3845, -0.5, -12].map(asClock)).toEqual(["00:00", "00:05", "01:05", "1:04:05", "00:00", "−00:12"]);
});

test("everySecond ticks at once and at full seconds until it is stopped", () => {
  const ticks: number[] = [];
  const stop = everySecond(() => ticks.push(Date.now() % 1000));
  vi.advanceTimersByTime(2000);
  stop();
  vi.advanceTimersByTime(2000);
  expect(ticks).toEqual([400, 0, 0]);
});
