/** Proposals as the layer describes them, where each stands in the document now, and which are in conflict. */
import type { Node } from "@tiptap/pm/model";
import type { Block } from "./blocks";
import type { Layer, Rows } from "./layer";

export interface Change {
  /** In code points of the hunk's words. */
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

export interface Hunk {
  readonly anchor: string;
  readonly words: string;
  readonly changes: readonly Change[];
}

export interface Proposal {
  readonly id: string;
  readonly kind: "change" | "insert" | "delete" | "move";
  readonly language: string;
  readonly paragraph: string;
  readonly after: string;
  /** Code of the member, empty for the secretariat. */
  readonly member: string;
  readonly by: string;
  readonly colour: number;
  readonly isOwn: boolean;
  readonly supporters: readonly string[];
  readonly block: Block | null;
  readonly hunks: readonly Hunk[];
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Placed {
  readonly proposal: Proposal;
  /** Where its hunks stand; empty for one about a whole paragraph, and for one that is out of date. */
  readonly ranges: readonly Range[];
  readonly isOutOfDate: boolean;
  /** How many proposals are in conflict here, itself among them; 0 without a conflict. */
  readonly conflict: number;
}

export function may(layer: Layer, name: string): boolean {
  return (layer.rows["can"] as Record<string, boolean> | undefined)?.[name] === true;
}

export function proposalsIn(rows: Rows, language: string): readonly Proposal[] {
  const proposals = (rows["proposals"] ?? []) as readonly Proposal[];
  // A paragraph goes or moves in every language.
  return proposals.filter(({ kind, language: its }) => its === language || kind === "delete" || kind === "move");
}

/** The blocks at the top by their ids. */
export function blocksById(doc: Node): Map<string, { readonly at: number; readonly node: Node }> {
  const found = new Map<string, { at: number; node: Node }>();
  doc.forEach((node, at) => {
    const id = node.attrs["id"] as unknown;
    if (typeof id === "string" && !found.has(id)) found.set(id, { at, node });
  });
  return found;
}

export function placed(doc: Node, proposals: readonly Proposal[]): Placed[] {
  const wanted = new Set(proposals.flatMap(({ hunks }) => hunks.map(({ anchor }) => anchor)));
  const stretches = wanted.size > 0 ? stretchesIn(doc, wanted) : new Map<string, Range[]>();
  const blocks = blocksById(doc);
  const found = proposals.map((proposal) => {
    const ranges = proposal.hunks.map((hunk) => rangeOf(doc, stretches.get(hunk.anchor) ?? [], hunk.words));
    const isHere = proposal.after === "" || blocks.has(proposal.after);
    const isThere = proposal.kind === "insert" ? isHere : blocks.has(proposal.paragraph) && isHere;
    const held = ranges.filter((range) => range !== null);
    const isOutOfDate = held.length < ranges.length || (ranges.length === 0 && !isThere);
    return { proposal, ranges: isOutOfDate ? [] : held, isOutOfDate, conflict: 0 };
  });
  return withConflicts(found, blocks);
}

/** The rule is the server's `ground.py`: exactly the words that are to be replaced, in a row. */
function rangeOf(doc: Node, stretches: readonly Range[], words: string): Range | null {
  const same = stretches.filter(({ from, to }) => doc.textBetween(from, to).normalize("NFC") === words);
  return same.length === 1 ? (same[0] ?? null) : null;
}

function stretchesIn(doc: Node, wanted: ReadonlySet<string>): Map<string, Range[]> {
  const found = new Map<string, Range[]>();
  doc.descendants((node, at) => {
    for (const mark of node.marks) {
      const id = mark.type.name === "anchor" ? String(mark.attrs["id"]) : "";
      if (!wanted.has(id)) continue;
      const here = found.get(id) ?? [];
      const last = here.at(-1);
      if (last?.to === at) here[here.length - 1] = { from: last.from, to: at + node.nodeSize };
      else here.push({ from: at, to: at + node.nodeSize });
      found.set(id, here);
    }
  });
  return found;
}

/** Say how many proposals are in conflict at each; the rule is the server's `conflicts.py`. */
function withConflicts(found: readonly Placed[], blocks: ReadonlyMap<string, { readonly at: number; readonly node: Node }>): Placed[] {
  const others = found.map(() => new Set<number>());
  const current = found.flatMap((one, index) => (one.isOutOfDate ? [] : [{ ...one, index, extent: extentOf(one, blocks) }]));
  for (const [at, one] of current.entries()) {
    for (const other of current.slice(at + 1)) {
      if (!inConflict(one, other)) continue;
      others[one.index]?.add(other.index);
      others[other.index]?.add(one.index);
    }
  }
  return found.map((one, index) => ({ ...one, conflict: others[index]?.size ? others[index].size + 1 : 0 }));
}

interface Claimed extends Placed {
  readonly extent: Range | null;
}

function extentOf({ proposal }: Placed, blocks: ReadonlyMap<string, { readonly at: number; readonly node: Node }>): Range | null {
  const block = blocks.get(proposal.paragraph);
  return block && proposal.kind !== "insert" ? { from: block.at, to: block.at + block.node.nodeSize } : null;
}

function inConflict(one: Claimed, other: Claimed): boolean {
  const [a, b] = [one.proposal, other.proposal];
  if (a.kind === "change" && b.kind === "change") return overlapping(one, other);
  if (losesPlace(a, b) || losesPlace(b, a)) return true;
  if (a.kind === "insert" || b.kind === "insert") return false;
  if (a.kind === "move" && b.kind === "move") return a.paragraph === b.paragraph && a.after !== b.after;
  const [goes, rest] = a.kind === "delete" ? [one, other] : [other, one];
  if (goes.proposal.kind !== "delete" || rest.proposal.kind === "delete") return false;
  if (rest.proposal.kind === "move") return rest.proposal.paragraph === goes.proposal.paragraph;
  return rangesOf(rest).some((range) => goes.extent !== null && range.from < goes.extent.to && goes.extent.from < range.to);
}

const losesPlace = (gone: Proposal, put: Proposal): boolean =>
  gone.kind === "delete" && (put.kind === "insert" || put.kind === "move") && put.after === gone.paragraph;

const rangesOf = ({ ranges, extent }: Claimed): readonly Range[] => (ranges.length > 0 ? ranges : extent ? [extent] : []);

function overlapping(one: Claimed, other: Claimed): boolean {
  return rangesOf(one).some((a) => rangesOf(other).some((b) => a.from < b.to && b.from < a.to));
}

/** What stands for a delegation on the screen. */
export const codeOf = ({ member }: Proposal, secretariat: string): string => (member === "" ? secretariat : member);

export const colourOf = ({ colour }: Proposal): string => `member-colour member-colour-${colour < 0 ? "none" : colour % 36}`;
