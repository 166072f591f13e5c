/**
 * The time now on the clocks of several zones, in step with the server's; without scripts, the time of the page:
 *
 *     <zone-clocks><span data-zone="Europe/Paris">15:34</span> …</zone-clocks>
 */
import { everySecond, serverNow } from "../../clock";

export class ZoneClocks extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.#stop = everySecond(() => {
      const now = serverNow();
      for (const face of this.querySelectorAll<HTMLElement>("[data-zone]")) {
        const time = clockIn(face.dataset["zone"] ?? "UTC").format(now);
        if (face.textContent !== time) face.textContent = time;
      }
    });
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone) ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  clocks.set(zone, known);
  return known;
}
