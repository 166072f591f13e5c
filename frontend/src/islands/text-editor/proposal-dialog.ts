/** One proposal opened over the text: the same fragment as in the card, with what the person may do. */
import { focusReturn } from "./focus-return";
import type { Layer } from "./layer";
import { t } from "./words";

let count = 0;

/** Show a dialog with a title, a way to close it, and whatever `fill` puts into it; the focus returns where it was. */
export function openDialog(heading: string, fill: (dialog: HTMLDialogElement, body: HTMLElement) => void): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "composer proposal-dialog";
  const title = document.createElement("h2");
  title.className = "composer-title";
  title.id = `proposal-dialog-${++count}`;
  title.textContent = heading;
  dialog.setAttribute("aria-labelledby", title.id);
  const body = document.createElement("div");
  body.className = "stack";
  dialog.append(title, body);
  document.body.append(dialog);
  const giveBack = focusReturn();
  dialog.addEventListener("close", () => {
    dialog.remove();
    giveBack();
  });
  fill(dialog, body);
  dialog.showModal();
  return dialog;
}

export function button(words: string, className: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = words;
  made.addEventListener("click", run);
  return made;
}

export function openProposal(id: string, layer: Layer): void {
  openDialog(t("Proposal"), (dialog, body) => {
    const place = document.createElement("div");
    place.id = "proposal-opened";
    const row = document.createElement("div");
    row.className = "form-actions";
    row.append(button(t("Close"), "btn", () => { dialog.close(); }));
    body.append(place, row);
    dialog.addEventListener("close", () => { layer.refresh(); });
    void import("htmx.org").then(({ default: htmx }) => htmx.ajax("get", `/texts/proposals/${id}/`, { source: place, target: place, swap: "outerHTML" }));
  });
}
