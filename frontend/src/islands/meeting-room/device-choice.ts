/** The choice of camera, microphone and speaker, with the level of the microphone. */
import { make } from "./dom";
import type { DeviceKind, LocalMedia } from "./local-media";
import { t } from "./words";

/** From here on a voice is seen on the meter; in dBFS. */
const QUIETEST = -60;
const KINDS: DeviceKind[] = ["camera", "mic", "speaker"];

export class DeviceChoice {
  readonly element = make("div", { class: "room-devices-choice" });
  readonly #media: LocalMedia;
  readonly #selects = new Map<DeviceKind, HTMLSelectElement>();
  readonly #meter = make("meter", { min: "0", max: "1", "aria-label": t("Microphone level"), class: "room-meter" });

  constructor(media: LocalMedia) {
    this.#media = media;
    for (const kind of KINDS) {
      const select = make("select", { class: "form-select" });
      select.addEventListener("change", () => void media.choose(kind, select.value));
      this.#selects.set(kind, select);
      const label = make("label", { class: "form-label", "data-device": kind }, make("span", {}, labelOf(kind)), select);
      this.element.append(label);
      if (kind === "mic") this.element.append(this.#meter);
    }
  }

  update(): void {
    for (const [kind, select] of this.#selects) fill(select, this.#options(kind), this.#media.chosen(kind));
  }

  setLevel(decibels: number): void {
    this.#meter.value = Math.max(0, 1 - decibels / QUIETEST);
  }

  #options(kind: DeviceKind): [string, string][] {
    const devices = this.#media.devices(kind).filter(({ deviceId }) => deviceId !== "default");
    const named = devices.map(({ deviceId, label }, index): [string, string] => [deviceId, label || nameOf(kind, index + 1)]);
    return [["", t("System default")], ...named];
  }
}

function fill(select: HTMLSelectElement, options: [string, string][], chosen: string): void {
  const key = JSON.stringify(options);
  if (select.dataset["options"] !== key) {
    select.dataset["options"] = key;
    select.replaceChildren(...options.map(([value, label]) => make("option", { value }, label)));
  }
  select.value = options.some(([value]) => value === chosen) ? chosen : "";
}

function labelOf(kind: DeviceKind): string {
  if (kind === "camera") return t("Camera");
  return kind === "mic" ? t("Microphone") : t("Speaker");
}

function nameOf(kind: DeviceKind, n: number): string {
  if (kind === "camera") return t("Camera {n}", { n });
  return kind === "mic" ? t("Microphone {n}", { n }) : t("Speaker {n}", { n });
}
