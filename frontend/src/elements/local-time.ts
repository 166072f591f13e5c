/**
 * A moment in the zone of the reader, named; the server writes it in UTC for browsers without scripts:
 *
 *     <local-time format="datetime"><time datetime="2025-07-10T13:00:00+00:00">10 July 2025, 13:00 UTC</time></local-time>
 *
 * `format` is datetime (with the zone), date, time or weekday.
 */
import { language } from "../i18n";

const FORMATS: Record<string, Intl.DateTimeFormatOptions> = {
  datetime: { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  date: { day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  weekday: { weekday: "long", day: "numeric", month: "long" },
};

export class LocalTime extends HTMLElement {
  connectedCallback(): void {
    const time = this.querySelector("time");
    const moment = new Date(time?.dateTime ?? "");
    if (!time || Number.isNaN(moment.getTime())) return;
    const options = FORMATS[this.getAttribute("format") ?? "datetime"] ?? FORMATS["datetime"];
    const isFrench = language() === "fr";
    const parts = new Intl.DateTimeFormat(isFrench ? "fr-FR" : "en-GB", options).formatToParts(moment);
    time.textContent = parts.map(({ type, value }) => (isFrench && type === "day" && value === "1" ? "1er" : value)).join("");
    time.title = `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  }
}

customElements.define("local-time", LocalTime);
