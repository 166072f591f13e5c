import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { csrfToken, isBusy, sentenceOf, setUpRequests } from "./requests";
import { Signals } from "./signals";
import { find } from "./testing";

const answer = (status: number, type: string, responseText: string) => ({
  status,
  responseText,
  getResponseHeader: () => type,
});

beforeAll(() => {
  setUpRequests({ defaultSettleDelay: 20, responseHandling: [] }, new Signals());
});
beforeEach(() => {
  document.head.innerHTML = '<meta name="csrf-token" content="from-meta">';
  document.body.innerHTML = '<section id="list"><textarea></textarea><button>b</button></section><input id="outside"><main></main>';
});

function swap(signal: string, target: Element): boolean {
  const detail = {
    target,
    xhr: { responseURL: location.href },
    shouldSwap: true,
    requestConfig: { verb: "get", triggeringEvent: new CustomEvent(signal) },
  };
  document.body.dispatchEvent(new CustomEvent("htmx:beforeSwap", { detail }));
  return detail.shouldSwap;
}

test("the token of the cookie wins over that of the page, which may be older", () => {
  expect(csrfToken()).toBe("from-meta");
  document.cookie = "csrftoken=from-cookie";
  expect(csrfToken()).toBe("from-cookie");
  document.cookie = "csrftoken=; max-age=0";
});

test("a refusal is told in the server's own sentence, and only when it is one", () => {
  expect(sentenceOf(answer(409, "text/plain; charset=utf-8", "The floor is taken."))).toBe("The floor is taken.");
  expect(sentenceOf(answer(403, "text/html", "<html>…"))).toBe("This was not done.");
  expect(sentenceOf(answer(500, "text/plain", "Traceback"))).toBe("This was not done: the server failed.");
  expect(sentenceOf(answer(404, "text/html", ""))).toBe("This is no longer there.");
});

test("a fragment is busy while somebody writes in it, not while a button has the focus", () => {
  const list = find("#list");
  document.querySelector("button")?.focus();
  expect(isBusy(list)).toBe(false);
  document.querySelector("textarea")?.focus();
  expect(isBusy(list)).toBe(true);
  document.querySelector<HTMLElement>("#outside")?.focus();
  expect(isBusy(list)).toBe(false);
});

test("a fragment waits for half-written words, and while the person is asked to confirm", () => {
  const list = find("#list");
  const reason = find("textarea") as HTMLTextAreaElement;
  reason.value = "Because";
  expect(isBusy(list)).toBe(true);
  reason.value = "";
  expect(isBusy(list)).toBe(false);
  const confirm = document.createElement("confirm-dialog");
  confirm.innerHTML = "<dialog open></dialog>";
  document.body.append(confirm);
  expect(isBusy(list)).toBe(true);
  confirm.remove();
  expect(isBusy(list)).toBe(false);
});

test("a live change waits until the writing is done, then is told again", async () => {
  const list = find("#list");
  document.querySelector("textarea")?.focus();
  expect(swap("submit", list)).toBe(true);
  expect(swap("live:meeting:1", list)).toBe(false);
  const told = new Promise((resolve) => {
    document.body.addEventListener("live:meeting:1", resolve, { once: true });
  });
  document.querySelector<HTMLElement>("#outside")?.focus();
  await told;
  expect(swap("live:meeting:1", list)).toBe(true);
});

function told(signal: string): Promise<unknown> {
  return new Promise((resolve) => {
    document.body.addEventListener(signal, resolve, { once: true });
  });
}

/** Lets `from` send an act whose answer goes to `to`; returns the request. */
function send(from: Element, to: Element): EventTarget {
  const xhr = new EventTarget();
  const detail = { xhr, target: to, requestConfig: { verb: "post", elt: from } };
  document.body.dispatchEvent(new CustomEvent("htmx:beforeSend", { detail }));
  return xhr;
}

test("a live change waits for what an act became, whose refusal would be lost with its form", async () => {
  const list = find("#list");
  const request = send(find("button"), find("#outside"));
  expect(swap("live:text:1", list)).toBe(false);
  expect(swap("live:text:1", find("#outside"))).toBe(false); // or the answer would have no place
  expect(swap("live:text:1", find("main"))).toBe(true);
  const again = told("live:text:1");
  request.dispatchEvent(new Event("loadend"));
  await again;
  expect(swap("live:text:1", list)).toBe(true);
});

test("an act whose form has left the page meanwhile keeps nothing waiting once it is answered", async () => {
  const list = find("#list");
  const lands = vi.spyOn(Signals.prototype, "lands");
  const request = send(find("button"), list);
  find("button").remove();
  request.dispatchEvent(new Event("loadend"));
  await vi.waitFor(() => { expect(lands).toHaveBeenCalledWith(request); });
  expect(swap("live:text:4", list)).toBe(true);
});

test("a live change waits while something is being pressed, so that the click arrives", async () => {
  const list = find("#list");
  find("#outside").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  expect(swap("live:text:2", list)).toBe(false);
  document.body.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
  expect(swap("live:text:2", list)).toBe(false); // the click comes after
  await vi.waitFor(() => { expect(swap("live:text:2", list)).toBe(true); });
});

test("a press that ends in the browser's own menu keeps nothing waiting", async () => {
  const list = find("#list");
  list.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 2 }));
  list.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true })); // some systems tell of no release after it
  await vi.waitFor(() => { expect(swap("live:text:5", list)).toBe(true); });
});

test("a button that sends an act by itself is waited for after it was released", async () => {
  const [list, button] = [find("#list"), find("button")];
  button.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  button.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
  const request = send(button, list);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(swap("live:text:3", list)).toBe(false);
  request.dispatchEvent(new Event("loadend"));
  expect(swap("live:text:3", list)).toBe(true);
});
