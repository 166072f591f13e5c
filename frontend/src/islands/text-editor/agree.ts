/**
 * Agreeing the caret's paragraph: a dialog with what the server has of it in every authentic language, fetched at that moment, so that
 * what is agreed is what is read. Its forms are the server's; it is the same fragment as the page of the paragraph.
 */
import { agreementIn } from "./agreement";
import type { Layer } from "./layer";
import { type Place, registerAction } from "./selection-actions";
import { t } from "./words";

/** Return whether the reader's delegation counts, so that it agrees or looks at what it agreed. */
export function isOffered(layer: Layer): boolean {
  return Object.values(agreementIn(layer.rows)).some(({ mine }) => mine !== "");
}

export async function openAgreement({ text, paragraph, editor }: Place): Promise<void> {
  const answer = await fetch(`/texts/${text}/agreement/${paragraph.id}/`, { headers: { "HX-Request": "true" } }).catch(() => null);
  const dialog = document.createElement("dialog");
  dialog.className = "composer agreement-dialog";
  dialog.setAttribute("aria-label", t("Agree this paragraph"));
  if (answer?.ok) dialog.innerHTML = await answer.text();
  else dialog.append(Object.assign(document.createElement("p"), { textContent: t("This paragraph cannot be agreed now. Reload the page, or try again in a moment.") }));
  const close = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: t("Close") });
  close.addEventListener("click", () => { dialog.close(); });
  dialog.append(close);
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.view.focus();
  });
  document.body.append(dialog);
  const { default: htmx } = await import("htmx.org"); // the page has it already
  htmx.process(dialog);
  dialog.showModal();
  dialog.querySelector<HTMLElement>(".btn-primary, .btn")?.focus({ preventScroll: true });
}

registerAction({
  name: "agree",
  drawing: "agree",
  label: () => t("Agree…"),
  keys: "Mod+Alt+A",
  needs: "paragraph",
  isOffered,
  run: (place) => { void openAgreement(place); },
});
