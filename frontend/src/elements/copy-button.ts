/**
 * Copies a value, and says so:
 *
 *     <copy-button value="sha256:…"><button type="button" class="btn">Copy</button></copy-button>
 */
import { t } from "../words";
import { toast } from "./toast-list";

export class CopyButton extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#copy);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#copy);
  }

  #copy = (): void => {
    navigator.clipboard.writeText(this.getAttribute("value") ?? "").then(
      () => {
        toast(t("Copied"));
      },
      () => {
        toast(t("This could not be copied. Select it and copy it by hand."), "error");
      },
    );
  };
}

customElements.define("copy-button", CopyButton);
