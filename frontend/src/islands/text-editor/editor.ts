/** The ProseMirror editor of one language version, bound to its fragment of the shared document. */
import { Editor, Extension, type Extensions } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { language as pageLanguage } from "../../i18n";
import { BlockIds } from "./block-ids";
import { carets } from "./carets";
import { FreshSelection } from "./dom-selection";
import { cleanPaste } from "./paste";
import { textSchema } from "./schema";
import { WholeCharacters } from "./whole-characters";
import { t } from "./words";

/** Room for the tools, which stay at the top of the window, when the caret is scrolled into sight. */
const IN_SIGHT = { top: 130, right: 0, bottom: 40, left: 0 };

export interface EditorSetup {
  readonly mount: HTMLElement;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly language: string;
  readonly flags: string;
  readonly editable: boolean;
  /** What draws the rows of the text in its words: brackets, proposals, remarks. */
  readonly parts: Extensions;
  /** Id of the element that tells the keys. */
  readonly help: string;
  /** Called when the person asks for the tools by key. */
  readonly toTools: () => void;
}

/** Return a language's name in the language of the page. */
export function languageName(code: string): string {
  return new Intl.DisplayNames([pageLanguage()], { type: "language" }).of(code) ?? code;
}

export function createEditor(setup: EditorSetup): Editor {
  const { doc, awareness, language, flags } = setup;
  return new Editor({
    element: setup.mount,
    editable: setup.editable,
    injectCSS: false,
    // "1. " or "**" typed in a statement is what the person means to write.
    enableInputRules: false,
    enablePasteRules: false,
    extensions: [
      FreshSelection,
      ...textSchema,
      WholeCharacters,
      BlockIds,
      ...setup.parts,
      carets({ awareness, flags }, doc),
      Collaboration.configure({ fragment: doc.getXmlFragment(language) }),
      toolsKey(setup.toTools),
    ],
    editorProps: {
      transformPastedHTML: cleanPaste,
      scrollMargin: IN_SIGHT,
      scrollThreshold: IN_SIGHT,
      attributes: attributesOf(setup, setup.editable),
    },
  });
}

/** Let the person write, or only read; the role follows. */
export function setEditable(editor: Editor, setup: EditorSetup, editable: boolean): void {
  if (editor.isEditable === editable) return;
  editor.setEditable(editable, false);
  editor.setOptions({ editorProps: { ...editor.options.editorProps, attributes: attributesOf(setup, editable) } });
}

function attributesOf({ language, help }: EditorSetup, editable: boolean): Record<string, string> {
  const named = { class: "negotiated", lang: language, "aria-label": t("Text in {language}", { language: languageName(language) }) };
  if (!editable) return { ...named, role: "article" };
  return { ...named, role: "textbox", "aria-multiline": "true", "aria-describedby": help, spellcheck: "true" };
}

function toolsKey(toTools: () => void): Extension {
  return Extension.create({
    name: "toolsKey",
    addKeyboardShortcuts: () => ({
      "Alt-F10": () => {
        toTools();
        return true;
      },
    }),
  });
}
