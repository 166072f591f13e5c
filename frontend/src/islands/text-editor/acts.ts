/** The registered actions as tools of a bar of their own, and by key: they act on the selected words or on the caret's paragraph. */
import { type Editor, Extension } from "@tiptap/core";
import type { Layer } from "./layer";
import { paragraphAt, selectedPassage } from "./passages";
import { type Action, type Place, registeredActions } from "./selection-actions";
import type { Tool } from "./tools";

export interface ActsSetup {
  readonly text: string;
  readonly language: string;
  readonly layer: Layer;
}

/** Return where an action would act now, or null where it cannot. */
export function placeFor(action: Action, editor: Editor, setup: ActsSetup): Place | null {
  if (!action.isOffered(setup.layer)) return null;
  const passage = selectedPassage(editor.state);
  const paragraph = paragraphAt(editor.state.doc, editor.state.selection.from);
  if (paragraph === null || paragraph.id === "" || (action.needs === "words" && passage === null)) return null;
  return { ...setup, editor, passage, paragraph };
}

function run(action: Action, editor: Editor, setup: ActsSetup): boolean {
  const place = placeFor(action, editor, setup);
  if (place) action.run(place);
  return place !== null;
}

export function actTools(setup: ActsSetup): Tool[] {
  return registeredActions().map((action) => ({
    name: action.name,
    label: action.label,
    face: { drawing: action.drawing },
    keys: action.keys,
    run: (editor) => run(action, editor, setup),
    canRun: (editor) => placeFor(action, editor, setup) !== null,
  }));
}

/** Lets every action be called by its key. */
export function actKeys(setup: ActsSetup): Extension {
  return Extension.create({
    name: "actKeys",
    addKeyboardShortcuts() {
      const keys = registeredActions().map((action) => [
        action.keys.replaceAll("+", "-").replace(/-[A-Z]$/, (key) => key.toLowerCase()),
        () => run(action, this.editor, setup),
      ]);
      return Object.fromEntries(keys) as Record<string, () => boolean>;
    },
  });
}
