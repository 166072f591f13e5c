// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import "./count-down";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-07-10T13:00:00Z") });
});

test("it counts down, then says by how much the time is over", () => {
  document.body.innerHTML = '<count-down until="2025-07-10T13:00:02Z">…</count-down>';
  const clock = document.body.firstElementChild as HTMLElement;
  expect([clock.textContent, clock.hasAttribute("data-over")]).toEqual(["00:02", false]);
  vi.advanceTimersByTime(2000);
  expect([clock.textContent, clock.hasAttribute("data-over")]).toEqual(["00:00", false]);
  vi.advanceTimersByTime(1000);
  expect([clock.textContent, clock.hasAttribute("data-over")]).toEqual(["−00:01", true]);
  clock.remove();
  expect(vi.getTimerCount()).toBe(0);
});

test("it leaves the server's words when the moment is unreadable", () => {
  document.body.innerHTML = '<count-down until="soon">at six</count-down>';
  expect(document.body.textContent).toBe("at six");
});
