/** A bracket opened: its words side by side, who holds and supports what, and what the person may do with it. */
import { toast } from "../../elements/toast-list";
import { type Alternative, type Bracket, type Placed, listed } from "./brackets";
import { compose } from "./composer";
import { focusReturn } from "./focus-return";
import type { Layer } from "./layer";
import { type Fields, Refused, send } from "./outbox";
import { t } from "./words";

interface Act {
  readonly label: string;
  readonly path: string;
  readonly fields?: Fields;
  /** A question that is asked before. */
  readonly question?: string;
}

let count = 0;

/** Show the dialog of the bracket that `find` returns, and keep it true while it is open; it is closed when the bracket is gone. */
export function openBracket(find: () => Placed | undefined, layer: Layer): void {
  if (!find()) return;
  const dialog = document.createElement("dialog");
  dialog.className = "composer bracket-dialog";
  dialog.id = `bracket-dialog-${++count}`;
  const giveBack = focusReturn();
  document.body.append(dialog);
  let shown = "";
  const stop = layer.listen(() => {
    const place = find();
    if (!place) {
      if (dialog.open) toast(t("This bracket is no longer in the text."));
      dialog.close();
      return;
    }
    const look = JSON.stringify([place.bracket, place.isChanged]);
    if (look === shown) return;
    shown = look;
    const active = dialog.contains(document.activeElement) ? document.activeElement : null;
    fill(dialog, place, layer);
    if (active) focusLike(active, [...dialog.querySelectorAll("button")]);
  });
  dialog.addEventListener("close", () => {
    stop();
    dialog.remove();
    giveBack();
  });
  dialog.showModal();
  layer.refresh(); // typing gives no signal: who changed the words is asked for anew
}

/** Give the focus to the button that says the same as the one that had it, else to the last, which closes. */
function focusLike(active: Element, buttons: readonly HTMLButtonElement[]): void {
  const nameOf = (element: Element): string => element.ariaLabel ?? element.textContent;
  (buttons.find((button) => nameOf(button) === nameOf(active)) ?? buttons.at(-1))?.focus();
}

function fill(dialog: HTMLDialogElement, { bracket, isChanged }: Placed, layer: Layer): void {
  const holders = listed(bracket.holders.map(({ name }) => name));
  const title = element("h2", "composer-title", t("Bracket held by {names}", { names: holders }));
  title.id = `${dialog.id}-title`;
  dialog.setAttribute("aria-labelledby", title.id);
  const list = element("ol", "bracket-choices");
  for (const alternative of bracket.alternatives) list.append(choice(bracket, alternative, dialog, layer));
  dialog.replaceChildren(title, ...(isChanged ? [change(bracket)] : []), list, row(ownActs(bracket, holders), bracket, dialog, layer), closing(bracket, dialog, layer));
}

function change(bracket: Bracket): HTMLElement {
  const names = listed(bracket.changedBy);
  const note = element("p", "notice notice-warning", names === "" ? t("Changed since it was placed.") : t("Changed since it was placed, by {names}.", { names }));
  const held = element("q", "negotiated-quote", bracket.words);
  held.lang = bracket.language;
  note.append(" ", t("In brackets were:"), " ", held);
  return note;
}

function choice(bracket: Bracket, alternative: Alternative, dialog: HTMLDialogElement, layer: Layer): HTMLElement {
  const item = element("li", "bracket-choice");
  const words = element("span", "bracket-words", alternative.words);
  words.lang = bracket.language;
  const names = listed(alternative.supporters.map(({ name }) => name));
  item.append(words, element("span", "bracket-supported small muted", names === "" ? t("no support yet") : t("supported by {names}", { names })));
  const acts: Act[] = [];
  const fields = { alternative: alternative.key };
  const isSupported = bracket.support === alternative.key;
  if (bracket.can.add) {
    acts.push(isSupported ? { label: t("Support no longer"), path: "support", fields: { alternative: "" } } : { label: t("Support"), path: "support", fields });
  }
  if (bracket.can.choose.includes(alternative.key)) {
    const question = t("Decide for “{words}”? These words then stand in the text without brackets.", { words: alternative.words });
    acts.push({ label: t("Choose…"), path: "choose", fields, question });
  }
  if (alternative.isOwn && bracket.can.add) acts.push({ label: t("Withdraw"), path: `/texts/alternatives/${alternative.key}/withdraw/` });
  if (acts.length > 0) item.append(row(acts, bracket, dialog, layer, alternative.words));
  return item;
}

function ownActs({ can, holders }: Bracket, names: string): Act[] {
  const acts: Act[] = [];
  if (can.join) acts.push({ label: t("Hold it too"), path: "join" });
  if (can.leave) acts.push({ label: holders.length > 1 ? t("Let go") : t("Lift the brackets"), path: "leave" });
  if (can.lift) {
    const question = t("Lift the square brackets held by {names}? The record says that you did.", { names });
    acts.push({ label: t("Lift as the chair…"), path: "lift", question });
  }
  return acts;
}

function row(acts: readonly Act[], bracket: Bracket, dialog: HTMLDialogElement, layer: Layer, about = ""): HTMLElement {
  const holder = element("div", "bracket-acts");
  for (const act of acts) {
    const button = element("button", "btn btn-small", act.label);
    button.type = "button";
    if (about !== "") button.ariaLabel = `${act.label} (${about})`;
    button.addEventListener("click", () => {
      dialog.close();
      void perform(act, bracket, layer);
    });
    holder.append(button);
  }
  return holder;
}

function closing(bracket: Bracket, dialog: HTMLDialogElement, layer: Layer): HTMLElement {
  const holder = element("div", "form-actions");
  if (bracket.can.add) {
    const offer = element("button", "btn", t("Offer other words…"));
    offer.type = "button";
    offer.addEventListener("click", () => {
      dialog.close();
      void offerWords(bracket, layer);
    });
    holder.append(offer);
  }
  const close = element("button", "btn", t("Close"));
  close.type = "button";
  close.addEventListener("click", () => { dialog.close(); });
  holder.append(close);
  return holder;
}

async function perform({ label, path, fields = {}, question }: Act, { id, language }: Bracket, layer: Layer): Promise<void> {
  if (question !== undefined && !(await compose({ title: question, language, fields: [], action: label.replace("…", "") }))) return;
  await act(path.startsWith("/") ? path : `/texts/brackets/${id}/${path}/`, fields, layer);
}

async function offerWords({ id, language, alternatives }: Bracket, layer: Layer): Promise<void> {
  const quote = alternatives[0]?.words ?? "";
  const field = { name: "words", label: t("Words in place of those in the brackets"), kind: "text", required: true, maxLength: 2000 } as const;
  const answer = await compose({ title: t("Offer other words"), quote, language, fields: [field], action: t("Offer") });
  if (answer) await act(`/texts/brackets/${id}/alternatives/`, { words: answer["words"] ?? "" }, layer);
}

/** Do an act; what the server refuses is said in its words. */
export async function act(address: string, fields: Fields, layer: Layer): Promise<void> {
  try {
    await send(address, fields);
  } catch (error) {
    toast(error instanceof Refused ? error.message : t("This was not done."), "error");
  }
  layer.refresh();
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, words = ""): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = words;
  return made;
}
