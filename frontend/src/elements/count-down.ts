/**
 * The time left until a moment, in step on every screen; past it, the time over with a minus sign and `data-over`:
 *
 *     <count-down until="2025-07-10T16:00:00Z">03:12:40</count-down>
 */
import { asClock, everySecond, serverNow } from "../clock";

export class CountDown extends HTMLElement {
  static observedAttributes = ["until"];
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.setAttribute("role", "timer");
    this.#stop = everySecond(() => this.#show());
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#show();
  }

  #show(): void {
    const until = Date.parse(this.getAttribute("until") ?? "");
    if (Number.isNaN(until)) return;
    const left = Math.ceil((until - serverNow()) / 1000);
    this.textContent = asClock(left);
    this.toggleAttribute("data-over", left < 0);
  }
}

customElements.define("count-down", CountDown);
