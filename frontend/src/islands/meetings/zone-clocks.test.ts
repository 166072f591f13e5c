import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ZoneClocks } from "./zone-clocks";

beforeAll(() => {
  customElements.define("zone-clocks", ZoneClocks);
});

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2027-07-10T13:34:58Z") });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

test("shows each zone its own time and goes on", () => {
  document.body.innerHTML = `<zone-clocks><b data-zone="Europe/Paris"></b><b data-zone="Europe/Kyiv"></b></zone-clocks>`;
  const faces = () => [...document.querySelectorAll("b")].map((face) => face.textContent);
  vi.advanceTimersByTime(1000);
  expect(faces()).toEqual(["15:34", "16:34"]);
  vi.advanceTimersByTime(2000);
  expect(faces()).toEqual(["15:35", "16:35"]);
});
