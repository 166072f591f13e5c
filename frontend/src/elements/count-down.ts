/**
 * The time left until a moment, in step on every screen; past it, the time over with a minus sign and `data-over`:
 *
 *     <count-down until="2025-07-10T16:00:00Z">03:12:40</count-down>
 *
 * Whole days are named: “2 days 03:12:40”. When the time has come it says so by the event `count-down-over`, and a few
 * times more while it is still there, so that a fragment that was fetched a moment too early is fetched again.
 */
import { asClock, everySecond, serverNow } from "../clock";
import { language } from "../i18n";

const DAY = 86_400;
const SAID_AGAIN = [0, -1, -2, -5, -15, -60]; // seconds left

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
    this.textContent = inWords(left);
    this.toggleAttribute("data-over", left < 0);
    if (SAID_AGAIN.includes(left)) this.dispatchEvent(new CustomEvent("count-down-over", { bubbles: true }));
  }
}

function inWords(left: number): string {
  const days = Math.floor(left / DAY);
  if (days < 1) return asClock(left);
  const named = new Intl.NumberFormat(language(), { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
  const rest = left % DAY;
  return `${named} ${rest < 3600 ? "0:" : ""}${asClock(rest)}`;
}

customElements.define("count-down", CountDown);
