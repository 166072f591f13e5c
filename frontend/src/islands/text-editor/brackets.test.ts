import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { afterEach, describe, expect, it, vi } from "vitest";
import { bracketDrawing, bracketsAt } from "./bracket-drawing";
import { type Bracket, placed } from "./brackets";
import { createEditor } from "./editor";
import { Layer } from "./layer";
import { textSchema } from "./schema";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";

const ID = "6f1c2a34-0000-4000-8000-00000000abcd";
const schema = getSchema(textSchema);

function bracket(words: string, more: Partial<Bracket> = {}): Bracket {
  const can = { join: false, leave: true, lift: false, add: true, choose: [] };
  const own = { key: "text", words, supporters: [], isOwn: false };
  const holders = [{ code: "FR", name: "France" }, { code: "GB", name: "United Kingdom" }];
  return { id: ID, language: "en", paragraph: "first00001", words, holders, changedBy: [], alternatives: [own], support: "", can, ...more };
}

const words = (text: string, isHeld = false) => ({ type: "text", text, ...(isHeld ? { marks: [{ type: "anchor", attrs: { id: ID } }] } : {}) });
const paragraph = (id: string, ...content: object[]) => ({ type: "paragraph", attrs: { id }, content });
const doc = (...content: object[]): Node => schema.nodeFromJSON({ type: "doc", content });

/** Return the words where the bracket stands, and whether they are the holder's. */
function found(node: Node, held: string): readonly [string, boolean][] {
  return placed(node, [bracket(held)]).map(({ from, to, isChanged }) => [node.textBetween(from, to, "\n"), isChanged] as const);
}

describe("placed", () => {
  it("finds the words where their anchor is", () => {
    expect(found(doc(paragraph("first00001", words("We "), words("will deploy", true), words(" it"))), "will deploy")).toEqual([["will deploy", false]]);
  });

  it("says when other words stand there", () => {
    expect(found(doc(paragraph("first00001", words("We "), words("may deploy", true))), "will deploy")).toEqual([["may deploy", true]]);
  });

  it("takes words without the anchor between its first and its last", () => {
    const torn = doc(paragraph("first00001", words("will ", true), words("never "), words("deploy", true)));
    expect(found(torn, "will deploy")).toEqual([["will never deploy", true]]);
  });

  it("is not led astray by a mark over other words", () => {
    const forged = doc(
      paragraph("second0001", words("France gives in", true)),
      paragraph("first00001", words("We", true), words(" "), words("will deploy", true)),
    );
    expect(found(forged, "will deploy")).toEqual([["will deploy", false]]);
  });

  it("follows the words into another paragraph", () => {
    const divided = doc(paragraph("first00001", words("We")), paragraph("second0001", words("will deploy", true)));
    expect(found(divided, "will deploy")).toEqual([["will deploy", false]]);
  });

  it("leaves out what was deleted", () => {
    expect(found(doc(paragraph("first00001", words("We"))), "will deploy")).toEqual([]);
  });
});

describe("the drawing", () => {
  afterEach(() => { document.body.replaceChildren(); });

  async function desk(...brackets: Bracket[]) {
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ brackets })));
    const layer = new Layer("a-text");
    await vi.waitFor(() => { expect(layer.rows["brackets"]).toHaveLength(brackets.length); });
    const ydoc = new Y.Doc();
    const mount = document.createElement("div");
    document.body.append(mount);
    const awareness = new Awareness(ydoc);
    const parts = [bracketDrawing(layer, "en")];
    const editor = createEditor({ mount, doc: ydoc, awareness, language: "en", flags: "/flags", editable: true, parts, help: "help", toTools: () => undefined });
    editor.commands.setContent({ type: "doc", content: [paragraph("first00001", words("We "), words("will deploy", true), words(" it"))] });
    return { editor, mount, layer };
  }

  const shown = (mount: HTMLElement): string => mount.querySelector("p")?.textContent ?? "";

  it("shows signs, holders and alternatives, and none of them is in the text", async () => {
    const offered = { key: "other", words: "stand ready", supporters: [{ code: "IT", name: "Italy" }], isOwn: false };
    const { editor, mount } = await desk(bracket("will deploy", { alternatives: [{ key: "text", words: "will deploy", supporters: [], isOwn: false }, offered] }));
    expect(shown(mount)).toBe("We [will deploy / stand readyIT]FR GB it");
    expect(editor.getText()).toBe("We will deploy it");
    expect(mount.querySelector("button.bracket-codes")?.ariaLabel).toBe("FR GB: Bracket held by France and United Kingdom");
    editor.destroy();
  });

  it("leaves what is typed at the edges outside, and marks what is typed inside", async () => {
    const { editor, mount } = await desk(bracket("will deploy"));
    editor.commands.insertContentAt(4, "now ");
    expect(shown(mount)).toBe("We now [will deploy]FR GB it");
    editor.view.dispatch(editor.state.tr.insertText("never ", 13));
    expect(shown(mount)).toBe("We now [will never deploy]changedFR GB it");
    editor.destroy();
  });

  it("goes when its words are deleted, and knows what is around the caret", async () => {
    const { editor, mount } = await desk(bracket("will deploy"));
    expect(bracketsAt(editor.state, 6).map(({ bracket: { id } }) => id)).toEqual([ID]);
    expect(bracketsAt(editor.state, 2)).toEqual([]);
    editor.view.dispatch(editor.state.tr.delete(4, 15));
    expect(shown(mount)).toBe("We  it");
    editor.destroy();
  });
});
