/**
 * htmx as we use it: the CSRF token travels by header, a refusal is shown with the server's own sentence, the keyboard
 * stays where it was, and a fragment in which somebody is writing waits until they are done.
 */
import type htmx from "htmx.org";
import { toast } from "./elements/toast-list";
import { FocusKeeper } from "./focus";
import type { Signals } from "./signals";
import { t } from "./words";

interface Detail {
  xhr: XMLHttpRequest;
  target: Element;
  elt: Element;
  shouldSwap: boolean;
  headers: Record<string, string>;
  requestConfig: { verb: string; elt: Element; triggeringEvent?: Event };
}

const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable=true]";
const detailOf = (event: Event): Detail => (event as CustomEvent<Detail>).detail;

export function csrfToken(): string {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** Returns the sentence for a refused request: the server's when it sent one as plain text. */
export function sentenceOf(xhr: Pick<XMLHttpRequest, "status" | "responseText" | "getResponseHeader">): string {
  const plain = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
  if (plain && xhr.status < 500 && xhr.responseText.trim()) return xhr.responseText.trim();
  if (xhr.status === 404) return t("This is no longer there.");
  return xhr.status >= 500 ? t("This was not done: the server failed.") : t("This was not done.");
}

/**
 * Says whether a fragment that fetched itself must wait: somebody writes in it or wrote half of something, presses something in it,
 * answers a dialog in it, is asked to confirm an act, or waits for what an act in it became (a swap would take the asking
 * form away, and the act or its refusal with it).
 */
export function isBusy(target: Element, hands: Iterable<Element> = []): boolean {
  const active = document.activeElement;
  const writes = active !== null && target.contains(active) && active.matches(FIELDS);
  const halfWritten = [...target.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  const asked = document.querySelector("confirm-dialog > dialog[open]") ?? target.querySelector("dialog[open]");
  return writes || halfWritten || asked !== null || [...hands].some((element) => target.contains(element));
}

function on(name: string, act: (detail: Detail) => void): void {
  document.body.addEventListener(name, (event) => {
    act(detailOf(event));
  });
}

export function setUpRequests(config: Pick<typeof htmx.config, "defaultSettleDelay" | "responseHandling">, signals: Signals): void {
  const focus = new FocusKeeper();
  const postponed = new Set<string>();
  const acting = new Set<Element>(); // what sent an act that has no answer yet
  const pressed = new Set<Element>();
  const released = (): void => { catchUp(postponed, signals); };
  config.responseHandling = [
    { code: "204", swap: false },
    { code: "422", swap: true }, // a form with its faults
    { code: "[23]..", swap: true },
    { code: "...", swap: false, error: true },
  ];
  // A new form obeys at once: pressed before, it would be sent as without scripts, and an act done without its question.
  config.defaultSettleDelay = 0;
  watchActs(acting, signals, released);
  watchPresses(pressed, released);
  on("htmx:configRequest", (detail) => (detail.headers["X-CSRFToken"] = csrfToken()));
  on("htmx:beforeSwap", (detail) => {
    beforeSwap(detail, postponed, [...acting, ...pressed]);
    if (detail.shouldSwap) signals.swaps(detail.xhr);
    focus.note(detail.target);
  });
  on("htmx:afterSettle", ({ elt }) => {
    focus.restore(elt);
  });
  on("htmx:responseError", ({ xhr }) => {
    toast(sentenceOf(xhr), "error");
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) on(failure, sayUnreachable);
  document.addEventListener("focusout", () => window.setTimeout(released));
  document.addEventListener("close", released, true);
}

/** Keeps in `acting` what sent an act, until the answer is there and told; calls `released` then. */
function watchActs(acting: Set<Element>, signals: Signals, released: () => void): void {
  on("htmx:beforeRequest", ({ xhr, requestConfig }) => {
    signals.departs(xhr);
    if (requestConfig.verb !== "get") acting.add(requestConfig.elt);
  });
  on("htmx:afterRequest", ({ xhr, requestConfig }) => {
    acting.delete(requestConfig.elt);
    window.setTimeout(() => {
      signals.lands(xhr);
      released();
    });
  });
}

/** Keeps in `pressed` what a pointer presses, until it is released and clicked; calls `released` then. */
function watchPresses(pressed: Set<Element>, released: () => void): void {
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Element) pressed.add(target);
  }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      window.setTimeout(() => { // after the click
        pressed.clear();
        released();
      });
    }, true);
  }
}

function beforeSwap(detail: Detail, postponed: Set<string>, hands: Iterable<Element>): void {
  if (new URL(detail.xhr.responseURL || location.href).pathname.startsWith("/account/sign-in/")) {
    detail.shouldSwap = false; // the session ended: the fragment is a sign-in page
    location.reload();
    return;
  }
  const signal = detail.requestConfig.triggeringEvent?.type ?? "";
  if (!signal.startsWith("live:") || !isBusy(detail.target, hands)) return;
  detail.shouldSwap = false;
  postponed.add(signal);
}

function catchUp(postponed: Set<string>, { tell }: Signals): void {
  const missed = [...postponed];
  postponed.clear();
  missed.forEach(tell);
}

/** A fragment that could not fetch itself fetches itself again when the socket is back; only acts are reported. */
function sayUnreachable({ requestConfig }: Detail): void {
  if (requestConfig.verb !== "get") toast(t("The server cannot be reached. Nothing was changed."), "error");
}
