/**
 * Draws square brackets around the words that delegations hold: signs, who holds them, alternatives. The rows of the layer are the truth
 * about who; the document's anchors say where. Nothing drawn is part of the text.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { openBracket } from "./bracket-dialog";
import { type Bracket, type Member, type Placed, bracketsIn, listed, placed } from "./brackets";
import { redraw } from "./dom-selection";
import type { Layer } from "./layer";
import { t } from "./words";

interface Drawn {
  readonly brackets: readonly Bracket[];
  readonly places: readonly Placed[];
  readonly decorations: DecorationSet;
}

const key = new PluginKey<Drawn>("brackets");

/** Return the brackets around a position, the innermost first. */
export function bracketsAt(state: EditorState, position: number): Placed[] {
  const around = (key.getState(state)?.places ?? []).filter(({ from, to }) => from <= position && position <= to);
  return around.sort((one, other) => one.to - one.from - (other.to - other.from));
}

/** Return a bracket as it is now. */
export function bracketOf(state: EditorState, id: string): Placed | undefined {
  return key.getState(state)?.places.find(({ bracket }) => bracket.id === id);
}

export function bracketDrawing(layer: Layer, language: string): Extension {
  return Extension.create({
    name: "brackets",
    addProseMirrorPlugins: () => [
      new Plugin<Drawn>({
        key,
        state: {
          init: (_config, state) => draw(state.doc, bracketsIn(layer.rows, language), layer),
          apply: (tr, drawn) => redrawn(tr, drawn, layer),
        },
        props: { decorations: (state) => key.getState(state)?.decorations },
        view: (view) => {
          const stop = layer.listen((rows) => { show(view, bracketsIn(rows, language)); });
          return { destroy: stop };
        },
      }),
    ],
  });
}

function show(view: EditorView, brackets: readonly Bracket[]): void {
  const before = key.getState(view.state)?.brackets ?? [];
  if (JSON.stringify(before) !== JSON.stringify(brackets)) redraw(view, key, brackets);
}

/** Draw anew when the rows changed or an anchor may have; else carry the drawing along. */
function redrawn(tr: Transaction, drawn: Drawn, layer: Layer): Drawn {
  const rows = tr.getMeta(key) as readonly Bracket[] | undefined;
  if (rows) return draw(tr.doc, rows, layer);
  if (!tr.docChanged || drawn.brackets.length === 0) return drawn;
  if (touchesAnchor(tr)) return draw(tr.doc, drawn.brackets, layer);
  const places = drawn.places.map((place) => ({ ...place, from: tr.mapping.map(place.from, 1), to: tr.mapping.map(place.to, -1) }));
  return { ...drawn, places, decorations: drawn.decorations.map(tr.mapping, tr.doc) };
}

function touchesAnchor(tr: Transaction): boolean {
  return tr.steps.some((step, index) => {
    const before = tr.docs[index] ?? tr.before;
    const after = tr.docs[index + 1] ?? tr.doc;
    const touched: boolean[] = [];
    step.getMap().forEach((oldFrom, oldTo, newFrom, newTo) => {
      touched.push(hasAnchor(before, oldFrom, oldTo) || hasAnchor(after, newFrom, newTo));
    });
    // A step that moves nothing changes marks or attributes.
    return touched.length === 0 || touched.includes(true);
  });
}

function hasAnchor(doc: Node, from: number, to: number): boolean {
  let found = false;
  doc.nodesBetween(Math.max(0, from - 1), Math.min(doc.content.size, to + 1), (node) => {
    found ||= node.marks.some((mark) => mark.type.name === "anchor");
    return !found;
  });
  return found;
}

function draw(doc: Node, brackets: readonly Bracket[], layer: Layer): Drawn {
  const places = placed(doc, brackets);
  const decorations = places.flatMap((place) => decorationsOf(place, layer));
  return { brackets, places, decorations: DecorationSet.create(doc, decorations) };
}

/** Longer brackets open before shorter ones and close after them; what is typed at an edge stands outside, and the caret shows it. */
function decorationsOf(place: Placed, layer: Layer): Decoration[] {
  const { bracket, from, to, isChanged } = place;
  const look = JSON.stringify([bracket, isChanged]);
  const size = to - from;
  const options = { marks: [], ignoreSelection: true };
  return [
    Decoration.inline(from, to, { class: isChanged ? "bracketed is-changed" : "bracketed" }),
    Decoration.widget(from, () => sign("["), { ...options, key: `[${bracket.id}`, side: 1 / (1 + size) }),
    Decoration.widget(to, (view) => endOf(place, layer, view), { ...options, key: `]${look}`, side: -1 / (1 + size), stopEvent: () => true }),
  ];
}

function endOf({ bracket, isChanged }: Placed, layer: Layer, view: EditorView): HTMLElement {
  const end = sign("");
  const [own, ...others] = bracket.alternatives;
  if (own && own.supporters.length > 0) end.append(codes(own.supporters, t("supported by {names}", { names: namesOf(own.supporters) })));
  for (const other of others) {
    const words = element("span", "bracket-other", ` / ${other.words}`);
    if (other.supporters.length > 0) words.append(codes(other.supporters, t("supported by {names}", { names: namesOf(other.supporters) })));
    end.append(words);
  }
  end.append(element("span", "bracket-sign", "]"));
  if (isChanged) end.append(element("span", "bracket-changed", t("changed")));
  end.append(handle(bracket, isChanged, layer, view));
  return end;
}

/** The codes of the holders are the button that opens the bracket. */
function handle(bracket: Bracket, isChanged: boolean, layer: Layer, view: EditorView): HTMLElement {
  const held = t("Bracket held by {names}", { names: namesOf(bracket.holders) });
  const button = element("button", "bracket-codes", bracket.holders.map(({ code }) => code).join(" "));
  button.type = "button";
  button.id = `bracket-${bracket.id}`;
  button.ariaLabel = `${button.textContent}: ${isChanged ? `${held}, ${t("changed since it was placed")}` : held}`;
  button.title = held;
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("mousedown", (event) => { event.preventDefault(); });
  button.addEventListener("click", () => {
    openBracket(() => bracketOf(view.state, bracket.id), layer);
  });
  return button;
}

function codes(members: readonly Member[], meaning: string): HTMLElement {
  const sup = element("sup", "bracket-supporters", members.map(({ code }) => code).join(" "));
  sup.ariaLabel = meaning;
  sup.role = "img";
  sup.title = meaning;
  return sup;
}

function namesOf(members: readonly Member[]): string {
  return listed(members.map(({ name }) => name));
}

function sign(words: string): HTMLElement {
  const span = element("span", words === "" ? "bracket-end" : "bracket-sign", words);
  span.contentEditable = "false";
  return span;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, words = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = words;
  return made;
}
