/**
 * Short sentences about what just happened, announced to screen readers. Errors stay until closed.
 *
 *     <toast-list role="status" aria-live="polite"></toast-list>
 *     toast("This was not done: …", "error");
 *
 * A server answer says one with the header `HX-Trigger: {"toast": {"message": "…", "kind": "info"}}`.
 */
import { t } from "../words";

export type Kind = "info" | "error";
const STAYS = 6000;

export function toast(message: string, kind: Kind = "info"): void {
  document.body.dispatchEvent(new CustomEvent("toast", { detail: { message, kind } }));
}

export class ToastList extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("toast", this.#hear);
    document.body.addEventListener("toast", this.#hear);
  }

  disconnectedCallback(): void {
    document.removeEventListener("toast", this.#hear);
    document.body.removeEventListener("toast", this.#hear);
  }

  #hear = (event: Event): void => {
    event.stopPropagation();
    const { message, kind } = (event as CustomEvent<{ message: string; kind?: Kind }>).detail;
    this.#show(message, kind ?? "info");
  };

  #show(message: string, kind: Kind): void {
    for (const line of this.children) if (line.firstChild?.textContent === message) line.remove();
    const [line, words, close] = [document.createElement("div"), document.createElement("p"), document.createElement("button")];
    line.className = "toast-line";
    line.dataset["kind"] = kind;
    if (kind === "error") line.setAttribute("role", "alert");
    words.textContent = message;
    close.className = "btn btn-quiet btn-small";
    close.type = "button";
    close.textContent = t("Close");
    close.addEventListener("click", () => {
      line.remove();
    });
    line.append(words, close);
    this.append(line);
    if (kind === "info") window.setTimeout(() => { line.remove(); }, STAYS);
  }
}

customElements.define("toast-list", ToastList);
