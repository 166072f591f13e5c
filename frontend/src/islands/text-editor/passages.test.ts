// @vitest-environment jsdom
import type { Editor } from "@tiptap/core";
import { afterEach, expect, test } from "vitest";
import { anchorsIn, linearText, paragraphAt, paragraphById, passageIn, positionOf, selectedPassage } from "./passages";
import { openDesk } from "./testing";

afterEach(() => {
  document.body.replaceChildren();
});

const LIST = "<p>We 👍 met</p><ul><li><p>land</p></li><li><p>sea and <strong>air</strong></p><ol><li><p>below</p></li></ol></li></ul>";

function editorWith(html: string): Editor {
  const { editor } = openDesk();
  editor.commands.setContent(html);
  return editor;
}

function select(editor: Editor, words: string): void {
  let found = -1;
  editor.state.doc.descendants((node, at) => {
    const index = node.text?.indexOf(words) ?? -1;
    if (index >= 0) found = at + index;
  });
  editor.commands.setTextSelection({ from: found, to: found + words.length });
}

test("a passage counts characters as the server does", () => {
  const editor = editorWith(LIST);
  select(editor, "met");
  expect(selectedPassage(editor.state)).toEqual({
    paragraph: paragraphAt(editor.state.doc, 1)?.id,
    start: 5,
    end: 8,
    words: "met",
  });
});

test("the items of a list are lines of one paragraph", () => {
  const editor = editorWith(LIST);
  select(editor, "below");
  const passage = selectedPassage(editor.state);
  const list = paragraphById(editor.state.doc, passage?.paragraph ?? "");
  expect(list && linearText(list.node)).toBe("land\nsea and air\nbelow");
  expect(passage?.start).toBe("land\nsea and air\n".length);
});

test("no passage reaches over two paragraphs, and none is empty", () => {
  const editor = editorWith("<p>one</p><p>two</p>");
  editor.commands.setTextSelection({ from: 2, to: 8 });
  expect(selectedPassage(editor.state)).toBeNull();
  editor.commands.setTextSelection(2);
  expect(selectedPassage(editor.state)).toBeNull();
});

test("a place leads back to its position, everywhere in a text", () => {
  const editor = editorWith(LIST);
  const { doc } = editor.state;
  doc.forEach((node, at) => {
    const paragraph = { id: "", at, node };
    const text = Array.from(linearText(node));
    for (const [place, sign] of text.entries()) {
      if (sign === "\n") continue;
      const position = positionOf(paragraph, place);
      expect(doc.textBetween(position, position + sign.length)).toBe(sign);
    }
  });
});

test("the end of an item is inside it, and not where the next begins", () => {
  const editor = editorWith(LIST);
  const list = paragraphById(editor.state.doc, paragraphAt(editor.state.doc, 12)?.id ?? "");
  const text = "land\nsea and air\nbelow";
  const ends = ["land", "air", "below"].map((words) => text.indexOf(words) + words.length);
  expect(ends.map((place) => list && editor.state.doc.resolve(positionOf(list, place)).parent.textContent)).toEqual(["land", "sea and air", "below"]);
});

test("a passage is found again where its words went in the paragraph, the nearest ones", () => {
  const editor = editorWith("<p>in peace, in war, in 👍 peace</p>");
  const paragraph = paragraphAt(editor.state.doc, 1)?.id ?? "";
  const textOf = (range: { from: number; to: number } | null) => range && [range.from, editor.state.doc.textBetween(range.from, range.to)];
  const passage = { paragraph, start: 21, end: 26, words: "peace" };
  expect(textOf(passageIn(editor.state.doc, passage))).toEqual([25, "peace"]);
  editor.commands.insertContentAt(1, "Both ");
  expect(textOf(passageIn(editor.state.doc, passage))).toEqual([30, "peace"]);
  expect(textOf(passageIn(editor.state.doc, { ...passage, start: 0 }))).toEqual([9, "peace"]);
  expect(passageIn(editor.state.doc, { ...passage, words: "calm" })).toBeNull();
  expect(passageIn(editor.state.doc, { ...passage, paragraph: "other00000" })).toBeNull();
});

test("an anchor reaches from its first words to its last", () => {
  const editor = editorWith("<p>We will deploy</p>");
  const id = "00000000-0000-4000-8000-000000000001";
  const mark = editor.schema.marks["anchor"]?.create({ id });
  if (mark) editor.view.dispatch(editor.state.tr.addMark(4, 8, mark).addMark(2, 5, editor.schema.marks["bold"]?.create() ?? mark));
  expect([...anchorsIn(editor.state.doc)]).toEqual([[id, { from: 4, to: 8 }]]);
});
