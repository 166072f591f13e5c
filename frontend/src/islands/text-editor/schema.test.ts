// @vitest-environment jsdom
import { afterEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { headingLevel, isNumbered } from "./schema";
import { type Desk, openDesk, shown, stored } from "./testing";

afterEach(() => {
  document.body.replaceChildren();
});

function deskWith(html: string): Desk {
  const desk = openDesk();
  desk.editor.commands.setContent(html);
  return desk;
}

test("the schema is the one that the server reads, and nothing more", () => {
  const { schema } = openDesk().editor;
  expect(Object.keys(schema.nodes).sort()).toEqual(["bulletList", "doc", "hardBreak", "heading", "listItem", "orderedList", "paragraph", "text"]);
  expect(Object.keys(schema.marks).sort()).toEqual(["anchor", "bold", "italic"]);
  const attributes = Object.entries(schema.nodes).flatMap(([name, node]) => Object.keys(node.spec.attrs ?? {}).map((key) => `${name}.${key}`));
  expect(attributes.sort()).toEqual(["bulletList.id", "heading.id", "heading.level", "orderedList.id", "paragraph.id", "paragraph.numbered"]);
  expect(schema.nodes["listItem"]?.spec.content).toBe("paragraph (bulletList | orderedList)*");
});

test("the document is stored under the names of the contract", () => {
  const { doc } = deskWith("<h2>Forces</h2><p>A <strong>b</strong> <em>c</em></p><ol><li>one</li></ol>");
  expect(stored(doc)).toBe(
    '<heading level="2">Forces</heading><paragraph numbered="true">A <bold>b</bold> <italic>c</italic></paragraph>' +
      '<orderedlist><listitem><paragraph numbered="true">one</paragraph></listitem></orderedlist>',
  );
});

test("attributes that the server wrote as strings are understood", () => {
  const doc = new Y.Doc();
  const heading = new Y.XmlElement("heading");
  const paragraph = new Y.XmlElement("paragraph");
  doc.getXmlFragment("en").push([heading, paragraph]);
  heading.setAttribute("level", "2");
  paragraph.setAttribute("numbered", "false");
  const { editor } = openDesk(doc);
  expect(editor.view.dom.querySelector("h2")).not.toBeNull();
  expect(editor.view.dom.querySelector("p")?.hasAttribute("data-numbered")).toBe(false);
  expect([headingLevel("1"), headingLevel(7), headingLevel(undefined)]).toEqual([1, 3, 3]);
  expect([isNumbered(undefined), isNumbered("true"), isNumbered(false)]).toEqual([true, true, false]);
});

describe("numbering", () => {
  test("is taken from a paragraph and given back", () => {
    const { editor } = deskWith("<p>one</p><p>two</p>");
    editor.commands.setTextSelection(2);
    editor.commands.toggleNumbering();
    expect([...editor.view.dom.children].map((child) => child.hasAttribute("data-numbered"))).toEqual([false, true]);
    editor.commands.selectAll();
    editor.commands.toggleNumbering();
    expect([...editor.view.dom.children].map((child) => child.hasAttribute("data-numbered"))).toEqual([true, true]);
  });

  test("does not concern headings and lists", () => {
    const { editor } = deskWith("<h1>Title</h1><ul><li>item</li></ul>");
    editor.commands.setTextSelection(2);
    expect(editor.can().toggleNumbering()).toBe(false);
    editor.commands.setTextSelection(12);
    expect(editor.can().toggleNumbering()).toBe(false);
  });

  test("survives copy and paste inside the editor", () => {
    const { editor } = deskWith("<p>one</p>");
    editor.commands.toggleNumbering();
    const html = editor.getHTML();
    const other = deskWith(html);
    expect(stored(other.doc)).toBe('<paragraph numbered="false">one</paragraph>');
  });
});

test("Tab leaves the editor, also from a list", () => {
  const { editor } = deskWith("<ul><li>one</li><li>two</li></ul>");
  editor.commands.setTextSelection(11);
  const tab = new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true });
  editor.view.dom.dispatchEvent(tab);
  expect(tab.defaultPrevented).toBe(false);
});

test("what a person types is what the text says: no shorthand turns into form", () => {
  const { editor } = deskWith("<p></p>");
  for (const character of "1. **a**") {
    const { from, to } = editor.state.selection;
    if (!editor.view.someProp("handleTextInput", (handle) => handle(editor.view, from, to, character, () => editor.state.tr))) {
      editor.view.dispatch(editor.state.tr.insertText(character));
    }
  }
  expect(shown(editor)).toBe('<p data-numbered="">1. **a**</p>');
});

test("no style element and no style attribute is written", () => {
  const { editor } = deskWith("<h1>a</h1><ol start='4' type='a'><li>b</li></ol>");
  expect(document.head.querySelector("style")).toBeNull();
  expect(editor.view.dom.querySelector("[style]")).toBeNull();
  expect(editor.view.dom.querySelector("ol")?.attributes).toHaveLength(0);
});
