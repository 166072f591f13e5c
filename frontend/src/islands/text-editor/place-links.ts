/**
 * From a card beside the text to the place that it speaks of:
 *
 *     <a href="#text-versions" data-paragraph-link="p1a2…" data-anchor-link="<uuid>" data-language="en">Show in the text</a>
 *
 * `data-anchor-link` selects the words under the anchor; without it, or when they are gone, the caret goes to the paragraph.
 */
import { Extension } from "@tiptap/core";
import { Plugin, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { anchorsIn, paragraphById } from "./passages";

/** Select the place in the editor; says whether it is there. */
export function showPlace(view: EditorView, paragraph: string, anchor: string): boolean {
  const { doc } = view.state;
  const words = anchorsIn(doc).get(anchor);
  const block = words ? null : paragraphById(doc, paragraph);
  if (!words && !block) return false;
  const at = block ? block.at + 1 : 0;
  const selection = words ? TextSelection.create(doc, words.from, words.to) : TextSelection.near(doc.resolve(at));
  view.dispatch(view.state.tr.setSelection(selection));
  view.focus();
  const shown = view.domAtPos(selection.from).node;
  (shown instanceof Element ? shown : shown.parentElement)?.scrollIntoView({ block: "center" });
  return true;
}

export function placeLinks(language: string): Extension {
  return Extension.create({
    name: "placeLinks",
    addProseMirrorPlugins: () => [
      new Plugin({
        view: (view) => {
          const follow = (event: MouseEvent): void => {
            const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-paragraph-link]") : null;
            if (link?.dataset["language"] !== language) return;
            link.closest("dialog")?.close();
            if (showPlace(view, link.dataset["paragraphLink"] ?? "", link.dataset["anchorLink"] ?? "")) event.preventDefault();
          };
          document.addEventListener("click", follow);
          return { destroy: () => { document.removeEventListener("click", follow); } };
        },
      }),
    ],
  });
}
