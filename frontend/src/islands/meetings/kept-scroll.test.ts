import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { KeptScroll } from "./kept-scroll";

const intoView = vi.fn();

beforeAll(() => {
  customElements.define("kept-scroll", KeptScroll);
});

beforeEach(() => {
  vi.useFakeTimers();
  intoView.mockReset();
  HTMLElement.prototype.scrollIntoView = intoView;
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function show(name: string, current: string): HTMLElement {
  document.body.innerHTML = `<kept-scroll data-name="${name}" data-current="${current}"><p aria-current="true"></p></kept-scroll>`;
  vi.advanceTimersByTime(50);
  const list = document.querySelector<HTMLElement>("kept-scroll");
  if (!list) throw new Error("the list is not on the page");
  return list;
}

test("stands where it stood when it comes anew", () => {
  const list = show("a", "1");
  list.scrollTop = 120;
  list.dispatchEvent(new Event("scroll"));
  intoView.mockReset();
  expect(show("a", "1").scrollTop).toBe(120);
  expect(intoView).not.toHaveBeenCalled();
});

test("brings the current line into view when it is another one", () => {
  show("b", "1");
  expect(intoView).toHaveBeenCalledTimes(1);
  show("b", "2");
  expect(intoView).toHaveBeenCalledTimes(2);
});

test("keeps lists apart", () => {
  const list = show("c", "1");
  list.scrollTop = 80;
  list.dispatchEvent(new Event("scroll"));
  expect(show("d", "1").scrollTop).toBe(0);
});
