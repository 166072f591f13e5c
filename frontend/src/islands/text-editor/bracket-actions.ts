/** What can be done with brackets from the text: put the selected words in brackets, open the bracket around the caret. */
import { act, openBracket } from "./bracket-dialog";
import { bracketOf, bracketsAt } from "./bracket-drawing";
import type { Layer } from "./layer";
import { registerAction } from "./selection-actions";
import { t } from "./words";

const may = (layer: Layer, name: string): boolean => (layer.rows["can"] as Record<string, boolean> | undefined)?.[name] === true;

registerAction({
  name: "bracket",
  drawing: "brackets",
  label: () => t("Put in brackets"),
  keys: "Mod+Alt+B",
  needs: "words",
  isOffered: (layer) => may(layer, "bracket"),
  run: ({ text, language, layer, passage }) => {
    if (!passage) return;
    const { paragraph, start, end, words } = passage;
    const fields = { id: crypto.randomUUID(), language, paragraph, start: String(start), end: String(end), words };
    void act(`/texts/${text}/brackets/place/`, fields, layer);
  },
});

registerAction({
  name: "open-bracket",
  drawing: "openBrackets",
  label: () => t("Open the bracket"),
  keys: "Mod+Alt+O",
  needs: "paragraph",
  isOffered: (layer) => ((layer.rows["brackets"] ?? []) as readonly unknown[]).length > 0,
  run: ({ editor, layer }) => {
    const [innermost] = bracketsAt(editor.state, editor.state.selection.from);
    if (innermost) openBracket(() => bracketOf(editor.state, innermost.bracket.id), layer);
  },
});
