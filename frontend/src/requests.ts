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

/** An act that was sent and has no answer yet: from which element, and where its answer goes. */
interface Act {
  from: Element;
  to: Element;
}

/** What keeps live changes waiting, and the signals that wait for it. */
interface Hands {
  readonly acts: Map<XMLHttpRequest, Act>;
  isPressing: boolean;
  readonly postponed: Set<string>;
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
 * Says whether a fragment that fetched itself must wait: somebody writes in it or wrote half of something, answers a dialog in it,
 * is asked to confirm an act, or waits for what an act became that was sent from it or will be shown in it (a swap would take
 * away the form that asked, or the place of the answer, and the act or its refusal with it).
 */
export function isBusy(target: Element, acts: Iterable<Act> = []): boolean {
  const active = document.activeElement;
  const writes = active !== null && target.contains(active) && active.matches(FIELDS);
  const halfWritten = [...target.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  const asked = document.querySelector("confirm-dialog > dialog") ?? target.querySelector("dialog[open]");
  return writes || halfWritten || asked !== null || [...acts].some(({ from, to }) => target.contains(from) || target.contains(to));
}

function on(name: string, act: (detail: Detail) => void): void {
  document.body.addEventListener(name, (event) => {
    act(detailOf(event));
  });
}

export function setUpRequests(config: Pick<typeof htmx.config, "defaultSettleDelay" | "responseHandling">, signals: Signals): void {
  const focus = new FocusKeeper();
  const hands: Hands = { acts: new Map(), isPressing: false, postponed: new Set() };
  const released = (): void => { catchUp(hands, signals); };
  config.responseHandling = [
    { code: "204", swap: false },
    { code: "422", swap: true }, // a form with its faults
    { code: "[23]..", swap: true },
    { code: "...", swap: false, error: true },
  ];
  // A new form obeys at once: pressed before, it would be sent as without scripts, and an act done without its question.
  config.defaultSettleDelay = 0;
  watchRequests(hands, signals, released);
  watchPresses(hands, released);
  on("htmx:configRequest", (detail) => (detail.headers["X-CSRFToken"] = csrfToken()));
  on("htmx:beforeSwap", (detail) => {
    beforeSwap(detail, hands);
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

/**
 * Keeps the acts until their answer is there and told; calls `released` then. The request itself is listened to, since htmx tells
 * nobody of the end of one whose element has left the page.
 */
function watchRequests({ acts }: Hands, signals: Signals, released: () => void): void {
  on("htmx:beforeSend", ({ xhr, target, requestConfig }) => {
    signals.departs(xhr);
    if (requestConfig.verb !== "get") acts.set(xhr, { from: requestConfig.elt, to: target });
    xhr.addEventListener("loadend", () => {
      acts.delete(xhr);
      window.setTimeout(() => {
        signals.lands(xhr);
        released();
      });
    });
  });
}

/** Notes that a pointer presses something, until it is released and clicked, or a menu takes it; calls `released` then. */
function watchPresses(hands: Hands, released: () => void): void {
  document.addEventListener("pointerdown", () => (hands.isPressing = true), true);
  for (const end of ["pointerup", "pointercancel", "contextmenu"]) {
    document.addEventListener(end, () => {
      window.setTimeout(() => { // after the click
        hands.isPressing = false;
        released();
      });
    }, true);
  }
}

/** While a pointer presses, every live change waits: what is pressed may be replaced beside the fragment (out of band). */
function beforeSwap(detail: Detail, { acts, isPressing, postponed }: Hands): void {
  if (new URL(detail.xhr.responseURL || location.href).pathname.startsWith("/account/sign-in/")) {
    detail.shouldSwap = false; // the session ended: the fragment is a sign-in page
    location.reload();
    return;
  }
  const signal = detail.requestConfig.triggeringEvent?.type ?? "";
  if (!signal.startsWith("live:") || !(isPressing || isBusy(detail.target, acts.values()))) return;
  detail.shouldSwap = false;
  postponed.add(signal);
}

function catchUp({ postponed }: Hands, { tell }: Signals): void {
  const missed = [...postponed];
  postponed.clear();
  if (missed.length > 0) tell(...missed);
}

/** A fragment that could not fetch itself fetches itself again when the socket is back; only acts are reported. */
function sayUnreachable({ requestConfig }: Detail): void {
  if (requestConfig.verb !== "get") toast(t("The server cannot be reached. Nothing was changed."), "error");
}
