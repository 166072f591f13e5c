/**
 * Where delegations only propose, typing changes nothing: it opens the composer at that place with what was typed. The caret and the
 * selection work as in any text. The server refuses changes all the same.
 */
import { type Editor, Extension } from "@tiptap/core";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import { Plugin, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { ActsSetup } from "./acts";
import { paragraphAt } from "./passages";
import { proposeChange, proposeParagraph } from "./proposal-actions";
import type { Place } from "./selection-actions";

export interface ProposalTypingSetup extends ActsSetup {
  /** Whether the person proposes here, and may not type. */
  readonly isProposing: () => boolean;
}

export function proposalTyping(setup: ProposalTypingSetup): Extension {
  return Extension.create({
    name: "proposalTyping",
    priority: 9_000,
    addProseMirrorPlugins() {
      const { editor } = this;
      const propose = (view: EditorView, words: string, range = view.state.selection): boolean => {
        const place = setup.isProposing() ? placeAt(editor, setup, range.from) : null;
        if (place) proposeChange(place, words, TextSelection.create(view.state.doc, range.from, range.to));
        return place !== null;
      };
      return [
        new Plugin({
          filterTransaction: (tr) => !tr.docChanged || isChangeOrigin(tr) || !setup.isProposing(),
          props: {
            handleTextInput: (view, from, to, words) => propose(view, words, TextSelection.create(view.state.doc, from, to)),
            handleKeyDown: (view, event) => setup.isProposing() && key(view, event, propose, editor, setup),
            handlePaste: (view, _event, slice) => propose(view, slice.content.textBetween(0, slice.content.size, " ")),
            handleDrop: () => setup.isProposing(),
            handleDOMEvents: {
              cut: (view, event) => {
                if (!setup.isProposing()) return false;
                event.preventDefault();
                return propose(view, "");
              },
            },
          },
        }),
      ];
    },
  });
}

type Propose = (view: EditorView, words: string, range?: TextSelection) => boolean;

function key(view: EditorView, event: KeyboardEvent, propose: Propose, editor: Editor, setup: ActsSetup): boolean {
  const { selection, doc } = view.state;
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const place = placeAt(editor, setup, selection.from);
    if (place) proposeParagraph(place);
    return place !== null;
  }
  if (event.key !== "Backspace" && event.key !== "Delete") return false;
  if (!selection.empty) return propose(view, "");
  const other = event.key === "Backspace" ? selection.from - 1 : selection.from + 1;
  const isInside = doc.resolve(selection.from).sameParent(doc.resolve(Math.min(Math.max(other, 0), doc.content.size)));
  if (isInside) propose(view, "", TextSelection.create(doc, Math.min(other, selection.from), Math.max(other, selection.from)));
  return true;
}

function placeAt(editor: Editor, setup: ActsSetup, position: number): Place | null {
  const paragraph = paragraphAt(editor.state.doc, position);
  return paragraph === null || paragraph.id === "" ? null : { ...setup, editor, passage: null, paragraph };
}
