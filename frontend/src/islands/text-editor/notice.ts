/** What stands above the text when it needs words: offline, frozen, refused; and the words that could not be saved, to copy. */
import type { SessionStatus } from "./session";
import type { EditorState } from "./state";
import { t } from "./words";

export interface NoticeActions {
  readonly retry: () => void;
  readonly forgetLost: () => void;
}

export class Notice {
  readonly element: HTMLElement;
  readonly #actions: NoticeActions;
  #shown = "";

  constructor(actions: NoticeActions) {
    this.#actions = actions;
    this.element = document.createElement("div");
    this.element.className = "editor-notice";
    this.element.hidden = true;
  }

  show(state: EditorState, detail: string, status: SessionStatus): void {
    const { lostChanges, lostWords, refusal } = status;
    const shown = JSON.stringify([state, detail, lostChanges, lostWords]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.dataset["tone"] = lostChanges > 0 ? "refused" : state;
    this.element.hidden = detail === "" && lostChanges === 0;
    const parts: HTMLElement[] = detail === "" ? [] : [sentence(detail)];
    if (refusal === "signed-out") parts.push(button(t("Reconnect"), this.#actions.retry));
    if (lostChanges > 0) parts.push(...this.#lost(lostChanges, lostWords));
    this.element.replaceChildren(...parts);
  }

  #lost(changes: number, words: string): HTMLElement[] {
    const said = sentence(t("{n} change could not be saved. | {n} changes could not be saved.", { n: changes }));
    const dismiss = button(t("Dismiss"), this.#actions.forgetLost);
    if (words === "") return [said, dismiss];
    const area = document.createElement("textarea");
    area.className = "editor-lost";
    area.readOnly = true;
    area.rows = Math.min(6, words.split("\n").length + 1);
    area.ariaLabel = t("Words you wrote that are not in the text");
    area.value = words;
    return [said, area, copyButton(area), dismiss];
  }
}

function sentence(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}

function button(label: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn btn-sm";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}

function copyButton(area: HTMLTextAreaElement): HTMLButtonElement {
  const copy = button(t("Copy"), () => {
    area.select();
    navigator.clipboard.writeText(area.value).then(
      () => (copy.textContent = t("Copied")),
      // Without permission or a secure origin the words stay selected, ready for the person's own copy.
      () => { area.focus(); },
    );
  });
  return copy;
}
