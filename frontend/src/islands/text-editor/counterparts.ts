/**
 * Counterparts beside one another: the one of the caret's paragraph is marked in the other columns, and shared paragraphs begin at the
 * same height. Both are style sheets of ours: the editors' own elements are left alone, since they would take a change for typing.
 */
import type { Editor } from "@tiptap/core";
import { paragraphAt } from "./passages";

/** How long nobody may type before the heights are made equal: measuring them costs two layouts. */
export const CALM_MS = 150;

const marks = new CSSStyleSheet();
const heights = new CSSStyleSheet();
document.adoptedStyleSheets.push(marks, heights);

let marked = "";
let aligned = "";

const ID = /^[a-z0-9]{10}$/;

/** Mark the counterparts of the paragraph in which the caret is. */
export function tellCaret(editor: Editor, text: string, language: string): void {
  const id = paragraphAt(editor.state.doc, editor.state.selection.from)?.id ?? "";
  markCounterparts(text, language, id);
}

export function markCounterparts(text: string, language: string, id: string): void {
  const rule = ID.test(id)
    ? `text-editor[data-text="${text}"]:not([data-language="${language}"]) [data-paragraph="${id}"] { box-shadow: -3px 0 0 var(--blue), -12px 0 0 3px var(--blue-soft); background: var(--blue-soft); }`
    : "";
  if (rule !== marked) marks.replaceSync((marked = rule));
}

interface Block {
  readonly id: string;
  readonly top: number;
}

/** Return, by id, how far each shared paragraph must move down so that both begin at the same height. */
export function shifts(one: readonly Block[], other: readonly Block[]): [Map<string, number>, Map<string, number>] {
  const tops = new Map(other.map(({ id, top }, at) => [id, { top, at }]));
  const found: [Map<string, number>, Map<string, number>] = [new Map<string, number>(), new Map<string, number>()];
  const moved = [0, 0] as [number, number];
  let last = -1;
  for (const { id, top } of one) {
    const there = tops.get(id);
    if (!there || there.at <= last) continue; // without a counterpart, or at another place
    last = there.at;
    const difference = Math.round(top + moved[0] - there.top - moved[1]);
    if (difference === 0) continue;
    const side = difference < 0 ? 0 : 1;
    found[side].set(id, Math.abs(difference));
    moved[side] += Math.abs(difference);
  }
  return found;
}

/** Make the paragraphs that two editors share begin at the same height, if the editors stand side by side. */
export function alignHeights(editors: readonly HTMLElement[]): void {
  const scroll = window.scrollY;
  if (aligned !== "") heights.replaceSync("");
  const rules = rulesFor(editors);
  aligned = rules;
  if (rules !== "") heights.replaceSync(rules);
  if (window.scrollY !== scroll) window.scrollTo({ top: scroll, behavior: "instant" });
}

function rulesFor(editors: readonly HTMLElement[]): string {
  const [one, other] = editors.filter((editor) => editor.offsetParent !== null);
  if (!one || !other || one.getBoundingClientRect().left === other.getBoundingClientRect().left) return "";
  const sides = shifts(blocksOf(one), blocksOf(other));
  return [one, other]
    .flatMap((editor, at) =>
      Array.from(sides[at] ?? [], ([id, by]) =>
        `text-editor[data-language="${editor.dataset["language"] ?? ""}"] .ProseMirror > [data-paragraph="${id}"] { border-block-start: ${by}px solid transparent; background-clip: padding-box; }`,
      ),
    )
    .join("\n");
}

function blocksOf(editor: HTMLElement): Block[] {
  return Array.from(editor.querySelectorAll<HTMLElement>(".ProseMirror > [data-paragraph]"), (element) => ({
    id: element.dataset["paragraph"] ?? "",
    top: element.getBoundingClientRect().top,
  })).filter(({ id }) => ID.test(id));
}
