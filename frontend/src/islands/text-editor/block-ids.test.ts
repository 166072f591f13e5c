// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import * as Y from "yjs";
import { newBlockId } from "./block-ids";
import { join, openDesk } from "./testing";

afterEach(() => {
  document.body.replaceChildren();
});

const ids = (doc: Y.Doc): string[] =>
  doc
    .getXmlFragment("en")
    .toArray()
    .map((block) => String((block as Y.XmlElement).getAttribute("id")));

function deskWith(words: string): ReturnType<typeof openDesk> {
  const desk = openDesk();
  desk.editor.commands.insertContentAt(0, { type: "paragraph", content: [{ type: "text", text: words }] });
  return desk;
}

test("a new id is ten letters and digits", () => {
  expect(newBlockId()).toMatch(/^[a-z0-9]{10}$/);
});

test("what a person writes has an id in the document", () => {
  const { doc } = deskWith("We met");
  expect(ids(doc).every((id) => /^[a-z0-9]{10}$/.test(id))).toBe(true);
  expect(new Set(ids(doc)).size).toBe(ids(doc).length);
});

test("a paragraph that is divided keeps its id on its first words", () => {
  const { doc, editor } = deskWith("We met");
  const [first] = ids(doc);
  editor.chain().setTextSelection(3).splitBlock().run();
  expect(ids(doc)[0]).toBe(first);
  expect(ids(doc)[1]).not.toBe(first);
});

test("Enter at the beginning of a paragraph leaves the id with its words", () => {
  const { doc, editor } = deskWith("We met");
  const [first] = ids(doc);
  editor.chain().setTextSelection(1).splitBlock().run();
  expect(ids(doc)[0]).not.toBe(first);
  expect(ids(doc)[1]).toBe(first);
});

test("joined paragraphs have the id of the first", () => {
  const { doc, editor } = deskWith("We met");
  const [first] = ids(doc);
  editor.chain().setTextSelection(3).splitBlock().joinBackward().run();
  expect(ids(doc)[0]).toBe(first);
});

test("what comes from elsewhere is not named here", () => {
  const one = openDesk();
  const other = new Y.Doc();
  join(one.doc, other);
  const before = ids(one.doc).length;
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("from elsewhere")]);
  other.getXmlFragment("en").insert(0, [paragraph]);
  expect(ids(one.doc).length).toBe(before + 1);
  expect(ids(one.doc)[0]).toBe("undefined");
});
