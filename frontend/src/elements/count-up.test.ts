// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./count-up";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-07-10T13:00:00Z") });
  vi.stubGlobal("performance", { timeOrigin: 0, getEntriesByType: () => [] }); // jsdom does not time a navigation
});
afterEach(() => {
  document.body.replaceChildren();
});

function show(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
}

test("it runs on from earlier runs", () => {
  const clock = show('<count-up since="2025-07-10T12:59:50Z" spent="125">…</count-up>');
  expect(clock.textContent).toBe("02:15");
  vi.advanceTimersByTime(3000);
  expect(clock.textContent).toBe("02:18");
});

test("it stands still without a start", () => {
  const clock = show('<count-up spent="65">…</count-up>');
  vi.advanceTimersByTime(5000);
  expect(clock.textContent).toBe("01:05");
  expect(vi.getTimerCount()).toBe(0);
});

test("it never shows less than nothing, whatever the clocks say", () => {
  expect(show('<count-up since="2025-07-10T13:00:03Z">…</count-up>').textContent).toBe("00:00");
});

test("it follows its attributes and stops when it leaves the page", () => {
  const clock = show('<count-up spent="1">…</count-up>');
  clock.setAttribute("since", "2025-07-10T12:59:00Z");
  expect(clock.textContent).toBe("01:01");
  clock.remove();
  expect(vi.getTimerCount()).toBe(0);
});
