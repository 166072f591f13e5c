// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import "./count-down";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-07-10T13:00:00Z") });
  vi.stubGlobal("performance", { timeOrigin: 0, getEntriesByType: () => [] }); // jsdom does not time a navigation
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

test("it names whole days, in the language of the page", () => {
  document.body.innerHTML = '<count-down until="2025-07-13T16:12:40Z">…</count-down>';
  expect(document.body.textContent).toBe("3 days 3:12:40");
  document.body.innerHTML = '<count-down until="2025-07-11T13:05:09Z">…</count-down>';
  expect(document.body.textContent).toBe("1 day 0:05:09");
  document.documentElement.lang = "fr";
  document.body.innerHTML = '<count-down until="2025-07-12T15:00:00Z">…</count-down>';
  expect(document.body.textContent).toBe("2\u00a0jours 2:00:00");
  document.documentElement.lang = "en";
});

test("it says once the time has come, and a few times more while it is still there", () => {
  const heard = vi.fn();
  document.body.addEventListener("count-down-over", heard);
  document.body.innerHTML = '<count-down until="2025-07-10T13:00:02Z">…</count-down>';
  vi.advanceTimersByTime(1000);
  expect(heard).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(1000);
  expect(heard).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(600_000);
  expect(heard).toHaveBeenCalledTimes(6);
});
