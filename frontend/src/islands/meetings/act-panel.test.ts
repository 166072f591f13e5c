import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ActPanel } from "./act-panel";

customElements.define("act-panel", ActPanel);

const swapped = (): Promise<void> => new Promise((done) => { queueMicrotask(done); });
const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector) ?? document.body;
const panel = (): HTMLElement => find("act-panel");
const opener = (): HTMLElement => find("#opener");
const FORM = '<section><label>Quantity <input name="quantity"></label><button autofocus>Record</button><a data-close href="/">Back</a></section>';

async function open(content = FORM): Promise<void> {
  opener().focus();
  panel().innerHTML = content;
  await swapped();
}

describe("act-panel", () => {
  beforeEach(() => {
    document.body.innerHTML = '<button id="opener">Record a pledge</button><act-panel></act-panel>';
  });
  afterEach(() => {
    vi.useRealTimers();
    document.body.replaceChildren();
  });

  it("takes the focus when it is filled", async () => {
    await open();
    expect(panel().contains(document.activeElement)).toBe(true);
  });

  it("closes by Escape, and gives the focus back", async () => {
    await open();
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await swapped();
    expect(panel().childElementCount).toBe(0);
    expect(document.activeElement).toBe(opener());
  });

  it("leaves Escape to others while the focus is elsewhere", async () => {
    await open();
    opener().focus();
    opener().dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(panel().childElementCount).toBe(1);
  });

  it("closes by its button and follows no link", async () => {
    await open();
    const click = new MouseEvent("click", { bubbles: true, cancelable: true });
    find("[data-close]").dispatchEvent(click);
    await swapped();
    expect(click.defaultPrevented).toBe(true);
    expect(panel().childElementCount).toBe(0);
  });

  it("gives the focus to what stands in the opener's place when its fragment came anew", async () => {
    await open();
    opener().replaceWith(Object.assign(document.createElement("button"), { id: "opener" }));
    panel().replaceChildren();
    await swapped();
    expect(document.activeElement).toBe(opener());
  });

  it("closes what is done by itself", async () => {
    vi.useFakeTimers();
    opener().focus();
    panel().innerHTML = '<section data-done><button data-close>Close</button></section>';
    await Promise.resolve();
    await Promise.resolve();
    expect(panel().childElementCount).toBe(1);
    vi.advanceTimersByTime(8_000);
    expect(panel().childElementCount).toBe(0);
  });
});
