/** Square brackets as the layer describes them, and where each of them stands in the document now. */
import type { Node } from "@tiptap/pm/model";
import { language as pageLanguage } from "../../i18n";
import type { Rows } from "./layer";
import { linearText } from "./passages";

export interface Member {
  readonly code: string;
  readonly name: string;
}

export interface Alternative {
  /** Names it to the server: the id of its row, or “text” for the words in the document. */
  readonly key: string;
  readonly words: string;
  readonly supporters: readonly Member[];
  readonly isOwn: boolean;
}

export interface Bracket {
  readonly id: string;
  readonly language: string;
  readonly paragraph: string;
  /** The words that its holders put in brackets. */
  readonly words: string;
  readonly holders: readonly Member[];
  readonly changedBy: readonly string[];
  /** The words in the document come first. */
  readonly alternatives: readonly Alternative[];
  /** Key of the alternative that the person's member supports. */
  readonly support: string;
  readonly can: {
    readonly join: boolean;
    readonly leave: boolean;
    readonly lift: boolean;
    readonly add: boolean;
    readonly choose: readonly string[];
  };
}

export interface Placed {
  readonly bracket: Bracket;
  readonly from: number;
  readonly to: number;
  /** Other words stand there than the holders bracketed. */
  readonly isChanged: boolean;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly paragraph: string;
  readonly words: string;
}

export function bracketsIn(rows: Rows, language: string): readonly Bracket[] {
  const brackets = (rows["brackets"] ?? []) as readonly Bracket[];
  return brackets.filter((bracket) => bracket.language === language);
}

/** Return where the brackets stand; those whose words were deleted are left out. The rule is the server's `anchors.place_of`. */
export function placed(doc: Node, brackets: readonly Bracket[]): Placed[] {
  if (brackets.length === 0) return [];
  const stretches = stretchesIn(doc);
  return brackets.flatMap((bracket) => {
    const all = stretches.get(bracket.id) ?? [];
    const home = all.filter(({ paragraph }) => paragraph === bracket.paragraph);
    const true_ = [...home, ...all].find(({ words }) => words === bracket.words);
    const found = true_ ?? home[0] ?? all[0];
    return found ? [{ bracket, from: found.from, to: found.to, isChanged: found !== true_ }] : [];
  });
}

/** Return the stretches that carry each anchor: of one paragraph the whole first, then its pieces. */
function stretchesIn(doc: Node): Map<string, Stretch[]> {
  const found = new Map<string, Stretch[]>();
  doc.forEach((block, at) => {
    for (const [id, pieces] of piecesIn(block)) {
      const [first, last] = [pieces[0], pieces.at(-1)];
      if (!first || !last) continue;
      const all = pieces.length > 1 ? [[first[0], last[1]] as const, ...pieces] : pieces;
      const paragraph = String(block.attrs["id"] ?? "");
      const here = all.map(([from, to]) => ({
        from: at + 1 + from,
        to: at + 1 + to,
        paragraph,
        words: linearText(block, from, to).normalize("NFC"),
      }));
      found.set(id, [...(found.get(id) ?? []), ...here]);
    }
  });
  return found;
}

function piecesIn(block: Node): Map<string, [number, number][]> {
  const found = new Map<string, [number, number][]>();
  block.descendants((node, at) => {
    for (const mark of node.marks) {
      if (mark.type.name !== "anchor") continue;
      const id = String(mark.attrs["id"]);
      const pieces = found.get(id) ?? [];
      const last = pieces.at(-1);
      // A line break between two pieces, or the way into the next item of a list, does not tear them apart.
      if (last && ["", "\n"].includes(linearText(block, last[1], at))) last[1] = at + node.nodeSize;
      else pieces.push([at, at + node.nodeSize]);
      found.set(id, pieces);
    }
  });
  return found;
}

/** Return names as a list in the language of the page: “France and the United Kingdom”. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(pageLanguage(), { type: "conjunction" }).format(names);
}
