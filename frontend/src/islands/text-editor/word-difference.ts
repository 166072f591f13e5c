/**
 * What changes between two paragraphs, in words: a preview while somebody writes. What is stored is computed by the server
 * (`texts/worddiff.py`), which also joins neighbouring changes as a person would.
 */

export interface Piece {
  readonly kind: "same" | "removed" | "added";
  readonly words: string;
}

const TOKEN = /[\p{L}\p{M}\p{N}]+|\s|[^\p{L}\p{M}\p{N}\s]/gu;
/** Beyond so many pairs of words the middle counts as replaced, so that typing never waits. */
const MOST_PAIRS = 250_000;

export function difference(before: string, after: string): Piece[] {
  const [old, now] = [before.match(TOKEN) ?? [], after.match(TOKEN) ?? []];
  let first = 0;
  while (first < old.length && old[first] === now[first]) first += 1;
  let last = 0;
  while (last < old.length - first && last < now.length - first && old.at(-1 - last) === now.at(-1 - last)) last += 1;
  const pieces: Piece[] = [];
  add(pieces, "same", old.slice(0, first));
  middle(pieces, old.slice(first, old.length - last), now.slice(first, now.length - last));
  add(pieces, "same", last === 0 ? [] : old.slice(-last));
  return pieces;
}

/** The longest common subsequence, by the table that everybody knows. */
function middle(pieces: Piece[], old: readonly string[], now: readonly string[]): void {
  if (old.length * now.length > MOST_PAIRS) {
    add(pieces, "removed", old);
    add(pieces, "added", now);
    return;
  }
  const width = now.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  const cell = (x: number, y: number): number => table[x * width + y] ?? 0;
  for (let x = old.length - 1; x >= 0; x--)
    for (let y = now.length - 1; y >= 0; y--)
      table[x * width + y] = old[x] === now[y] ? cell(x + 1, y + 1) + 1 : Math.max(cell(x + 1, y), cell(x, y + 1));
  let [x, y] = [0, 0];
  while (x < old.length || y < now.length) {
    if (x < old.length && y < now.length && old[x] === now[y]) {
      add(pieces, "same", [old[x++] ?? ""]);
      y += 1;
    } else if (x < old.length && (y >= now.length || cell(x + 1, y) >= cell(x, y + 1))) add(pieces, "removed", [old[x++] ?? ""]);
    else add(pieces, "added", [now[y++] ?? ""]);
  }
}

function add(pieces: Piece[], kind: Piece["kind"], tokens: readonly string[]): void {
  if (tokens.length === 0) return;
  const last = pieces.at(-1);
  const words = tokens.join("");
  if (last?.kind === kind) pieces[pieces.length - 1] = { kind, words: last.words + words };
  else pieces.push({ kind, words });
}

/** Return a difference as elements: what goes in `<del>`, what comes in `<ins>`. */
export function differenceElement(pieces: readonly Piece[]): DocumentFragment {
  const holder = document.createDocumentFragment();
  for (const { kind, words } of pieces) {
    if (kind === "same") holder.append(words);
    else {
      const element = document.createElement(kind === "removed" ? "del" : "ins");
      element.textContent = words;
      holder.append(element);
    }
  }
  return holder;
}
