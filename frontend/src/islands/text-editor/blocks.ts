/** Paragraphs as the server writes them: plain values with runs of words. The schema's nodes and these say the same. */
import type { Node, Schema } from "@tiptap/pm/model";
import { headingLevel, isNumbered } from "./schema";

export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
}

export interface Block {
  readonly type: string;
  readonly level?: number;
  readonly numbered?: boolean;
  readonly runs?: readonly Run[];
  readonly items?: readonly (readonly Block[])[];
}

export function blockOf(node: Node): Block {
  if (node.type.name === "heading") return { type: "heading", level: headingLevel(node.attrs["level"]), runs: runsOf(node) };
  if (node.type.name === "paragraph") return { type: "paragraph", numbered: isNumbered(node.attrs["numbered"]), runs: runsOf(node) };
  const items = childrenOf(node).map((item) => childrenOf(item).map(blockOf));
  return { type: node.type.name, items };
}

/** Return the node of a paragraph, without an id; blocks come from the server, so they fit the schema. */
export function nodeOf(schema: Schema, block: Block): Node {
  if (block.items) return schema.node(block.type, null, block.items.map((item) => schema.node("listItem", null, item.map((inner) => nodeOf(schema, inner)))));
  const attrs = block.type === "heading" ? { level: block.level } : { numbered: block.numbered ?? true };
  return schema.node(block.type, attrs, (block.runs ?? []).flatMap((run) => wordsOf(schema, run)));
}

/** Return the words of a block in one line: line breaks and the items of a list are line feeds. */
export function linearOf(block: Block): string {
  if (block.items) return block.items.flatMap((item) => item.map(linearOf)).join("\n");
  return (block.runs ?? []).map(({ text }) => text).join("");
}

function wordsOf(schema: Schema, run: Run): Node[] {
  const marks = [...(run.bold ? [schema.mark("bold")] : []), ...(run.italic ? [schema.mark("italic")] : [])];
  return run.text.split(/(\n)/).filter((part) => part !== "").map((part) => (part === "\n" ? schema.node("hardBreak") : schema.text(part, marks)));
}

function runsOf(node: Node): Run[] {
  return childrenOf(node).map((child) => {
    if (child.type.name === "hardBreak") return { text: "\n" };
    const has = (name: string): boolean => child.marks.some(({ type }) => type.name === name);
    return { text: child.text ?? "", ...(has("bold") ? { bold: true as const } : {}), ...(has("italic") ? { italic: true as const } : {}) };
  });
}

function childrenOf(node: Node): Node[] {
  return Array.from({ length: node.childCount }, (_, at) => node.child(at));
}
