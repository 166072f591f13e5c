/** Lets the editor learn where the person just clicked, before anything else moves. */
import type { EditorView } from "@tiptap/pm/view";

/**
 * Read the selection from the page now. A browser tells of a new selection a moment after it was made; if somebody else's change is
 * drawn in that moment, the editor puts the caret back to where it was, and the next word goes to the wrong place.
 */
export function readSelection(view: EditorView): void {
  if (view.hasFocus()) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
}
