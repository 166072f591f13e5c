/** Lets the editor learn where the person just clicked, before anything else moves. */
import { Extension } from "@tiptap/core";
import { Plugin, type PluginKey } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/**
 * Read the selection from the page now. A browser tells of a new selection a moment after it was made; if somebody else's change is
 * drawn in that moment, the editor puts the caret back to where it was, and the next word goes to the wrong place.
 */
export function readSelection(view: EditorView): void {
  if (view.hasFocus()) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
}

/** Have what `key` draws drawn anew from `rows`; the caret, and what is selected, stay where the person put them last. */
export function redraw<State>(view: EditorView, key: PluginKey<State>, rows: unknown = true): void {
  if (view.isDestroyed) return;
  readSelection(view);
  view.dispatch(view.state.tr.setMeta(key, rows).setMeta("addToHistory", false));
}

function beforeKey(view: EditorView): boolean {
  if (!view.composing) readSelection(view);
  return false;
}

/** Makes every key, and the clipboard, act where the caret is seen: on a busy page the next key can overtake the news of the last arrow. */
export const FreshSelection = Extension.create({
  name: "freshSelection",
  priority: 10_000,
  addProseMirrorPlugins: () => [new Plugin({ props: { handleDOMEvents: { keydown: beforeKey, paste: beforeKey, cut: beforeKey, copy: beforeKey } } })],
});
