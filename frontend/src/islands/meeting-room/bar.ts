/** The control bar: what I send, my devices, and the way out. */
import type { DeviceChoice } from "./device-choice";
import { button, icon, make, setAttribute } from "./dom";
import type { RoomSession } from "./session";
import { setShortcuts, shortcutHelp, shortcutsOn } from "./shortcuts";
import { t } from "./words";

export class Bar {
  readonly element = make("div", { class: "room-bar", role: "group", "aria-label": t("Video controls") });
  readonly dialog = make("dialog", { class: "room-devices", "aria-label": t("Devices") });
  readonly #session: RoomSession;
  readonly #choice: DeviceChoice;
  readonly #mic: HTMLButtonElement;
  readonly #camera: HTMLButtonElement;
  readonly #screen: HTMLButtonElement;

  constructor(session: RoomSession, choice: DeviceChoice) {
    this.#session = session;
    this.#choice = choice;
    this.#mic = withKey(button("btn room-mute", t("Mute"), () => void session.toggle("mic"), ...microphones()), "M");
    this.#camera = withKey(button("btn room-camera", t("Camera"), () => void session.toggle("camera"), icon("video")), "V");
    this.#screen = withKey(button("btn room-share", t("Share"), () => void session.toggleScreen(), icon("screen-share")), "S");
    const devices = button("btn room-open-devices", t("Devices"), () => this.#openDevices(), icon("settings"));
    const leave = button("btn btn-danger room-leave", t("Leave video"), () => session.leave(), icon("phone-off"));
    this.element.append(this.#mic, this.#camera, this.#screen, devices, leave);
    for (const each of this.element.querySelectorAll("button")) each.title = each.querySelector("span")?.textContent ?? ""; // words give way on phones
  }

  update(): void {
    const { media } = this.#session;
    const silent = !media.tracks.has("mic") || media.muted;
    setAttribute(this.#mic, "aria-pressed", String(silent));
    setAttribute(this.#camera, "aria-pressed", String(media.tracks.has("camera")));
    setAttribute(this.#screen, "aria-pressed", String(media.tracks.has("screen")));
    this.#screen.hidden = !("getDisplayMedia" in navigator.mediaDevices);
    for (const key of this.element.querySelectorAll("kbd")) key.hidden = !shortcutsOn();
    if (this.dialog.open) this.#choice.update();
  }

  #openDevices(): void {
    const close = button("btn btn-primary", t("Close"), () => this.dialog.close());
    this.dialog.replaceChildren(make("h2", {}, t("Devices")), this.#choice.element, this.#shortcuts(), close);
    this.dialog.showModal();
    this.update();
  }

  #shortcuts(): HTMLElement {
    const box = make("input", { type: "checkbox", class: "form-check-input", checked: shortcutsOn() });
    box.addEventListener("change", () => {
      setShortcuts(box.checked);
      this.update();
    });
    const list = make("ul", {}, ...shortcutHelp().map((line) => make("li", {}, line)));
    const label = make("label", { class: "form-check" }, box, make("span", {}, t("Use single keys as shortcuts")));
    return make("section", { class: "room-shortcuts" }, make("h3", {}, t("Keyboard shortcuts")), list, label);
  }
}

/** Both pictures; the style sheet shows the one that fits `aria-pressed`. */
function microphones(): SVGElement[] {
  const [on, off] = [icon("microphone"), icon("microphone-off")];
  on.classList.add("room-mic-on");
  off.classList.add("room-mic-off");
  return [on, off];
}

function withKey(element: HTMLButtonElement, key: string): HTMLButtonElement {
  element.setAttribute("aria-keyshortcuts", key);
  element.append(make("kbd", { "aria-hidden": "true" }, key));
  return element;
}
