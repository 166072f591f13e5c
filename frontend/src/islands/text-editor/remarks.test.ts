// @vitest-environment jsdom
import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { Layer, Rows } from "./layer";
import { placeLinks, showPlace } from "./place-links";
import { type RemarkRow, remarks, remarksIn } from "./remarks";
import { textSchema } from "./schema";

const ROW: RemarkRow = { id: "0d7cfe25-5e0c-4d3e-8f9e-0e1d7f1a9a01", kind: "comment", language: "en", paragraph: "first00001", whole: false, words: "met", by: "Ada", member: "DE" };
let doc: Y.Doc;
let editor: Editor;
let tell: (rows: Rows) => void;
let asked: string[];

/** A layer that says what the test says. */
function layerOf(): Layer {
  const listeners = new Set<(rows: Rows) => void>();
  const listen = (listener: (rows: Rows) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const layer = { rows: {} as Rows, listen };
  tell = (rows) => {
    layer.rows = rows;
    for (const listener of listeners) listener(rows);
  };
  return layer as unknown as Layer;
}

beforeEach(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  HTMLElement.prototype.scrollIntoView = vi.fn();
  document.elementFromPoint = () => null;
  asked = [];
  document.addEventListener("open-thread", ask);
  doc = new Y.Doc();
  const mount = document.createElement("div");
  document.body.append(mount);
  const fragment = doc.getXmlFragment("en");
  editor = new Editor({
    element: mount,
    injectCSS: false,
    extensions: [...textSchema, placeLinks("en"), remarks(layerOf(), "en"), Collaboration.configure({ fragment })],
  });
  editor.commands.setContent("<p>We met.</p><ul><li><p>land</p></li></ul>");
  editor.state.doc.forEach((_node, at, index) => {
    editor.view.dispatch(editor.state.tr.setNodeAttribute(at, "id", index === 0 ? "first00001" : "list000001"));
  });
  editor.chain().setTextSelection({ from: 4, to: 7 }).setMark("anchor", { id: ROW.id }).run();
});

afterEach(() => {
  document.removeEventListener("open-thread", ask);
  editor.destroy();
  document.body.replaceChildren();
});

function ask(event: Event): void {
  asked.push((event as CustomEvent<{ url: string }>).detail.url);
}

const shown = (selector: string): (string | null)[] => [...editor.view.dom.querySelectorAll(selector)].map(({ textContent }) => textContent);

test("commented and reserved words are marked, and the margin counts and names", () => {
  tell({ remarks: [ROW, { ...ROW, id: "2", whole: true }, { ...ROW, id: "3", whole: true, kind: "reservation", member: "IT" }] });
  expect(shown(".remark-commented")).toEqual(["met"]);
  expect(shown(".remark-marks button")).toEqual(["IT", "2"]);
  expect([...editor.view.dom.querySelectorAll("button")].map(({ ariaLabel }) => ariaLabel)).toEqual(["Reservation of IT", "2 comments"]);
  tell({ remarks: [{ ...ROW, kind: "reservation" }] });
  expect([shown(".remark-commented"), shown(".remark-reserved"), shown(".remark-marks button")]).toEqual([[], ["met"], ["DE"]]);
});

test("remarks in another language, on words or paragraphs that are gone, and anchors without a row, draw nothing", () => {
  tell({ remarks: [{ ...ROW, language: "fr" }, { ...ROW, id: "gone" }, { ...ROW, id: "2", whole: true, paragraph: "gone000001" }] });
  expect(editor.view.dom.querySelectorAll("[class^=remark]")).toHaveLength(0);
  tell({ remarks: "forged" });
  expect(remarksIn({ remarks: "forged" })).toEqual([]);
});

test("the mark of a list stands in its first item", () => {
  tell({ remarks: [{ ...ROW, whole: true, paragraph: "list000001" }] });
  expect(editor.view.dom.querySelector("li > p > .remark-marks")).not.toBeNull();
});

test("what is drawn moves along with what is typed here and elsewhere", () => {
  tell({ remarks: [ROW] });
  editor.commands.insertContentAt(1, "Today ");
  expect(shown(".remark-commented")).toEqual(["met"]);
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const paragraph = other.getXmlFragment("en").get(0) as Y.XmlElement;
  (paragraph.get(0) as Y.XmlText).insert(0, "Yes. ");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  expect(editor.state.doc.firstChild?.textContent).toBe("Yes. Today We met.");
  expect([shown(".remark-commented"), shown(".remark-marks button")]).toEqual([["met"], ["1"]]);
});

test("nothing that is drawn is part of the words", () => {
  tell({ remarks: [ROW] });
  expect(editor.state.doc.textContent).toBe("We met.land");
  expect(editor.getHTML()).not.toContain("remark");
});

test("a mark opens its thread in the card, or asks for a dialog where there is none", () => {
  tell({ remarks: [ROW] });
  const mark = editor.view.dom.querySelector<HTMLButtonElement>(".remark-mark");
  mark?.click();
  expect(asked).toEqual([`/texts/remarks/${ROW.id}/`]);
  document.body.insertAdjacentHTML("beforeend", `<details><summary>Remarks</summary><article id="remark-${ROW.id}" tabindex="-1">Why?</article></details>`);
  mark?.click();
  expect(asked).toHaveLength(1);
  expect(document.querySelector("details")?.open).toBe(true);
  expect(document.activeElement?.id).toBe(`remark-${ROW.id}`);
});

test("a link in a card selects the words, or goes to the paragraph when they are gone", () => {
  const select = (anchor: string, paragraph: string): string | boolean =>
    showPlace(editor.view, paragraph, anchor) && editor.state.doc.textBetween(editor.state.selection.from, editor.state.selection.to);
  expect(select(ROW.id, "")).toBe("met");
  expect(select("gone", "list000001")).toBe("");
  expect(editor.state.selection.$from.parent.textContent).toBe("land");
  expect(select("gone", "gone000001")).toBe(false);
});

test("links are followed by the editor of their language only", () => {
  document.body.insertAdjacentHTML("beforeend", `<a id="en" data-paragraph-link="" data-anchor-link="${ROW.id}" data-language="en">In English</a>
    <a id="fr" data-paragraph-link="" data-anchor-link="${ROW.id}" data-language="fr">In French</a>`);
  const follow = (id: string): boolean => document.getElementById(id)?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })) ?? true;
  expect([follow("fr"), follow("en")]).toEqual([true, false]);
});
