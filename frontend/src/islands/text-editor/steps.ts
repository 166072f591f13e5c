/**
 * Where the language versions stand to one another, drawn at the paragraphs: what is out of step, what has no counterpart, and, in the
 * other columns, the counterpart of the paragraph with the caret. The rows come from the server; nothing here decides.
 */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { language as pageLanguage } from "../../i18n";
import { tellCaret } from "./counterparts";
import { redraw } from "./dom-selection";
import { languageName } from "./editor";
import type { Layer, Rows } from "./layer";
import { send } from "./outbox";
import { paragraphAt } from "./passages";
import { registerAction } from "./selection-actions";
import { tell } from "./telling";
import { t } from "./words";

interface Out {
  readonly paragraph: string;
  readonly language: string;
  readonly cause: string;
  readonly label: string;
  readonly at: string;
  readonly by: readonly string[];
  readonly seen: string;
}

interface Lonely {
  readonly paragraph: string;
  readonly language: string;
  readonly without: readonly string[];
}

export interface StepRows {
  readonly out: readonly Out[];
  readonly lonely: readonly Lonely[];
}

const NONE: StepRows = { out: [], lonely: [] };

export function stepRows(rows: Rows): StepRows {
  return (rows["steps"] as StepRows | undefined) ?? NONE;
}

function may(rows: Rows, ability: string): boolean {
  return (rows["can"] as Readonly<Record<string, boolean>> | undefined)?.[ability] === true;
}

/** Return how long ago something was, in words. */
export function ago(at: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(pageLanguage(), { numeric: "auto" });
  if (seconds > -45) return format.format(0, "minute");
  if (seconds > -2700) return format.format(Math.round(seconds / 60), "minute");
  if (seconds > -79200) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.round(seconds / 86400), "day");
}

/** Return the name of a member by its code: that of a state is a country's; organisations and persons keep theirs. */
function nameOf(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([pageLanguage()], { type: "region" }).of(code) ?? code) : code;
}

const capital = (words: string): string => words.charAt(0).toLocaleUpperCase(pageLanguage()) + words.slice(1);

/** Return what a paragraph out of step says of itself. */
export function sentenceOf(out: Out): string {
  const by = out.by.map(nameOf).join(", ");
  const facts = { language: capital(languageName(out.cause)), label: out.label, when: ago(out.at), by };
  return by === "" ? t("{language} {label} changed {when}", facts) : t("{language} {label} changed {when} by {by}", facts);
}

function act(text: string, name: string, fields: Readonly<Record<string, string>>): void {
  send(`/texts/${text}/${name}/`, fields).catch(tell);
}

interface StepsSetup {
  readonly text: string;
  readonly language: string;
  readonly layer: Layer;
}

const confirmStep = (text: string, { paragraph, language, seen }: Out): void => {
  act(text, "languages/confirm", { paragraph, language, seen });
};

/** The note below the words of a paragraph; it is no part of them. */
function noteOf(className: string, words: string, action: string | null, run: () => void): HTMLElement {
  const note = document.createElement("span");
  note.className = `step-note ${className}`;
  note.contentEditable = "false";
  note.append(words);
  if (action === null) return note;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "step-act";
  button.textContent = action;
  // The editor must not take the press for a move of the caret.
  button.addEventListener("mousedown", (event) => { event.preventDefault(); });
  button.addEventListener("click", run);
  note.append(" · ", button);
  return note;
}

function decorate(doc: Node, rows: Rows, setup: StepsSetup): DecorationSet {
  const { out, lonely } = stepRows(rows);
  const lagging = new Map(out.filter(({ language }) => language === setup.language).map((row) => [row.paragraph, row]));
  const alone = new Map(lonely.filter(({ without }) => !without.includes(setup.language)).map((row) => [row.paragraph, row]));
  if (lagging.size + alone.size === 0) return DecorationSet.empty;
  const found: Decoration[] = [];
  doc.forEach((node, at) => {
    const id = String(node.attrs["id"] ?? "");
    const end = at + node.nodeSize;
    const lag = lagging.get(id);
    const single = alone.get(id);
    if (lag) {
      found.push(Decoration.node(at, end, { class: "step-out" }));
      const draw = (): HTMLElement =>
        noteOf("step-note-out", sentenceOf(lag), may(rows, "confirm") ? t("still says the same") : null, () => { confirmStep(setup.text, lag); });
      found.push(below(end, draw, `out ${lag.seen}`));
    } else if (single) {
      for (const language of single.without) {
        const draw = (): HTMLElement =>
          noteOf("step-note-alone", t("no counterpart in {language}", { language: languageName(language) }), may(rows, "edit") ? t("add it") : null, () => {
            act(setup.text, "counterparts/add", { paragraph: id, source: setup.language, language });
          });
        found.push(below(end, draw, `alone ${id} ${language} ${String(may(rows, "edit"))}`));
      }
    }
  });
  return DecorationSet.create(doc, found);
}

/** Behind the paragraph and not in it, so that no caret meets it. */
function below(end: number, draw: () => HTMLElement, key: string): Decoration {
  return Decoration.widget(end, draw, { side: -1, key, ignoreSelection: true, stopEvent: () => true });
}

/** What of the rows is drawn: as long as it stays, nothing is drawn anew. */
function told(rows: Rows): string {
  return JSON.stringify([stepRows(rows), may(rows, "confirm"), may(rows, "edit")]);
}

/** Say in the head of each column how many of its paragraphs are out of step. */
export function showCounts(rows: Rows): void {
  const { out } = stepRows(rows);
  for (const head of document.querySelectorAll<HTMLElement>("[data-steps-of]")) {
    const n = out.filter(({ language }) => language === head.dataset["stepsOf"]).length;
    const words = n === 0 ? "" : t("{n} paragraph out of step | {n} paragraphs out of step", { n });
    if (head.textContent !== words) head.textContent = words;
  }
}

const key = new PluginKey<DecorationSet>("steps");

export function steps(setup: StepsSetup): Extension {
  return Extension.create({
    name: "steps",
    addProseMirrorPlugins() {
      let rows: Rows = setup.layer.rows;
      return [
        new Plugin<DecorationSet>({
          key,
          state: {
            init: (_config, state) => decorate(state.doc, rows, setup),
            apply: (transaction, before, _old, state) => {
              // Not mapped: the binding replaces whole blocks. The blocks are walked, not their words: some microseconds.
              return transaction.docChanged || transaction.getMeta(key) ? decorate(state.doc, rows, setup) : before;
            },
          },
          props: { decorations: (state) => key.getState(state) },
          view: (view) => {
            const stop = setup.layer.listen((fresh) => {
              showCounts(fresh);
              if (told(fresh) === told(rows)) return;
              rows = fresh;
              redraw(view, key);
            });
            return { destroy: stop };
          },
        }),
      ];
    },
    onSelectionUpdate() {
      tellCaret(this.editor, setup.text, setup.language);
    },
    onFocus() {
      tellCaret(this.editor, setup.text, setup.language);
    },
  });
}

registerAction({
  name: "confirm-step",
  drawing: "inStep",
  label: () => t("In step"),
  keys: "Mod+Alt+S",
  needs: "paragraph",
  isOffered: (layer) => may(layer.rows, "confirm") && stepRows(layer.rows).out.length > 0,
  run: ({ text, language, layer, editor }) => {
    const paragraph = paragraphAt(editor.state.doc, editor.state.selection.from)?.id;
    const out = stepRows(layer.rows).out.find((row) => row.language === language && row.paragraph === paragraph);
    if (out) confirmStep(text, out);
    else tell(new Error(t("This paragraph is in step.")));
  },
});
