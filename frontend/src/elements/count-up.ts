/**
 * A clock that runs since a moment, in step on every screen:
 *
 *     <count-up since="2025-07-10T13:34:12Z" spent="125">02:05</count-up>
 *
 * `spent` are seconds of earlier runs. Without `since` it stands still at `spent`.
 */
import { asClock, everySecond, serverNow } from "../clock";

export class CountUp extends HTMLElement {
  static observedAttributes = ["since", "spent"];
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.setAttribute("role", "timer");
    this.#restart();
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#restart();
  }

  #restart(): void {
    this.#stop?.();
    this.#stop = undefined;
    if (this.getAttribute("since")) this.#stop = everySecond(() => this.#show());
    else this.#show();
  }

  #show(): void {
    const since = Date.parse(this.getAttribute("since") ?? "");
    const running = Number.isNaN(since) ? 0 : Math.max(0, (serverNow() - since) / 1000);
    this.textContent = asClock(Number(this.getAttribute("spent") ?? 0) + running);
  }
}

customElements.define("count-up", CountUp);
