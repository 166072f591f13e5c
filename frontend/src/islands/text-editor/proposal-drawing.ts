/**
 * Draws what delegations propose over the words: deleted words struck through, new ones underlined beside them, paragraphs that are to
 * come, go or move. The rows of the layer are the truth; anchors say where. Nothing drawn is part of the text.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Mapping, StepMap } from "@tiptap/pm/transform";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { linearOf } from "./blocks";
import { redraw } from "./dom-selection";
import type { Layer } from "./layer";
import { openProposal } from "./proposal-dialog";
import { type Hunk, type Placed, type Proposal, type Range, blocksById, codeOf, colourOf, placed, proposalsIn } from "./proposals";
import { t } from "./words";

interface Drawn {
  readonly proposals: readonly Proposal[];
  readonly places: readonly Placed[];
  readonly decorations: DecorationSet;
}

const key = new PluginKey<Drawn>("proposals");

export function proposalDrawing(layer: Layer, language: string): Extension {
  return Extension.create({
    name: "proposals",
    addProseMirrorPlugins: () => [
      new Plugin<Drawn>({
        key,
        state: {
          init: (_config, state) => draw(state.doc, proposalsIn(layer.rows, language), layer),
          apply: (tr, drawn, before) => redrawn(tr, drawn, before.doc, layer),
        },
        props: { decorations: (state) => key.getState(state)?.decorations },
        view: (view) => ({ destroy: layer.listen((rows) => { show(view, proposalsIn(rows, language)); }) }),
      }),
    ],
  });
}

/** Return the proposal at a position: in its words, else about its paragraph. */
export function proposalAt(state: EditorState, position: number): Proposal | null {
  const places = key.getState(state)?.places ?? [];
  const within = places.find(({ ranges }) => ranges.some(({ from, to }) => from <= position && position <= to));
  const paragraph = state.doc.resolve(position).node(1).attrs["id"] as unknown;
  const about = places.find(({ proposal }) => proposal.paragraph === paragraph || (proposal.kind === "insert" && proposal.after === paragraph));
  return (within ?? about)?.proposal ?? null;
}

function show(view: EditorView, proposals: readonly Proposal[]): void {
  const before = key.getState(view.state)?.proposals ?? [];
  if (JSON.stringify(before) !== JSON.stringify(proposals)) redraw(view, key, proposals);
}

/**
 * Draw anew when the rows changed or an anchor may have; else carry the drawing along. The binding writes the whole document at each
 * change from elsewhere, so the change is looked for in the documents and not in the steps: what stayed is the same node in both.
 */
function redrawn(tr: Transaction, drawn: Drawn, before: Node, layer: Layer): Drawn {
  const rows = tr.getMeta(key) as readonly Proposal[] | undefined;
  if (rows) return draw(tr.doc, rows, layer);
  if (!tr.docChanged || drawn.proposals.length === 0) return drawn;
  const from = before.content.findDiffStart(tr.doc.content);
  if (from === null) return drawn;
  const ends = before.content.findDiffEnd(tr.doc.content) ?? { a: before.content.size, b: tr.doc.content.size };
  const overlap = from - Math.min(ends.a, ends.b);
  const [oldEnd, newEnd] = overlap > 0 ? [ends.a + overlap, ends.b + overlap] : [ends.a, ends.b];
  if (isDelicate(before, from, oldEnd) || isDelicate(tr.doc, from, newEnd)) return draw(tr.doc, drawn.proposals, layer);
  const map = new StepMap([from, oldEnd - from, newEnd - from]);
  const places = drawn.places.map((place) => ({ ...place, ranges: place.ranges.map((range) => ({ from: map.map(range.from, 1), to: map.map(range.to, -1) })) }));
  return { proposals: drawn.proposals, places, decorations: drawn.decorations.map(new Mapping([map]), tr.doc) };
}

/** Say whether a change there may touch an anchor, or which paragraphs there are. */
function isDelicate(doc: Node, from: number, to: number): boolean {
  const [start, end] = [doc.resolve(from), doc.resolve(to)];
  if (start.depth === 0 || start.index(0) !== end.index(0)) return true;
  let found = false;
  doc.nodesBetween(Math.max(0, from - 1), Math.min(doc.content.size, to + 1), (node) => {
    found ||= node.marks.some(({ type }) => type.name === "anchor");
    return !found;
  });
  return found;
}

function draw(doc: Node, proposals: readonly Proposal[], layer: Layer): Drawn {
  const places = placed(doc, proposals);
  const blocks = blocksById(doc);
  const decorations = places.flatMap((place) => decorationsOf(place, doc, blocks, layer));
  return { proposals, places, decorations: DecorationSet.create(doc, decorations) };
}

type Blocks = ReadonlyMap<string, { readonly at: number; readonly node: Node }>;

