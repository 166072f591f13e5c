/**
 * Every block at the top of a text has a name of its own. A paragraph that was divided keeps its name where its words are; what is new
 * gets a new one. Only what this person does is named here: what comes from elsewhere has its names already.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state";
import { isChangeOrigin } from "@tiptap/extension-collaboration";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH = 10;

/** Return a name for a new paragraph. */
export function newBlockId(): string {
  const random = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(random, (value) => ALPHABET.charAt(value % ALPHABET.length)).join("");
}

interface Named {
  readonly at: number;
  readonly node: Node;
}

/** Return the blocks that must be named anew: nameless ones, and all but one of those that share a name. */
export function unnamed(doc: Node): Named[] {
  const keepers = new Map<string, Named>();
  const found: Named[] = [];
  doc.forEach((node, at) => {
    const id = node.attrs["id"] as unknown;
    const here = { at, node };
    const keeper = typeof id === "string" ? keepers.get(id) : undefined;
    if (typeof id !== "string" || id === "") found.push(here);
    else if (keeper === undefined) keepers.set(id, here);
    // Enter at the beginning of a paragraph puts an empty one before it: the name belongs to the words.
    else if (keeper.node.content.size === 0 && node.content.size > 0) {
      found.push(keeper);
      keepers.set(id, here);
    } else found.push(here);
  });
  return found;
}

function name(transactions: readonly Transaction[], state: EditorState): Transaction | null {
  if (!transactions.some((transaction) => transaction.docChanged && !isChangeOrigin(transaction))) return null;
  const wanted = unnamed(state.doc);
  if (wanted.length === 0) return null;
  const tr = state.tr;
  for (const { at } of wanted) tr.setNodeAttribute(at, "id", newBlockId());
  return tr;
}

export const BlockIds = Extension.create({
  name: "blockIds",
  addProseMirrorPlugins: () => [new Plugin({ appendTransaction: (transactions, _before, state) => name(transactions, state) })],
});
