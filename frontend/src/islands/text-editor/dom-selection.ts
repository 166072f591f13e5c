/** Lets the editor learn where the person just clicked, before anything else moves. */
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/**
 * Read the selection from the page now. A browser tells of a new selection a moment after it was made; if somebody else's change is
 * drawn in that moment, the editor puts the caret back to where it was, and the next word goes to the wrong place.
 */
export function readSelection(view: EditorView): void {
  if (view.hasFocus()) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
}

function beforeKey(view: EditorView): boolean {
  if (!view.composing) readSelection(view);
  return false;
}

/** Makes every key act where the caret is seen: on a busy page the next key can overtake the news of the last arrow. */
export const FreshSelection = Extension.create({
  name: "freshSelection",
  priority: 10_000,
  addProseMirrorPlugins: () => [new Plugin({ props: { handleDOMEvents: { keydown: beforeKey, paste: beforeKey, cut: beforeKey } } })],
});
