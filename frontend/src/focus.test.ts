import { beforeEach, expect, test, vi } from "vitest";
import { describe, FocusKeeper } from "./focus";
import { find } from "./testing";

const HTML = '<nav><a href="/x?a=1&amp;b=2">x</a></nav><section id="list"><button name="give" value="7">Give</button><a href="/x?a=1&amp;b=2">x</a><i tabindex="0">?</i></section>';
const list = () => find("#list");

beforeEach(() => {
  document.body.innerHTML = HTML;
});

test("a control is told by what it does", () => {
  for (const element of list().querySelectorAll("button, a")) {
    expect(list().querySelector(describe(element) ?? "nothing")).toBe(element);
  }
  expect(describe(list())).toBe("#list");
  expect(describe(list().querySelector("i") as Element)).toBeUndefined();
});

test("a plain button is told by where its form goes", () => {
  document.body.innerHTML = '<form action="/a/"><button>a</button></form><form action="/b/"><button>b</button></form>';
  const [first, second] = document.querySelectorAll("button");
  expect([first, second].map((button) => document.querySelector(describe(button as Element) ?? "nothing"))).toEqual([first, second]);
});

test("the focus returns to the same control after a swap", () => {
  const keeper = new FocusKeeper();
  list().querySelector("button")?.focus();
  keeper.note(list());
  document.body.innerHTML = HTML;
  keeper.restore(list());
  expect(document.activeElement).toBe(list().querySelector("button"));
});

test("the focus is left alone when it was elsewhere or has moved on", () => {
  document.body.insertAdjacentHTML("beforeend", '<button id="other"></button>');
  const other = find("#other");
  const keeper = new FocusKeeper();
  list().querySelector("button")?.focus();
  keeper.note(list());
  other.focus();
  keeper.restore(list());
  expect(document.activeElement).toBe(other);
  keeper.note(list());
  other.remove();
  keeper.restore(list());
  expect(document.activeElement).toBe(document.body);
});

test("two swaps in a row lose nothing", () => {
  const keeper = new FocusKeeper();
  find("button").focus();
  keeper.note(list());
  document.body.innerHTML = HTML;
  keeper.note(list());
  document.body.innerHTML = HTML;
  keeper.restore(list());
  expect(document.activeElement).toBe(find("button"));
});

test("the same address elsewhere in the page is not meant", () => {
  const keeper = new FocusKeeper();
  find("#list a").focus();
  keeper.note(list());
  document.body.innerHTML = HTML;
  keeper.restore(list());
  expect(document.activeElement).toBe(find("#list a"));
});

test("what was in sight is brought into sight again, and what was not stays where it is", () => {
  for (const [top, times] of [[10, 1], [innerHeight + 10, 0]] as const) {
    document.body.innerHTML = HTML;
    const keeper = new FocusKeeper();
    const button = find("#list button");
    button.getBoundingClientRect = () => new DOMRect(0, top, 50, 20);
    button.focus();
    keeper.note(list());
    document.body.innerHTML = HTML;
    const scroll = vi.fn();
    find("#list button").scrollIntoView = scroll;
    keeper.restore(list());
    expect(scroll).toHaveBeenCalledTimes(times);
  }
});
