/**
 * No edit ever cuts a character in half. Yjs and the server's yrs disagree about what remains of half a surrogate pair, so a text
 * that holds one would differ between the screen and the database.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state";

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Length in UTF-16 units of the last character, as people count them, of a text. */
export function lastCharacterLength(text: string): number {
  let last = 0;
  for (const { segment } of segmenter.segment(text)) last = segment.length;
  return last;
}

/** Length in UTF-16 units of the first character, as people count them, of a text. */
export function firstCharacterLength(text: string): number {
  for (const { segment } of segmenter.segment(text)) return segment.length;
  return 0;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The character before (or after) the caret, if it is longer than what the browser would delete by itself. */
export function longCharacter(state: EditorState, forward: boolean): Range | null {
  const { empty, $from } = state.selection;
  if (!empty) return null;
  const text = (forward ? $from.nodeAfter : $from.nodeBefore)?.text ?? "";
  const length = forward ? firstCharacterLength(text) : lastCharacterLength(text);
  if (length < 2) return null;
  return forward ? { from: $from.pos, to: $from.pos + length } : { from: $from.pos - length, to: $from.pos };
}

/** Every half of a surrogate pair in a document, last first. */
export function halves(doc: Node): number[] {
  const found: number[] = [];
  doc.descendants((node, at) => {
    for (const match of node.text?.matchAll(LONE_SURROGATE) ?? []) found.push(at + match.index);
  });
  return found.reverse();
}

function repair(state: EditorState): Transaction | null {
  const lone = halves(state.doc);
  if (lone.length === 0) return null;
  const tr = state.tr;
  for (const at of lone) tr.delete(at, at + 1);
  return tr;
}

/** Deletes whole characters by key, and takes away what any other edit left of one. */
export const WholeCharacters = Extension.create({
  name: "wholeCharacters",
  addKeyboardShortcuts() {
    const remove = (forward: boolean) => () => {
      const range = longCharacter(this.editor.state, forward);
      return range !== null && this.editor.commands.deleteRange(range);
    };
    return { Backspace: remove(false), Delete: remove(true) };
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction: (transactions, _before, state) =>
          transactions.some((transaction) => transaction.docChanged) ? repair(state) : null,
      }),
    ];
  },
});
