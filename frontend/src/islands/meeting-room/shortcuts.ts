/** Single-key shortcuts: never while somebody types, never with a modifier, and each person can switch them off. */
import { t } from "./words";

export type Action = "mic" | "camera" | "screen";

const KEYS: Partial<Record<string, Action>> = { m: "mic", v: "camera", s: "screen" };
const STORED = "room.shortcuts";

export function shortcutsOn(): boolean {
  return localStorage.getItem(STORED) !== "off";
}

export function setShortcuts(on: boolean): void {
  localStorage.setItem(STORED, on ? "on" : "off");
}

export function shortcutHelp(): string[] {
  return [t("M: microphone on or off"), t("V: camera on or off"), t("S: share the screen, or stop")];
}

/** Return what the pressed key asks for, or null. */
export function actionOf(event: KeyboardEvent): Action | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return null;
  if (isTyping(event.target) || !shortcutsOn()) return null;
  return KEYS[event.key.toLowerCase()] ?? null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest("input, textarea, select, [contenteditable]:not([contenteditable='false'])") !== null;
}
