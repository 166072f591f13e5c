/** Helpers of this island's tests: an editor on a document, two documents that talk, and a socket held by the test. */
import type { Editor } from "@tiptap/core";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { createEditor } from "./editor";

export interface Desk {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly editor: Editor;
}

/** Open an editor on the English version of a document. */
export function openDesk(doc: Y.Doc = new Y.Doc(), toTools: () => void = () => undefined): Desk {
  const mount = document.createElement("div");
  mount.className = "editor-text";
  document.body.append(mount);
  const awareness = new Awareness(doc);
  const setup = { mount, doc, awareness, language: "en", flags: "/static/flags", editable: true, parts: [], help: "help", toTools };
  return { doc, awareness, editor: createEditor(setup) };
}

/** Return the English version as the binding stores it, without the ids of paragraphs, which are random. */
export function stored(doc: Y.Doc): string {
  return doc.getXmlFragment("en").toJSON().replace(/ id="[^"]*"/g, "");
}

/** Return what an editor shows, without the ids of paragraphs. */
export function shown(editor: Editor): string {
  return editor.getHTML().replace(/ data-paragraph="[^"]*"/g, "");
}

/** Pass every update of each document to the other. */
export function join(one: Y.Doc, other: Y.Doc): void {
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one), "network");
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other), "network");
  const pass = (to: Y.Doc) => (update: Uint8Array, origin: unknown) => {
    if (origin !== "network") Y.applyUpdate(to, update, "network");
  };
  one.on("update", pass(other));
  other.on("update", pass(one));
}
