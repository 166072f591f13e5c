// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { PluginKey } from "@tiptap/pm/state";
import { readSelection, redraw } from "./dom-selection";
import { openDesk } from "./testing";

afterEach(() => {
  document.body.replaceChildren();
});

/** Open an editor that is in use; return it and the node of its words. */
function desk(sentence: string): { editor: ReturnType<typeof openDesk>["editor"]; words: Node } {
  const { editor } = openDesk();
  editor.commands.insertContent(sentence);
  editor.view.focus();
  const words = editor.view.dom.querySelector("p")?.firstChild;
  if (!words) throw new Error("no words");
  return { editor, words };
}

/** Select in the page as a click does, with the browser's own event still to come. */
function click(words: Node, offset: number): void {
  const late = (event: Event): void => {
    event.stopImmediatePropagation();
  };
  window.addEventListener("selectionchange", late, true);
  document.getSelection()?.collapse(words, offset);
  window.removeEventListener("selectionchange", late, true);
}

test("the editor knows where the person just clicked before somebody else's change is drawn", () => {
  const { editor, words } = desk("The leaders met.");
  click(words, 3);
  readSelection(editor.view);
  expect(editor.state.selection.head).toBe(4);
});

test("what is drawn anew takes back nothing of what was just selected", () => {
  const { editor, words } = desk("The leaders met.");
  click(words, 3);
  redraw(editor.view, new PluginKey("signs"));
  expect(editor.state.selection.head).toBe(4);
  expect(document.getSelection()?.focusOffset).toBe(3);
});

test("a key acts where the caret is, not where it was", () => {
  const { editor, words } = desk("The leaders 😀met.");
  click(words, 12);
  editor.view.dom.dispatchEvent(new KeyboardEvent("keydown", { key: "Delete", bubbles: true, cancelable: true }));
  expect(editor.getText()).toBe("The leaders met.");
});

test("an editor that is not in use reads nothing", () => {
  const { editor } = openDesk();
  editor.commands.insertContent("The leaders met.");
  let heard = 0;
  const count = (): void => {
    heard += 1;
  };
  document.addEventListener("selectionchange", count);
  readSelection(editor.view);
  document.removeEventListener("selectionchange", count);
  expect(heard).toBe(0);
});
