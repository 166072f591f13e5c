/**
 * Agreed language: the selected words are looked for among adopted paragraphs, in a panel beside the text. One click puts the agreed words
 * in the place of the selection and has their reference noted. Who may only propose begins a proposal with them, without a reference: these
 * words do not stand in the text. Others copy them. The panel leaves the text usable: Escape or its button closes it.
 */
import type { Editor } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import { toast } from "../../elements/toast-list";
import { csrfToken } from "../../requests";
import type { Layer } from "./layer";
import { Refused, send } from "./outbox";
import { type Passage, paragraphAt, passageIn } from "./passages";
import { proposeChange } from "./proposal-actions";
import { type Place, registerAction } from "./selection-actions";
import { t } from "./words";

/** The longest words that an address carries through every proxy; longer ones travel in the body. */
const SHORT = 600;

interface Request {
  readonly text: string;
  readonly language: string;
  readonly editor: Editor;
  readonly layer: Layer;
  readonly passage: Passage;
}

registerAction({
  name: "agreed-language",
  drawing: "quote",
  label: () => t("Agreed language"),
  keys: "Mod+Alt+G",
  needs: "words",
  isOffered: () => true,
  run: (place) => {
    open(place);
  },
});

let panel: HTMLDialogElement | null = null;

function open({ text, language, editor, layer, passage }: Place): void {
  if (passage === null) return;
  panel?.close();
  panel = panelFor({ text, language, editor, layer, passage });
  document.body.append(panel);
  panel.show();
}

function panelFor(request: Request): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "agreed-panel";
  const title = document.createElement("h2");
  title.id = "agreed-panel-title";
  title.textContent = t("Agreed language");
  dialog.setAttribute("aria-labelledby", title.id);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-small";
  close.autofocus = true;
  close.textContent = t("Close");
  close.addEventListener("click", () => {
    dialog.close();
  });
  const head = document.createElement("header");
  head.className = "agreed-panel-head";
  head.append(title, close);
  const results = document.createElement("div");
  results.className = "agreed-panel-results";
  results.setAttribute("aria-live", "polite");
  results.textContent = t("Looking…");
  dialog.append(head, results);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (!request.editor.isDestroyed) request.editor.view.focus();
  });
  results.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-agreed-words]") : null;
    if (button?.dataset["agreedAct"] === "propose") propose(request, button.dataset, dialog);
    else if (button) void insert(request, button.dataset).then((isDone) => { if (isDone) dialog.close(); });
  });
  void fill(results, request);
  return dialog;
}

async function fill(results: HTMLElement, request: Request): Promise<void> {
  try {
    results.replaceChildren(...(await ask(request)));
  } catch (error) {
    results.textContent = error instanceof Refused ? error.message : t("The server cannot be reached.");
  }
}

/** Begin a proposal with agreed words in the place of the passage. */
function propose({ text, language, editor, layer, passage }: Request, { agreedWords: words = "" }: DOMStringMap, panelNow: HTMLDialogElement): void {
  const { doc } = editor.state;
  const range = passageIn(doc, passage);
  const paragraph = range === null ? null : paragraphAt(doc, range.from);
  if (range === null || paragraph === null) {
    toast(t("The selected words are no longer there. Select again."), "error");
    return;
  }
  panelNow.close();
  proposeChange({ text, language, editor, layer, passage, paragraph }, words.replaceAll("\n", " "), TextSelection.create(doc, range.from, range.to));
}

/** Return the results as the server wrote them. */
async function ask({ text, language, passage }: Request): Promise<ChildNode[]> {
  const address = `/texts/${text}/agreed/`;
  const asked = new URLSearchParams({ language, words: passage.words });
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() };
  const answer = await (passage.words.length > SHORT
    ? fetch(address, { method: "POST", headers, body: asked })
    : fetch(`${address}?${asked.toString()}`, { headers }));
  if (answer.ok) return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes];
  const isPlain = answer.headers.get("Content-Type")?.startsWith("text/plain") ?? false;
  throw new Refused(isPlain && answer.status < 500 ? await answer.text() : t("This was not done."));
}

/**
 * Put agreed words in the place of the passage, then have the reference noted: a reference to words that never got there would be wrong
 * for ever. A reference that is refused is told by the outbox. Returns whether the words are in the text.
 */
export async function insert({ text, language, editor, passage }: Request, chosen: DOMStringMap): Promise<boolean> {
  const { agreedWords: words = "", agreedSource: source = "", agreedPosition: position = "" } = chosen;
  const range = passageIn(editor.state.doc, passage);
  if (range === null || !editor.isEditable) {
    toast(range === null ? t("The selected words are no longer there. Select again.") : t("The text cannot be edited now."), "error");
    return false;
  }
  const content = words.split("\n").flatMap((line, at) => [
    ...(at > 0 ? [{ type: "hardBreak" }] : []),
    ...(line === "" ? [] : [{ type: "text", text: line }]),
  ]);
  editor.chain().insertContentAt(range, content).run();
  await send(`/texts/${text}/references/`, { language, paragraph: passage.paragraph, words, source, position });
  toast(t("Inserted: {reference}", { reference: chosen["agreedReference"] ?? "" }));
  return true;
}
