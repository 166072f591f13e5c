// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import * as Y from "yjs";
import { type Desk, join, openDesk, stored } from "./testing";
import { firstCharacterLength, halves, lastCharacterLength } from "./whole-characters";

const FAMILY = "👨‍👩‍👧";
const FRANCE = "🇫🇷";

afterEach(() => {
  document.body.replaceChildren();
});

function deskWith(text: string): Desk {
  const desk = openDesk();
  desk.editor.commands.insertContent(text);
  return desk;
}

function press(desk: Desk, key: string): void {
  desk.editor.view.dom.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** Every insertion that a document ever held must be whole characters: a cut pair shows as U+FFFD or a lone half. */
function cutPairs(doc: Y.Doc): string[] {
  const cut: string[] = [];
  for (const struct of [...doc.store.clients.values()].flat()) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
    if (/\p{Cs}|\uFFFD/u.test(struct.content.str)) cut.push(struct.content.str);
  }
  return cut;
}

test("characters are measured as people count them", () => {
  expect([lastCharacterLength("a"), lastCharacterLength("a😀"), lastCharacterLength(`x${FAMILY}`), lastCharacterLength("")]).toEqual([1, 2, 8, 0]);
  expect([firstCharacterLength(`${FRANCE}x`), firstCharacterLength("ab"), firstCharacterLength("")]).toEqual([4, 1, 0]);
});

test.each(["😀", FAMILY, FRANCE])("backspace takes %s away whole", (emoji) => {
  const desk = deskWith(`ab${emoji}`);
  press(desk, "Backspace");
  expect(desk.editor.getText()).toBe("ab");
  expect(cutPairs(desk.doc)).toEqual([]);
});

test.each(["😀", FAMILY, FRANCE])("delete takes %s away whole", (emoji) => {
  const desk = deskWith(`${emoji}cd`);
  desk.editor.commands.setTextSelection(1);
  press(desk, "Delete");
  expect(desk.editor.getText()).toBe("cd");
});

test("two emoji that share their first half are replaced whole in Yjs", () => {
  const desk = deskWith("ab😀cd");
  const other = new Y.Doc();
  join(desk.doc, other);
  const { state, view } = desk.editor;
  view.dispatch(state.tr.insertText("😁", 3, 5));
  expect(desk.editor.getText()).toBe("ab😁cd");
  expect(stored(other)).toBe(stored(desk.doc));
  expect(stored(other)).toContain("ab😁cd");
  expect(cutPairs(desk.doc)).toEqual([]);
});

test("two emoji that share their second half are replaced whole in Yjs", () => {
  const desk = deskWith("ab\u{1F600}cd");
  const { state, view } = desk.editor;
  view.dispatch(state.tr.insertText("\u{1FA00}", 3, 5));
  expect(desk.editor.getText()).toBe("ab\u{1FA00}cd");
  expect(cutPairs(desk.doc)).toEqual([]);
});

test("an edit that cuts a pair is repaired before it reaches the document", () => {
  const desk = deskWith("ab😀cd");
  const other = new Y.Doc();
  join(desk.doc, other);
  desk.editor.view.dispatch(desk.editor.state.tr.delete(4, 5));
  expect(desk.editor.getText()).toBe("abcd");
  expect(stored(other)).toContain("abcd");
  expect(cutPairs(desk.doc)).toEqual([]);
});

test("a bold half makes the pair neither bold nor broken in Yjs", () => {
  const desk = deskWith("ab😀cd");
  const { state, view } = desk.editor;
  const bold = state.schema.marks["bold"]?.create();
  if (!bold) throw new Error("no bold");
  view.dispatch(state.tr.addMark(1, 4, bold));
  expect(desk.editor.getText()).not.toContain("\uFFFD");
  expect(cutPairs(desk.doc)).toEqual([]);
});

test("halves are found last first", () => {
  const desk = deskWith("ok");
  const schema = desk.editor.schema;
  const doc = schema.node("doc", null, [schema.node("paragraph", null, [schema.text("a\uD83Db\uDE00c😀")])]);
  expect(halves(doc)).toEqual([4, 2]);
});

test("undo brings the emoji back whole, and only the own change", () => {
  const one = deskWith("ab");
  const two = openDesk(new Y.Doc());
  join(one.doc, two.doc);
  two.editor.commands.setTextSelection(3);
  two.editor.commands.insertContent("😀");
  one.editor.commands.insertContentAt(1, "😁");
  two.editor.commands.undo();
  expect([one.editor.getText(), two.editor.getText()]).toEqual(["😁ab", "😁ab"]);
  two.editor.commands.redo();
  expect(one.editor.getText()).toBe("😁ab😀");
  expect([...cutPairs(one.doc), ...cutPairs(two.doc)]).toEqual([]);
});
