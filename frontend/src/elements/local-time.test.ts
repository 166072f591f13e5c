// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import "./local-time";
import { find } from "../testing";

function show(format: string, moment = "2025-07-10T13:05:00+00:00"): HTMLTimeElement {
  document.body.innerHTML = `<local-time format="${format}"><time datetime="${moment}">as written</time></local-time>`;
  return find("time") as HTMLTimeElement;
}

beforeEach(() => {
  document.documentElement.lang = "en";
  vi.stubEnv("TZ", "Europe/Kyiv");
});

test("it shows the moment in the reader's zone, with UTC at hand", () => {
  const time = show("datetime");
  expect(time.textContent).toBe("10 July 2025 at 16:05 EEST");
  expect(time.title).toBe("2025-07-10 13:05 UTC");
});

test("it keeps to the asked format and speaks the language of the page", () => {
  expect(show("time").textContent).toBe("16:05");
  expect(show("weekday").textContent).toBe("Thursday 10 July");
  document.documentElement.lang = "fr";
  expect(show("date").textContent).toBe("10 juillet 2025");
});

test("the first of a month is written as French writes it, and no other day", () => {
  document.documentElement.lang = "fr";
  expect(show("date", "2025-07-01T10:00:00+00:00").textContent).toBe("1er juillet 2025");
  expect(show("weekday", "2025-07-01T10:00:00+00:00").textContent).toBe("mardi 1er juillet");
  expect(show("date", "2025-07-21T10:00:00+00:00").textContent).toBe("21 juillet 2025");
  document.documentElement.lang = "en";
  expect(show("date", "2025-07-01T10:00:00+00:00").textContent).toBe("1 July 2025");
});

test("it leaves what the server wrote when the moment is unreadable", () => {
  expect(show("date", "soon").textContent).toBe("as written");
});
