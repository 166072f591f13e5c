/**
 * Shows a fragment of the server in a dialog, where there is no room beside the text:
 *
 *     <thread-dialog></thread-dialog>
 *     document.dispatchEvent(new CustomEvent("open-thread", { detail: { url: "/texts/remarks/…/" } }))
 *
 * The focus returns where it was.
 */
import htmx from "htmx.org";
import { t } from "../words";

export class ThreadDialog extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("open-thread", this.#open);
  }

  disconnectedCallback(): void {
    document.removeEventListener("open-thread", this.#open);
  }

  readonly #open = (event: Event): void => {
    const { url } = (event as CustomEvent<{ url: string }>).detail;
    const dialog = document.createElement("dialog");
    dialog.className = "thread-dialog";
    dialog.ariaLabel = t("Remark");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn";
    close.textContent = t("Close");
    close.addEventListener("click", () => { dialog.close(); });
    const place = document.createElement("div");
    dialog.append(place, close);
    dialog.addEventListener("close", () => { dialog.remove(); });
    this.replaceChildren(dialog);
    dialog.showModal();
    void htmx.ajax("get", url, { target: place, swap: "innerHTML" });
  };
}

customElements.define("thread-dialog", ThreadDialog);
