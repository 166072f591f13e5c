import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Measuring, goesFar, isOther } from "./measuring";

const frames: FrameRequestCallback[] = [];
let text: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (act: FrameRequestCallback) => frames.push(act));
  vi.stubGlobal("innerHeight", 900);
  text = document.createElement("text-editor");
});

afterEach(() => {
  frames.length = 0;
  vi.useRealTimers();
});

/** Let time pass, and say whether the text is being measured. */
function isMeasuring(): boolean {
  vi.advanceTimersByTime(1000);
  return text.classList.contains("is-measuring");
}

function paint(): void {
  for (const act of frames.splice(0)) act(0);
}

test("heights are others with another width, or by more than a screen", () => {
  expect(isOther(undefined, { width: 600, height: 90_000 }, 900)).toBe(false);
  expect(isOther({ width: 600, height: 9000 }, { width: 600, height: 9900 }, 900)).toBe(false);
  expect(isOther({ width: 600, height: 9000 }, { width: 600, height: 8000 }, 900)).toBe(true);
  expect(isOther({ width: 600, height: 9000 }, { width: 601, height: 9000 }, 900)).toBe(true);
});

test("all blocks are shown for a whole frame once a text is drawn", () => {
  new Measuring().soon(text);
  expect(text.classList.contains("is-measuring")).toBe(false);
  expect(isMeasuring()).toBe(true);
  paint();
  expect(isMeasuring()).toBe(true);
  paint();
  expect(isMeasuring()).toBe(false);
});

test("they are shown again when the width changes, not for a line more, nor for what was just measured", () => {
  const measuring = new Measuring();
  measuring.resized(text, { width: 600, height: 9000 });
  measuring.resized(text, { width: 600, height: 9027 });
  expect(isMeasuring()).toBe(false);
  measuring.resized(text, { width: 500, height: 9027 });
  expect(isMeasuring()).toBe(true);
  measuring.resized(text, { width: 500, height: 12_000 });
  paint();
  paint();
  expect(isMeasuring()).toBe(false);
});

test("nothing is measured after the end", () => {
  const measuring = new Measuring();
  measuring.soon(text);
  measuring.stop();
  expect(isMeasuring()).toBe(false);
});

/** Put the caret into a block at a height, and say whether a key goes far from there. */
function isFar(key: string, top: number, modifiers: KeyboardEventInit = {}): boolean {
  document.body.innerHTML = '<div class="negotiated"><p>Words</p></div>';
  const block = document.querySelector("p");
  if (!block) throw new Error("no block");
  block.getBoundingClientRect = () => new DOMRect(0, top, 600, 50);
  getSelection()?.collapse(block.firstChild, 2);
  return goesFar(new KeyboardEvent("keydown", { key, ...modifiers }));
}

test("a key goes far when it leads to an end of the text, or from a caret out of sight", () => {
  expect([isFar("ArrowDown", 100), isFar("a", 100), isFar("ArrowRight", 100, { ctrlKey: true })]).toEqual([false, false, false]);
  expect([isFar("End", 100, { ctrlKey: true }), isFar("ArrowUp", 100, { metaKey: true })]).toEqual([true, true]);
  expect([isFar("ArrowDown", 1000), isFar("a", -60)]).toEqual([true, true]);
});

test("a key goes far when all of the text is selected", () => {
  isFar("a", 100);
  getSelection()?.selectAllChildren(document.body);
  expect(goesFar(new KeyboardEvent("keydown", { key: "ArrowRight" }))).toBe(true);
});
