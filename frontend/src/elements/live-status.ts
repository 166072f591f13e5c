/**
 * Says truthfully when the page may be out of date, and nothing while it is in step:
 *
 *     <live-status role="status"></live-status>
 */
import type { LiveState } from "../live";
import { t } from "../words";

const PATIENCE = 1500; // a restart of the server is over before that, and nobody needs to be told

export class LiveStatus extends HTMLElement {
  #timer: number | undefined;

  connectedCallback(): void {
    document.addEventListener("live-state", this.#change);
  }

  disconnectedCallback(): void {
    document.removeEventListener("live-state", this.#change);
    this.#becomeQuiet();
  }

  #change = (event: Event): void => {
    const state = (event as CustomEvent<LiveState>).detail;
    if (state !== "lost") this.#becomeQuiet();
    if (state === "in-step") this.replaceChildren();
    else if (state === "signed-out") this.#askToSignIn();
    else this.#timer ??= window.setTimeout(this.#sayLost, PATIENCE);
  };

  #sayLost = (): void => {
    this.textContent = t("Connection lost, trying again…");
  };

  #becomeQuiet(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #askToSignIn(): void {
    const link = document.createElement("a");
    link.href = `/account/sign-in/?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = t("Sign in");
    this.replaceChildren(t("You were signed out. Sign in again to go on."), " ", link);
  }
}

customElements.define("live-status", LiveStatus);
