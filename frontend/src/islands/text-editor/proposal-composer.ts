/**
 * Writes a proposal: one paragraph in a small editor of the same schema, with what would change shown below while it is written. The
 * dialog stays open until the server took it, so that nothing written is lost.
 */
import { Editor, Extension } from "@tiptap/core";
import { Document } from "@tiptap/extension-document";
import { history, redo, undo } from "@tiptap/pm/history";
import type { Node } from "@tiptap/pm/model";
import { toast } from "../../elements/toast-list";
import { type Block, blockOf, linearOf, nodeOf } from "./blocks";
import type { Layer } from "./layer";
import { type Fields, Refused, send } from "./outbox";
import { cleanPaste } from "./paste";
import { button, openDialog } from "./proposal-dialog";
import { textSchema } from "./schema";
import { Toolbar } from "./toolbar";
import { TOOLS } from "./tools";
import { difference, differenceElement } from "./word-difference";
import { t } from "./words";

export interface Composition {
  readonly text: string;
  readonly language: string;
  readonly layer: Layer;
  readonly title: string;
  /** The paragraph to begin with; null for a new one. */
  readonly base: Node | null;
  /** What was typed before the dialog opened: [from, to) of the paragraph, counted from its own beginning, give way to `words`. */
  readonly typed?: { readonly from: number; readonly to: number; readonly words: string };
  readonly address: string;
  readonly fields: Fields;
}

/** A document of exactly one block. */
const OneBlock = Document.extend({ content: "block" });

const History = Extension.create({
  name: "composerHistory",
  addProseMirrorPlugins: () => [history()],
  addKeyboardShortcuts() {
    const run = (command: typeof undo) => () => command(this.editor.state, this.editor.view.dispatch);
    return { "Mod-z": run(undo), "Mod-y": run(redo), "Shift-Mod-z": run(redo) };
  },
});

export function composeProposal(composition: Composition): void {
  openDialog(composition.title, (dialog, body) => { new Composer(composition, dialog).fill(body); });
}

class Composer {
  readonly #composition: Composition;
  readonly #dialog: HTMLDialogElement;
  readonly #base: Block | null;
  readonly #mount = division("composer-editor negotiated");
  readonly #preview = division("proposal-preview negotiated");
  readonly #problem = division("notice notice-error");
  readonly #act = button(t("Propose"), "btn btn-primary", () => { void this.#propose(); });
  readonly #editor: Editor;

  constructor(composition: Composition, dialog: HTMLDialogElement) {
    this.#composition = composition;
    this.#dialog = dialog;
    this.#base = composition.base === null ? null : blockOf(composition.base);
    this.#mount.id = `proposal-words-${composition.fields["id"] ?? ""}`;
    Object.assign(this.#preview, { lang: composition.language, role: "region", ariaLabel: t("What would change") });
    Object.assign(this.#problem, { role: "alert", hidden: true });
    this.#editor = editorOf(composition, this.#mount, this.#show, () => { void this.#propose(); });
  }

  fill(body: HTMLElement): void {
    const toolbar = new Toolbar(this.#editor, this.#mount.id, t("Editing tools"), TOOLS.slice(0, 2));
    const row = division("form-actions");
    row.append(button(t("Cancel"), "btn", () => { this.#dialog.close(); }), this.#act);
    body.append(toolbar.element, this.#mount, heading(t("What would change")), this.#preview, this.#problem, row);
    this.#dialog.addEventListener("close", () => {
      toolbar.destroy();
      this.#editor.destroy();
    });
    this.#show(this.#editor);
    begin(this.#editor, this.#composition);
  }

  readonly #show = (editor: Editor): void => {
    const block = blockOf(editor.state.doc.child(0));
    this.#preview.replaceChildren(differenceElement(difference(this.#base ? linearOf(this.#base) : "", linearOf(block))));
    this.#act.disabled = JSON.stringify(block) === JSON.stringify(this.#base);
  };

  async #propose(): Promise<void> {
    if (this.#act.disabled) return;
    this.#act.disabled = true;
    const { address, fields, layer } = this.#composition;
    const block = JSON.stringify(blockOf(this.#editor.state.doc.child(0)));
    try {
      await send(address, { ...fields, block, ...(this.#base ? { base: JSON.stringify(this.#base) } : {}) });
      this.#dialog.close();
      toast(t("Proposed."));
    } catch (error) {
      this.#problem.textContent = error instanceof Refused ? error.message : t("This was not done.");
      this.#problem.hidden = false;
      this.#act.disabled = false;
    }
    layer.refresh();
  }
}

function editorOf({ language, base }: Composition, mount: HTMLElement, show: (editor: Editor) => void, propose: () => void): Editor {
  const editor = new Editor({
    element: mount,
    injectCSS: false,
    enableInputRules: false,
    enablePasteRules: false,
    extensions: [OneBlock, ...textSchema.filter(({ name }) => name !== "doc"), History, sendKey(propose)],
    editorProps: {
      transformPastedHTML: cleanPaste,
      attributes: { lang: language, role: "textbox", "aria-multiline": "true", "aria-label": t("Words of the proposal"), spellcheck: "true" },
    },
    onUpdate: ({ editor }) => { show(editor); },
  });
  const block: Block = base ? blockOf(base) : { type: "paragraph", numbered: true, runs: [] };
  const { tr, doc, schema } = editor.state;
  editor.view.dispatch(tr.replaceWith(0, doc.content.size, nodeOf(schema, block)).setMeta("addToHistory", false));
  return editor;
}

/** Do what the person had begun to do in the text, and leave the caret behind it. */
function begin(editor: Editor, { typed }: Composition): void {
  requestAnimationFrame(() => {
    if (editor.isDestroyed) return;
    const end = editor.state.doc.child(0).nodeSize - 1;
    if (typed) {
      const [from, to] = [Math.min(typed.from, end), Math.min(typed.to, end)];
      editor.chain().setTextSelection({ from, to }).run();
      const { tr } = editor.state;
      editor.view.dispatch(typed.words === "" ? tr.deleteSelection() : tr.insertText(typed.words));
    }
    editor.view.focus();
  });
}

function sendKey(propose: () => void): Extension {
  return Extension.create({
    name: "sendKey",
    addKeyboardShortcuts: () => ({
      "Mod-Enter": () => {
        propose();
        return true;
      },
    }),
  });
}

function division(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}

function heading(words: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "form-label";
  element.textContent = words;
  return element;
}
