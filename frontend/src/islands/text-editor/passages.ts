/**
 * Places in a text as the server counts them: a paragraph by its id, and characters (code points) of its linear text, in which line
 * breaks and the items of a list are separated by a line feed.
 */
import type { Node } from "@tiptap/pm/model";
import type { EditorState } from "@tiptap/pm/state";

export interface Passage {
  readonly paragraph: string;
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

export interface Paragraph {
  readonly id: string;
  /** Position of the block in the document. */
  readonly at: number;
  readonly node: Node;
}

/** Return the paragraph at a position of the document, or null outside any. */
export function paragraphAt(doc: Node, position: number): Paragraph | null {
  const resolved = doc.resolve(Math.min(position, doc.content.size));
  const node = resolved.depth > 0 ? resolved.node(1) : resolved.nodeAfter;
  if (!node) return null;
  return { id: String(node.attrs["id"] ?? ""), at: resolved.depth > 0 ? resolved.before(1) : resolved.pos, node };
}

/** Return the paragraph with an id, or null. */
export function paragraphById(doc: Node, id: string): Paragraph | null {
  let found: Paragraph | null = null;
  doc.forEach((node, at) => {
    if (found === null && node.attrs["id"] === id) found = { id, at, node };
  });
  return found;
}

/** Return the linear text of a paragraph between two positions in it, counted from its own beginning. */
export function linearText(block: Node, from = 0, to = block.content.size): string {
  let text = "";
  let holders = 0;
  block.nodesBetween(from, to, (node, at) => {
    if (node.isTextblock && holders++ > 0) text += "\n";
    if (node.isText) text += (node.text ?? "").slice(Math.max(0, from - at), to - at);
    else if (node.type.name === "hardBreak") text += "\n";
  });
  return text;
}

/** Code points, as Python counts them. */
const codePoints = (text: string): string[] => Array.from(text);
const length = (text: string): number => codePoints(text).length;

/** Return what is selected as a passage: null when nothing is, or when it reaches over several paragraphs. */
export function selectedPassage({ doc, selection }: EditorState): Passage | null {
  const { from, to, empty } = selection;
  const paragraph = paragraphAt(doc, from);
  const other = paragraphAt(doc, to);
  if (empty || !paragraph || paragraph.id === "" || paragraph.at !== other?.at) return null;
  const inside = paragraph.at + 1;
  const words = linearText(paragraph.node, from - inside, to - inside);
  const start = length(linearText(paragraph.node, 0, from - inside));
  return words === "" ? null : { paragraph: paragraph.id, start, end: start + length(words), words };
}

/** Return where a place of the linear text stands in the document; the inverse of how `linearText` counts. */
export function positionOf({ at, node }: Paragraph, place: number): number {
  let left = place;
  let found = at + 1;
  let holders = 0;
  let isDone = false;
  node.descendants((child, offset) => {
    if (isDone) return false;
    if (child.isTextblock && holders++ > 0) {
      isDone = left === 0; // the end of the item before
      if (isDone) return false;
      left -= 1;
    }
    if (child.isTextblock && left >= 0) found = at + 1 + offset + 1;
    if (child.isText) isDone = step(child.text ?? "", offset);
    else if (child.type.name === "hardBreak") isDone = step("\n", offset);
    return !isDone;
  });
  return found;

  function step(text: string, offset: number): boolean {
    const signs = codePoints(text);
    const taken = Math.min(left, signs.length);
    found = at + 1 + offset + signs.slice(0, taken).join("").length;
    left -= taken;
    return left === 0 && taken < signs.length;
  }
}

/**
 * Return where the words of a passage stand now, or null when they are gone: at its place, else where the same words stand nearest in that
 * paragraph, as the server looks for them.
 */
export function passageIn(doc: Node, { paragraph: id, start, words }: Passage): { from: number; to: number } | null {
  const paragraph = paragraphById(doc, id);
  if (!paragraph) return null;
  const text = linearText(paragraph.node);
  let nearest = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const place = length(text.slice(0, at));
    if (nearest < 0 || Math.abs(place - start) < Math.abs(nearest - start)) nearest = place;
  }
  if (nearest < 0) return null;
  return { from: positionOf(paragraph, nearest), to: positionOf(paragraph, nearest + length(words)) };
}

/** Return every stretch of the document that carries an anchor, by the anchor's id. */
export function anchorsIn(doc: Node): Map<string, { from: number; to: number }> {
  const found = new Map<string, { from: number; to: number }>();
  doc.descendants((node, at) => {
    for (const mark of node.marks) {
      if (mark.type.name !== "anchor") continue;
      const id = String(mark.attrs["id"]);
      found.set(id, { from: found.get(id)?.from ?? at, to: at + node.nodeSize });
    }
  });
  return found;
}
