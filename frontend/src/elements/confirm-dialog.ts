/**
 * Asks before what cannot be undone, in a dialog of our own instead of the browser's:
 *
 *     <confirm-dialog></confirm-dialog>                       once, at the end of the page
 *     <button hx-post="…" hx-confirm="Close the meeting?" data-confirm-action="Close the meeting">
 *     <form method="post" data-confirm="Withdraw the invitation?"> …
 *
 * `data-confirm-action` names what the confirming button does. Focus begins on Cancel and returns where it was.
 */
import { t } from "../words";

interface HtmxConfirm {
  question: string | null;
  elt: Element;
  issueRequest: (skipConfirmation: boolean) => void;
}

export class ConfirmDialog extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("htmx:confirm", this.#request);
    document.addEventListener("submit", this.#submit);
  }

  disconnectedCallback(): void {
    document.removeEventListener("htmx:confirm", this.#request);
    document.removeEventListener("submit", this.#submit);
  }

  /** Asks `question`; answers true when the person confirms. */
  ask(question: string, action: string = t("Confirm")): Promise<boolean> {
    const dialog = document.createElement("dialog");
    const words = document.createElement("p");
    words.id = "confirm-question";
    words.className = "strong";
    words.textContent = question;
    dialog.setAttribute("aria-labelledby", words.id);
    const form = document.createElement("form");
    form.method = "dialog";
    form.className = "form-actions";
    form.append(button(t("Cancel"), "", "btn"), button(action, "yes", "btn btn-primary"));
    dialog.append(words, form);
    this.replaceChildren(dialog);
    const answer = new Promise<boolean>((resolve) => {
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "yes");
      });
    });
    dialog.showModal();
    return answer;
  }

  #request = (event: Event): void => {
    const { question, elt, issueRequest } = (event as CustomEvent<HtmxConfirm>).detail;
    if (!question) return;
    event.preventDefault();
    void this.ask(question, actionOf(elt)).then((yes) => {
      if (yes) issueRequest(true);
    });
  };

  #submit = (event: SubmitEvent): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset["confirm"]) return;
    event.preventDefault();
    void this.ask(form.dataset["confirm"], actionOf(form)).then((yes) => {
      if (!yes) return;
      delete form.dataset["confirm"];
      form.requestSubmit(event.submitter);
    });
  };
}

function actionOf(element: Element): string | undefined {
  return element.getAttribute("data-confirm-action") ?? undefined;
}

function button(words: string, value: string, looks: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.value = value;
  made.className = looks;
  made.textContent = words;
  return made;
}

customElements.define("confirm-dialog", ConfirmDialog);
