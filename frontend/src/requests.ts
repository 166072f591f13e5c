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
  requestConfig: { verb: string; triggeringEvent?: Event };
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
 * Says whether a fragment that fetched itself must wait: somebody writes in it or wrote half of something, answers a
 * dialog in it, or is asked to confirm an act (a swap would take the asking form away, and the act with it).
 */
export function isBusy(target: Element): boolean {
  const active = document.activeElement;
  const writes = active !== null && target.contains(active) && active.matches(FIELDS);
  const halfWritten = [...target.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
  const asked = document.querySelector("confirm-dialog > dialog[open]") ?? target.querySelector("dialog[open]");
  return writes || halfWritten || asked !== null;
}

export function setUpRequests(config: Pick<typeof htmx.config, "defaultSettleDelay" | "responseHandling">, signals: Signals): void {
  const focus = new FocusKeeper();
  const postponed = new Set<string>();
  const on = (name: string, act: (detail: Detail) => void) => {
    document.body.addEventListener(name, (event) => {
      act(detailOf(event));
    });
  };
  config.responseHandling = [
    { code: "204", swap: false },
    { code: "422", swap: true }, // a form with its faults
    { code: "[23]..", swap: true },
    { code: "...", swap: false, error: true },
  ];
  // A new form obeys at once: pressed before, it would be sent as without scripts, and an act done without its question.
  config.defaultSettleDelay = 0;
  on("htmx:beforeRequest", ({ xhr }) => {
    signals.departs(xhr);
  });
  on("htmx:afterRequest", ({ xhr }) => {
    window.setTimeout(() => {
      signals.lands(xhr);
    });
  });
  on("htmx:configRequest", (detail) => (detail.headers["X-CSRFToken"] = csrfToken()));
  on("htmx:beforeSwap", (detail) => {
    beforeSwap(detail, postponed);
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
  document.addEventListener("focusout", () => window.setTimeout(() => { catchUp(postponed, signals); }));
  document.addEventListener("close", () => { catchUp(postponed, signals); }, true);
}

function beforeSwap(detail: Detail, postponed: Set<string>): void {
  if (new URL(detail.xhr.responseURL || location.href).pathname.startsWith("/account/sign-in/")) {
    detail.shouldSwap = false; // the session ended: the fragment is a sign-in page
    location.reload();
    return;
  }
  const signal = detail.requestConfig.triggeringEvent?.type ?? "";
  if (!signal.startsWith("live:") || !isBusy(detail.target)) return;
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
