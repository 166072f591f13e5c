import { beforeEach, describe, expect, test } from "vitest";
import { type Action, actionOf, setShortcuts } from "./shortcuts";

function press(key: string, target: Element = document.body, init: KeyboardEventInit = {}): Action | null {
  let action: Action | null = null;
  const listen = (event: Event) => (action = actionOf(event as KeyboardEvent));
  document.addEventListener("keydown", listen, { once: true });
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...init }));
  return action;
}

describe("shortcuts", () => {
  beforeEach(() => {
    localStorage.clear();
    document.body.innerHTML = "<input><textarea></textarea><div contenteditable='true'><p>text</p></div><button>ok</button>";
  });

  test("single keys act, in either case", () => {
    expect([press("m"), press("V"), press("s"), press("x")]).toEqual(["mic", "camera", "screen", null]);
  });

  test.each(["input", "textarea", "p"])("nothing happens while typing in %s", (selector) => {
    const target = document.querySelector(selector);
    expect(target && press("m", target)).toBeNull();
  });

  test("a focused button is no place to type", () => {
    const target = document.querySelector("button");
    expect(target && press("m", target)).toBe("mic");
  });

  test.each(["ctrlKey", "metaKey", "altKey", "repeat"])("%s leaves the key to others", (modifier) => {
    expect(press("m", document.body, { [modifier]: true })).toBeNull();
  });

  test("they can be switched off, and stay off", () => {
    setShortcuts(false);
    expect(press("m")).toBeNull();
    setShortcuts(true);
    expect(press("m")).toBe("mic");
  });
});
