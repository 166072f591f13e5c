import { afterEach, expect, test } from "vitest";
import * as Y from "yjs";
import { agreementSigns, goTo, signOf } from "./agreement";
import { createEditor } from "./editor";
import type { Layer, Rows } from "./layer";
import { Awareness } from "y-protocols/awareness";

const row = { label: "§1", sha256: "x", agreed: 3, of: 5, mine: "open", reopened: false };

class HeldLayer {
  rows: Rows = {};
  readonly listeners = new Set<(rows: Rows) => void>();
  listen(listener: (rows: Rows) => void): () => void {
    this.listeners.add(listener);
    listener(this.rows);
    return () => this.listeners.delete(listener);
  }
  say(rows: Rows): void {
    this.rows = rows;
    for (const listener of this.listeners) listener(rows);
  }
}

function open(layer: HeldLayer): ReturnType<typeof createEditor> {
  const mount = document.createElement("div");
  document.body.append(mount);
  const doc = new Y.Doc();
  const parts = [agreementSigns(layer as unknown as Layer, () => true)];
  const editor = createEditor({ mount, doc, awareness: new Awareness(doc), language: "en", flags: "", editable: true, parts, help: "", toTools: () => undefined });
  editor.commands.setContent("<p>One</p><p>Two</p>");
  return editor;
}

const ids = (editor: ReturnType<typeof createEditor>): string[] => editor.state.doc.content.content.map((node) => String(node.attrs["id"]));
const signs = (): (string | undefined)[] => [...document.querySelectorAll<HTMLElement>(".negotiated > p")].map(({ dataset }) => dataset["agreement"]);

afterEach(() => {
  document.body.innerHTML = "";
  location.hash = "";
});

test("a sign says how many agree, and whether the paragraph was re-opened", () => {
  expect(signOf(row)).toEqual({ className: "is-open", short: "3/5", sentence: "agreed by 3 of 5" });
  expect(signOf({ ...row, agreed: 5 })).toEqual({ className: "is-agreed", short: "✓5/5", sentence: "agreed by 5 of 5" });
  expect(signOf({ ...row, reopened: true })).toEqual({ className: "is-reopened", short: "↻3/5", sentence: "agreed by 3 of 5, re-opened" });
});

test("the signs follow the layer and the paragraphs, and are not part of the words", async () => {
  const layer = new HeldLayer();
  const editor = open(layer);
  const [first, second] = ids(editor);
  layer.say({ paragraphs: { [String(second)]: row } });
  await Promise.resolve();
  expect(signs()).toEqual([undefined, "3/5"]);
  editor.commands.insertContentAt(0, "<p>New</p>");
  expect(signs()).toEqual([undefined, undefined, "3/5"]);
  layer.say({ paragraphs: { [String(first)]: { ...row, agreed: 5 } } });
  await Promise.resolve();
  expect(signs()).toEqual([undefined, "✓5/5", undefined]);
  expect(editor.getText()).toBe("New\n\nOne\n\nTwo");
  editor.destroy();
});

test("the address of the page leads to its paragraph", () => {
  const editor = open(new HeldLayer());
  const [, second] = ids(editor);
  expect(goTo(editor, "nowhere")).toBe(false);
  location.hash = `#p-${String(second)}`;
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  expect(editor.state.selection.$from.parent.textContent).toBe("Two");
  editor.destroy();
});
