import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { PATIENCE_MS, fetchAfterText } from "./after-text";
import { find } from "./testing";

beforeAll(fetchAfterText);
beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "<text-editor></text-editor><section data-after-text></section><form></form>";
});

/** Ask as htmx does before a request; return how often it was made. */
function ask(selector: string): () => number {
  let made = 0;
  const detail = { elt: find(selector), issueRequest: () => (made += 1) };
  const request = new CustomEvent("htmx:confirm", { bubbles: true, cancelable: true, detail });
  if (find(selector).dispatchEvent(request)) made += 1;
  return () => made;
}

test("what stands beside a text is fetched when the text is drawn, once", () => {
  const made = ask("section");
  expect(made()).toBe(0);
  find("text-editor").dataset["drawn"] = "";
  find("text-editor").dispatchEvent(new CustomEvent("text-drawn", { bubbles: true }));
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(made()).toBe(1);
  expect(ask("section")()).toBe(1);
});

test("a text that never comes keeps nothing away for long", () => {
  const made = ask("section");
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(made()).toBe(1);
});

test("everything else, and a page without an editor, waits for nothing", () => {
  expect(ask("form")()).toBe(1);
  find("text-editor").remove();
  expect(ask("section")()).toBe(1);
});
