/**
 * What can be done with selected words, or with the paragraph of the caret: each part of the editor registers its own actions, the bar
 * below the tools offers them. Usage:
 *
 *     registerAction({ name: "bracket", label: () => t("Put in brackets"), drawing: "brackets", keys: "Mod+Alt+B", needs: "words", isOffered, run })
 */
import type { Editor } from "@tiptap/core";
import type { Drawing } from "./icons";
import type { Layer } from "./layer";
import type { Passage, Paragraph } from "./passages";

export interface Place {
  readonly text: string;
  readonly language: string;
  readonly editor: Editor;
  readonly layer: Layer;
  /** Null unless words of one paragraph are selected. */
  readonly passage: Passage | null;
  readonly paragraph: Paragraph;
}

export interface Action {
  readonly name: string;
  readonly label: () => string;
  readonly drawing: Drawing;
  /** As `aria-keyshortcuts` wants it, with `Mod` for Control or Command. */
  readonly keys: string;
  /** Whether words must be selected, or the caret in a paragraph is enough. */
  readonly needs: "words" | "paragraph";
  /** Whether the person may do it at all now, from the rows' `can`. */
  readonly isOffered: (layer: Layer) => boolean;
  readonly run: (place: Place) => void;
}

const actions: Action[] = [];

/** Adds `action`, once by its name; an Error when another has the same keys. */
export function registerAction(action: Action): void {
  if (actions.some(({ name }) => name === action.name)) return;
  const other = actions.find(({ keys }) => keys === action.keys);
  if (other) throw new Error(`${action.keys} already calls “${other.name}”`);
  actions.push(action);
}

export function registeredActions(): readonly Action[] {
  return actions;
}
