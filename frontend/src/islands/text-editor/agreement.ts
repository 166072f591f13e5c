/**
 * Who agrees each paragraph, in its margin, from the layer's `paragraphs`; and the way to a paragraph by the address of the page
 * (`#p-` and its id), which the table of agreement leads to.
 */
import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { redraw } from "./dom-selection";
import type { Layer, Rows } from "./layer";
import { paragraphById } from "./passages";
import { t } from "./words";

export interface AgreementRow {
  readonly label: string;
  readonly sha256: string;
  readonly agreed: number;
  readonly of: number;
  /** Where the reader's delegation stands; empty when it does not count. */
  readonly mine: string;
  readonly reopened: boolean;
}

const HASH = "#p-";
const key = new PluginKey<DecorationSet>("agreement");

/** Return who agrees the paragraphs, by their id. */
export function agreementIn(rows: Rows): Readonly<Record<string, AgreementRow>> {
  return (rows["paragraphs"] ?? {}) as Readonly<Record<string, AgreementRow>>;
}

/** Return the sign of a paragraph: its class, what it says in short, and in a sentence. */
export function signOf(row: AgreementRow): { className: string; short: string; sentence: string } {
  const agreed = row.agreed === row.of;
  const className = row.reopened ? "is-reopened" : agreed ? "is-agreed" : "is-open";
  const count = t("agreed by {agreed} of {of}", { agreed: String(row.agreed), of: String(row.of) });
  const short = `${row.reopened ? "↻" : agreed ? "✓" : ""}${String(row.agreed)}/${String(row.of)}`;
  return { className, short, sentence: row.reopened ? `${count}, ${t("re-opened")}` : count };
}

function draw(doc: Node, rows: Readonly<Record<string, AgreementRow>>): DecorationSet {
  const signs: Decoration[] = [];
  doc.forEach((node, at) => {
    const row = rows[String(node.attrs["id"])];
    if (!row) return;
    const { className, short, sentence } = signOf(row);
    signs.push(Decoration.node(at, at + node.nodeSize, { class: `agreement ${className}`, "data-agreement": short, title: sentence }));
  });
  return DecorationSet.create(doc, signs);
}

/** Put the caret at the beginning of a paragraph and bring it into sight; say whether it is there. */
export function goTo(editor: Editor, id: string): boolean {
  const paragraph = paragraphById(editor.state.doc, id);
  if (!paragraph) return false;
  const selection = TextSelection.near(editor.state.doc.resolve(paragraph.at + 1));
  editor.view.dispatch(editor.state.tr.setSelection(selection).scrollIntoView());
  editor.view.focus();
  const shown = editor.view.nodeDOM(paragraph.at);
  if (shown instanceof HTMLElement) shown.scrollIntoView({ block: "center" });
  return true;
}

/** The signs in the margin of an editor, and its answer to the address; `isFirst` says which of several editors takes the focus. */
export function agreementSigns(layer: Layer, isFirst: () => boolean): Extension {
  return Extension.create({
    name: "agreement",
    addProseMirrorPlugins() {
      return [signs(layer), address(this.editor, isFirst)];
    },
  });
}

function signs(layer: Layer): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, { doc }) => draw(doc, agreementIn(layer.rows)),
      apply: (transaction, drawn) => {
        const isNew = transaction.getMeta(key) === true || transaction.before.childCount !== transaction.doc.childCount;
        return isNew ? draw(transaction.doc, agreementIn(layer.rows)) : drawn.map(transaction.mapping, transaction.doc);
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => {
      const stop = layer.listen(() => {
        queueMicrotask(() => { redraw(view, key); });
      });
      return { destroy: () => { stop(); } };
    },
  });
}

/** Follow the address of the page to its paragraph, once the paragraph is there. */
function address(editor: Editor, isFirst: () => boolean): Plugin {
  return new Plugin({
    view: () => {
      let wanted = location.hash;
      const follow = (): void => {
        if (wanted.startsWith(HASH) && isFirst() && goTo(editor, wanted.slice(HASH.length))) wanted = "";
      };
      const hear = (): void => {
        wanted = location.hash;
        follow();
      };
      window.addEventListener("hashchange", hear);
      return {
        update: () => { if (wanted !== "") queueMicrotask(follow); },
        destroy: () => { window.removeEventListener("hashchange", hear); },
      };
    },
  });
}