function decorationsOf(place: Placed, doc: Node, blocks: Blocks, layer: Layer): Decoration[] {
  const { proposal, ranges, isOutOfDate } = place;
  if (isOutOfDate) return [];
  if (ranges.length > 0) return ranges.flatMap((range, at) => hunkOf(place, proposal.hunks[at], range, doc, at === 0, layer));
  const block = blocks.get(proposal.paragraph);
  if (proposal.kind === "insert") return [newParagraph(place, placeAfter(proposal, blocks), layer)];
  if (!block) return [];
  const look = proposal.kind === "delete" ? "proposed-gone" : proposal.kind === "move" ? "proposed-moved" : "proposed-whole";
  const node = Decoration.node(block.at, block.at + block.node.nodeSize, { class: `${look} ${colourOf(proposal)}` });
  const drawn = [node, sign(place, block.at, wishOf(place, blocks), layer)];
  if (proposal.kind === "move") drawn.push(sign(place, placeAfter(proposal, blocks), t("A paragraph is to come here"), layer));
  return drawn;
}

function placeAfter(proposal: Proposal, blocks: Blocks): number {
  const after = blocks.get(proposal.after);
  return after ? after.at + after.node.nodeSize : 0;
}

function wishOf({ proposal }: Placed, blocks: Blocks): string {
  if (proposal.kind === "delete") return t("This paragraph is to go");
  if (proposal.kind === "change") return t("Another form of this paragraph is proposed");
  const after = blocks.get(proposal.after);
  return after ? t("This paragraph is to go after “{words}”", { words: after.node.textContent.slice(0, 40) }) : t("This paragraph is to come first");
}

function hunkOf(place: Placed, hunk: Hunk | undefined, range: Range, doc: Node, isFirst: boolean, layer: Layer): Decoration[] {
  const { proposal } = place;
  const text = doc.textBetween(range.from, range.to);
  const at = (point: number): number => range.from + Array.from(text.normalize("NFC")).slice(0, point).join("").length;
  const colour = colourOf(proposal);
  const drawn = (hunk?.changes ?? []).flatMap(({ start, end, words }, number) => [
    ...(end > start ? [Decoration.inline(at(start), at(end), { class: `proposed-deletion ${colour}` })] : []),
    ...(words === "" ? [] : [widget(at(end), `${proposal.id} ${number} ${words}`, () => newWords(words, place))]),
  ]);
  const label = isFirst ? [widget(range.to, `${proposal.id} code ${place.conflict}`, () => codeButton(place, layer))] : [];
  return [...drawn, ...label];
}

function widget(at: number, name: string, element: () => HTMLElement, side = 1): Decoration {
  return Decoration.widget(at, element, { key: name, side, marks: [], ignoreSelection: true, stopEvent: () => true });
}

function newWords(words: string, { proposal }: Placed): HTMLElement {
  const ins = make("ins", `proposed-insertion ${colourOf(proposal)}`, words);
  ins.contentEditable = "false";
  return ins;
}

function newParagraph(place: Placed, at: number, layer: Layer): Decoration {
  const { proposal } = place;
  return widget(at, `${proposal.id} ${place.conflict}`, () => {
    const holder = make("div", `proposed-paragraph ${colourOf(proposal)}`);
    holder.contentEditable = "false";
    holder.append(make("ins", "proposed-insertion", proposal.block ? linearOf(proposal.block) : ""), codeButton(place, layer));
    return holder;
  });
}

function sign(place: Placed, at: number, words: string, layer: Layer): Decoration {
  return widget(at, `${place.proposal.id} ${words} ${place.conflict}`, () => {
    const holder = make("div", `proposed-sign ${colourOf(place.proposal)}`, words);
    holder.contentEditable = "false";
    holder.append(codeButton(place, layer));
    return holder;
  }, -1);
}

/** The code of the delegation is the button that opens the proposal. */
function codeButton({ proposal, conflict }: Placed, layer: Layer): HTMLElement {
  const button = make("button", `proposal-code ${colourOf(proposal)}`, codeOf(proposal, t("Secr.")));
  button.type = "button";
  button.tabIndex = -1; // Tab leaves the text; the action “Open the proposal” is the way by key
  button.contentEditable = "false";
  const who = t("Proposal of {member}, by {name}", { member: codeOf(proposal, t("the secretariat")), name: proposal.by });
  const also = conflict > 0 ? t("{n} proposal conflicts here | {n} proposals conflict here", { n: conflict }) : "";
  if (also !== "") button.append(make("span", "proposal-conflict", also));
  button.ariaLabel = `${button.textContent}: ${who}`;
  button.title = also === "" ? who : `${who}. ${also}`;
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("mousedown", (event) => { event.preventDefault(); });
  button.addEventListener("click", () => { openProposal(proposal.id, layer); });
  return button;
}

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, words = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = words;
  return made;
}
