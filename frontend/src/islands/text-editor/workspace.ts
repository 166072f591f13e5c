/** One editor on the page: bar, notice and text, kept in step with the session of its text. */
import type { Editor } from "@tiptap/core";
import { type EditorSetup, createEditor, setEditable } from "./editor";
import { readSelection } from "./dom-selection";
import { languageSwitch } from "./language-switch";
import { actKeys, actTools } from "./acts";
import { agreementSigns } from "./agreement";
import "./bracket-actions";
import { bracketDrawing } from "./bracket-drawing";
import { Notice } from "./notice";
import { type Fields, outbox } from "./outbox";
import { OutboxPanel } from "./outbox-panel";
import { selectedPassage } from "./passages";
import { People } from "./people";
import { placeLinks } from "./place-links";
import "./proposal-actions";
import { proposalDrawing } from "./proposal-drawing";
import { proposalTyping } from "./proposal-typing";
import { registerRemarks, remarks } from "./remarks";
import type { TextSession } from "./session";
import { type EditorState, type Rights, isEditable, isProposing, sentenceOf, stateOf } from "./state";
import { steps } from "./steps";
import { StatusLine } from "./status-line";
import { Toolbar } from "./toolbar";
import { TOOLS } from "./tools";
import { t } from "./words";

export interface WorkspaceSetup {
  readonly session: TextSession;
  readonly language: string;
  readonly languages: readonly string[];
  readonly flags: string;
  readonly rights: Rights;
  /** Shown until the document is complete. */
  readonly fallback: readonly Node[];
  readonly chooseLanguage: (language: string) => void;
  readonly onState: (state: EditorState) => void;
}

registerRemarks();
let count = 0;

export class Workspace {
  readonly elements: readonly HTMLElement[];
  readonly #setup: WorkspaceSetup;
  readonly #bar = division("editor-bar");
  readonly #end = division("editor-end");
  readonly #text = division("editor-text");
  readonly #help = division("visually-hidden");
  readonly #status = new StatusLine();
  readonly #notice: Notice;
  readonly #outbox: OutboxPanel;
  readonly #stopListening: () => void;
  #rights: Rights;
  #editor: Editor | null = null;
  #editorSetup: EditorSetup | null = null;
  #toolbar: Toolbar | null = null;
  #acts: Toolbar | null = null;
  #people: People | null = null;

  constructor(setup: WorkspaceSetup) {
    const { session } = setup;
    this.#setup = setup;
    this.#rights = setup.rights;
    this.#notice = new Notice({ retry: () => { session.retry(); }, forgetLost: () => { session.forgetLost(); } });
    this.#outbox = new OutboxPanel({ box: outbox(), text: session.text, language: setup.language, selected: this.#selected });
    this.#text.id = `text-editor-${++count}`;
    this.#help.id = `${this.#text.id}-help`;
    this.#help.textContent = t("Alt+F10 for the tools, Escape to return to the text.");
    this.#text.append(...setup.fallback);
    const choice = languageSwitch(setup.languages, setup.language, setup.chooseLanguage);
    this.#end.append(this.#status.element);
    this.#bar.append(...(choice ? [choice] : []), this.#end);
    this.elements = [this.#bar, this.#notice.element, this.#outbox.element, this.#text, this.#status.announcer, this.#help];
    this.#stopListening = session.listen({
      status: this.#refresh,
      loaded: this.#bind,
      beforeRemote: () => {
        if (this.#editor) readSelection(this.#editor.view);
      },
    });
    if (session.status.loaded) this.#bind();
    this.#refresh();
  }

  setRights(rights: Rights): void {
    this.#rights = rights;
    this.#refresh();
  }

  destroy(): void {
    this.#stopListening();
    this.#unbind();
    this.#status.destroy();
    this.#outbox.destroy();
  }

  readonly #bind = (): void => {
    this.#unbind();
    const { session, language, flags } = this.#setup;
    const acts = { text: session.text, language, layer: session.layer };
    this.#text.replaceChildren();
    this.#editorSetup = {
      mount: this.#text,
      doc: session.doc,
      awareness: session.awareness,
      language,
      flags,
      editable: isEditable(session.status, this.#rights) || this.#isProposing(),
      parts: [
        actKeys(acts),
        placeLinks(language),
        bracketDrawing(session.layer, language),
        proposalDrawing(session.layer, language),
        proposalTyping({ ...acts, isProposing: () => this.#isProposing() }),
        remarks(session.layer, language),
        steps(acts),
        agreementSigns(session.layer, this.#isFirst),
      ],
      help: this.#help.id,
      toTools: () => this.#toolbar?.focus(),
    };
    this.#editor = createEditor(this.#editorSetup);
    this.#toolbar = new Toolbar(this.#editor, this.#text.id, t("Editing tools"), TOOLS);
    this.#acts = new Toolbar(this.#editor, this.#text.id, t("Acts on the selection"), [actTools(acts)]);
    this.#people = new People(session.awareness, flags);
    this.#end.before(this.#toolbar.element);
    this.#bar.append(this.#acts.element);
    this.#status.element.before(this.#people.element);
    this.#refresh();
  };

  /** Of several editors on the page, the first answers to its address. */
  readonly #isFirst = (): boolean => document.querySelector(".editor-text") === this.#text;

  #unbind(): void {
    this.#toolbar?.destroy();
    this.#acts?.destroy();
    this.#people?.destroy();
    this.#editor?.destroy();
    this.#editor = null;
  }

  /** The selected words as fields of an act. */
  readonly #selected = (): Fields | null => {
    const state = this.#editor?.state;
    const passage = state ? selectedPassage(state) : null;
    return passage && { paragraph: passage.paragraph, start: String(passage.start), end: String(passage.end), words: passage.words };
  };

  readonly #refresh = (): void => {
    const { status } = this.#setup.session;
    const state = stateOf(status, this.#rights);
    const { label, detail } = sentenceOf(state, status, this.#rights);
    this.#status.show(state, label, detail);
    this.#notice.show(state, state === "readonly" ? "" : detail, status);
    this.#setEditable(isEditable(status, this.#rights), this.#isProposing());
    this.#setup.onState(state);
  };

  #isProposing(): boolean {
    return isProposing(this.#setup.session.status, this.#rights);
  }

  /** Who proposes has caret and selection, but not the tools, which change the text. */
  #setEditable(editable: boolean, proposing: boolean): void {
    if (this.#toolbar) this.#toolbar.element.hidden = !editable;
    if (this.#editor && this.#editorSetup) setEditable(this.#editor, this.#editorSetup, editable || proposing);
  }
}

function division(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}
