/**
 * The words of one client that the database does not hold, so that a person whose rights changed can copy what they wrote.
 */
import * as Y from "yjs";

/** Return the text written by `client` from `clock` on and still present: one line a block, each in reading order. */
export function unsavedWords(doc: Y.Doc, client: number, clock: number): string {
  const blocks = new Set<Y.AbstractType<unknown>>();
  for (const struct of doc.store.clients.get(client) ?? []) {
    if (!(struct instanceof Y.Item) || wordsOf(struct, clock) === "") continue;
    if (struct.parent instanceof Y.AbstractType) blocks.add(struct.parent);
  }
  return Array.from(blocks, (block) => wordsIn(block, client, clock)).join("\n");
}

function wordsIn(block: Y.AbstractType<unknown>, client: number, clock: number): string {
  let words = "";
  for (let item = block._start; item !== null; item = item.right) {
    if (item.id.client === client) words += wordsOf(item, clock);
  }
  return words;
}

function wordsOf(item: Y.Item, clock: number): string {
  if (item.deleted || !(item.content instanceof Y.ContentString)) return "";
  return item.content.str.slice(Math.max(0, clock - item.id.clock));
}
