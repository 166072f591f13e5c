import { expect, test } from "vitest";
import * as Y from "yjs";
import { unsavedWords } from "./unsaved-words";

function block(doc: Y.Doc, text: string): Y.XmlText {
  const words = new Y.XmlText();
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [words]);
  doc.getXmlFragment("en").push([paragraph]);
  words.insert(0, text);
  return words;
}

test("gives what was written after the stored clock, block by block, in reading order", () => {
  const doc = new Y.Doc();
  const first = block(doc, "The leaders met.");
  const second = block(doc, "They agreed.");
  const clock = Y.getState(doc.store, doc.clientID);
  second.insert(12, " All of them.");
  first.insert(16, " In Paris.");
  first.insert(11, "have ");
  expect(unsavedWords(doc, doc.clientID, clock)).toBe(" All of them.\nhave  In Paris.");
});

test("leaves out what was deleted again and what others wrote", () => {
  const doc = new Y.Doc();
  const words = block(doc, "Mine");
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const clock = Y.getState(doc.store, doc.clientID);
  other.getXmlFragment("en").insert(0, [new Y.XmlText("Theirs")]);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  words.insert(4, " and gone");
  words.delete(4, 9);
  expect(unsavedWords(doc, doc.clientID, clock)).toBe("");
});

test("cuts a stretch of which a part is stored", () => {
  const doc = new Y.Doc();
  const words = block(doc, "");
  words.insert(0, "stored, lost");
  const clock = Y.getState(doc.store, doc.clientID) - 4;
  expect(unsavedWords(doc, doc.clientID, clock)).toBe("lost");
});
