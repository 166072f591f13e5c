/** What can be proposed from the text: other words, a new paragraph, none, another place; and opening what is proposed. */
import { toast } from "../../elements/toast-list";
import { compose } from "./composer";
import type { Layer } from "./layer";
import { type Fields, Refused, send } from "./outbox";
import { linearText } from "./passages";
import { composeProposal } from "./proposal-composer";
import { button, openDialog, openProposal } from "./proposal-dialog";
import { proposalAt } from "./proposal-drawing";
import { may } from "./proposals";
import { type Place, registerAction } from "./selection-actions";
import { t } from "./words";

const maySuggest = (layer: Layer): boolean => may(layer, "suggest");

registerAction({
  name: "propose-change",
  drawing: "pencil",
  label: () => t("Propose a change"),
  keys: "Mod+Alt+P",
  needs: "paragraph",
  isOffered: maySuggest,
  run: (place) => { proposeChange(place); },
});

registerAction({
  name: "propose-paragraph",
  drawing: "newParagraph",
  label: () => t("Propose a paragraph"),
  keys: "Mod+Alt+N",
  needs: "paragraph",
  isOffered: maySuggest,
  run: (place) => { proposeParagraph(place); },
});

registerAction({
  name: "propose-deletion",
  drawing: "trash",
  label: () => t("Propose to delete"),
  keys: "Mod+Alt+X",
  needs: "paragraph",
  isOffered: maySuggest,
  run: (place) => { void proposeDeletion(place); },
});

registerAction({
  name: "propose-move",
  drawing: "move",
  label: () => t("Propose to move"),
  keys: "Mod+Alt+V",
  needs: "paragraph",
  isOffered: maySuggest,
  run: (place) => { proposeMove(place); },
});

registerAction({
  name: "open-proposal",
  drawing: "openProposal",
  label: () => t("Open the proposal"),
  keys: "Mod+Alt+Enter",
  needs: "paragraph",
  isOffered: (layer) => ((layer.rows["proposals"] ?? []) as readonly unknown[]).length > 0,
  run: ({ editor, layer }) => {
    const proposal = proposalAt(editor.state, editor.state.selection.from);
    if (proposal) openProposal(proposal.id, layer);
    else toast(t("Nothing is proposed here."));
  },
});

/** Open the composer on the paragraph of a place; `typed` is what was already typed there. */
export function proposeChange({ text, language, layer, editor, paragraph }: Place, words?: string, range = editor.state.selection): void {
  const inside = (position: number): number => Math.min(Math.max(position - paragraph.at, 1), paragraph.node.nodeSize - 1);
  const typed = words === undefined ? {} : { typed: { from: inside(range.from), to: inside(range.to), words } };
  composeProposal({
    text,
    language,
    layer,
    title: t("Propose a change"),
    base: paragraph.node,
    ...typed,
    address: `/texts/${text}/proposals/change/`,
    fields: { id: crypto.randomUUID(), language, paragraph: paragraph.id },
  });
}

export function proposeParagraph({ text, language, layer, paragraph }: Place): void {
  composeProposal({
    text,
    language,
    layer,
    title: t("Propose a new paragraph after this one"),
    base: null,
    address: `/texts/${text}/proposals/insert/`,
    fields: { id: crypto.randomUUID(), language, after: paragraph.id },
  });
}

async function proposeDeletion({ text, language, layer, paragraph }: Place): Promise<void> {
  const quote = linearText(paragraph.node);
  const answer = await compose({ title: t("Propose to delete this paragraph, in every language?"), quote, language, fields: [], action: t("Propose") });
  if (answer) await act(`/texts/${text}/proposals/delete/`, { id: crypto.randomUUID(), language, paragraph: paragraph.id }, layer);
}

function proposeMove({ text, language, layer, editor, paragraph }: Place): void {
  const fields = { id: crypto.randomUUID(), language, paragraph: paragraph.id };
  openDialog(t("Propose to move this paragraph"), (dialog, body) => {
    const select = document.createElement("select");
    select.id = `move-${fields.id}`;
    select.append(new Option(t("At the beginning"), ""));
    let number = 0;
    editor.state.doc.forEach((node) => {
      const id = String(node.attrs["id"] ?? "");
      const isNumbered = node.type.name === "paragraph" && node.attrs["numbered"] !== false;
      number += isNumbered ? 1 : 0;
      const words = linearText(node).slice(0, 60);
      if (id !== "" && id !== paragraph.id) select.append(new Option(t("After {words}", { words: isNumbered ? `§ ${number} ${words}` : words }), id));
    });
    const label = document.createElement("label");
    label.htmlFor = select.id;
    label.textContent = t("Where it is to stand");
    const field = document.createElement("div");
    field.className = "field";
    field.append(label, select);
    const row = document.createElement("div");
    row.className = "form-actions";
    const propose = (): void => {
      dialog.close();
      void act(`/texts/${text}/proposals/move/`, { ...fields, after: select.value }, layer);
    };
    row.append(button(t("Cancel"), "btn", () => { dialog.close(); }), button(t("Propose"), "btn btn-primary", propose));
    body.append(field, row);
  });
}

async function act(address: string, fields: Fields, layer: Layer): Promise<void> {
  try {
    await send(address, fields);
    toast(t("Proposed."));
  } catch (error) {
    toast(error instanceof Refused ? error.message : t("This was not done."), "error");
  }
  layer.refresh();
}
