import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NAME_MS, caretElement } from "./caret-element";
import { personOf } from "./person";

const CLAIRE = { delegate: "d1", name: "Claire <b>Fontaine</b>", member: "fr", colour: 4 };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("a caret has a colour class, a flag, a name, and neither style nor markup of its own", () => {
  const caret = caretElement(CLAIRE, "/static/flags", 0);
  expect(caret.className).toBe("editor-caret person-colour-4");
  expect(caret.querySelector("img")?.getAttribute("src")).toBe("/static/flags/fr.svg");
  expect(caret.querySelector(".editor-caret-name")?.getAttribute("data-name")).toBe("Claire <b>Fontaine</b>");
  expect(caret.textContent).toBe("");
  expect(caret.querySelector("b")).toBeNull();
  expect(caret.outerHTML).not.toContain("style");
  expect(caret.getAttribute("aria-hidden")).toBe("true");
});

test("the name shows while the person is active, and goes after some seconds", () => {
  const caret = caretElement(CLAIRE, "/static/flags", performance.now() + NAME_MS);
  expect(caret.classList.contains("is-active")).toBe(true);
  vi.advanceTimersByTime(NAME_MS - 1);
  expect(caret.classList.contains("is-active")).toBe(true);
  vi.advanceTimersByTime(1);
  expect(caret.classList.contains("is-active")).toBe(false);
});

test("the caret of somebody idle is drawn without its name", () => {
  expect(caretElement(CLAIRE, "/static/flags", performance.now() - 1).classList.contains("is-active")).toBe(false);
});

test("somebody without a member has no flag", () => {
  expect(caretElement({ ...CLAIRE, member: null }, "/static/flags", 0).querySelector("img")).toBeNull();
});

test("only a stamped person is believed, and a member's code cannot leave the folder of flags", () => {
  expect(personOf({})).toBeNull();
  expect(personOf(null)).toBeNull();
  expect(personOf({ user: { delegate: "d" } })).toBeNull();
  expect(personOf({ user: { name: "X", member: "../../evil", colour: 99 } })).toEqual({ delegate: "X", name: "X", member: null, colour: 3 });
  expect(personOf({ user: { name: "X", delegate: "d", member: "GB", colour: "red" } })).toEqual({ delegate: "d", name: "X", member: "gb", colour: 0 });
});
