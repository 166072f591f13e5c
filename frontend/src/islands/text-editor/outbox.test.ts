// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox } from "./outbox";
import { OutboxStore, newId } from "./outbox-store";

interface Call {
  readonly url: string;
  readonly body: string;
  readonly delegate: string;
}

let calls: Call[];
let answers: (() => Promise<Response>)[];
let boxes: Outbox[];

const done = (): Promise<Response> => Promise.resolve(new Response(null, { status: 204 }));
const lost = (): Promise<Response> => Promise.reject(new TypeError("offline"));
const refused = (sentence: string, status = 409, type = "text/plain; charset=utf-8") => (): Promise<Response> =>
  Promise.resolve(new Response(sentence, { status, headers: { "Content-Type": type } }));

function signIn(): Promise<Response> {
  const page = new Response("<form>", { status: 200 });
  Object.defineProperties(page, { redirected: { value: true }, url: { value: "http://localhost/account/sign-in/?next=/texts/" } });
  return Promise.resolve(page);
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  calls = [];
  answers = [];
  boxes = [];
  vi.stubGlobal("fetch", (url: string, { body, headers }: { body: URLSearchParams; headers: Record<string, string> }) => {
    calls.push({ url, body: body.toString(), delegate: headers["X-Delegate"] ?? "" });
    return (answers.shift() ?? done)();
  });
});

afterEach(() => {
  for (const box of boxes) box.destroy();
  vi.useRealTimers();
});

function open(owner = "ada"): Outbox {
  const box = new Outbox(owner);
  boxes.push(box);
  return box;
}

const settle = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
const unloads = (): boolean => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

test("an act is sent at once, in the name of who made it, and forgotten once it is done", async () => {
  const box = open();
  await box.add("/texts/t1/comment/", { id: "1", body: "Why?" });
  expect(calls).toEqual([{ url: "/texts/t1/comment/", body: "id=1&body=Why%3F", delegate: "ada" }]);
  expect(box.acts).toEqual([]);
  expect(localStorage).toHaveLength(0);
});

test("an act is kept before it is sent", () => {
  void open().add("/texts/t1/comment/", { body: "Why?" });
  expect(new OutboxStore("ada").read().map(({ fields }) => fields)).toEqual([{ body: "Why?" }]);
});

test("acts are sent in their order, one after the other", async () => {
  const box = open();
  await Promise.all([box.add("/one/", {}), box.add("/two/", {}), box.add("/three/", {})]);
  expect(calls.map(({ url }) => url)).toEqual(["/one/", "/two/", "/three/"]);
});

test.each([
  ["a lost connection", lost],
  ["a failing server", refused("down", 503)],
  ["a proxy's time-out", refused("late", 408)],
  ["somebody else who is signed in", refused("", 401)],
  ["nobody who is signed in", signIn],
] as const)("%s lets acts wait, and they are sent again by themselves", async (_what, answer) => {
  const box = open();
  answers = [answer, answer];
  await box.add("/one/", { id: "1" });
  void box.add("/two/", { id: "2" });
  await settle();
  expect(box.waiting).toHaveLength(2);
  expect(calls.every(({ url }) => url === "/one/")).toBe(true);
  await settle(3000);
  expect(box.acts).toEqual([]);
  expect(calls.slice(-2).map(({ body }) => body)).toEqual(["id=1", "id=2"]);
});

test("attempts become rarer, and the return of the connection does not wait for the next", async () => {
  const box = open();
  answers = Array.from({ length: 8 }, () => lost);
  await box.add("/one/", {});
  await settle(60_000);
  expect(calls).toHaveLength(7);
  answers = [];
  window.dispatchEvent(new Event("online"));
  await settle();
  expect(box.acts).toEqual([]);
});

test("acts wait until the words that they refer to are stored", async () => {
  const box = open();
  let isSaved = false;
  const stop = box.watch(() => isSaved);
  await box.add("/one/", {});
  box.poke();
  await settle(60_000);
  expect(calls).toHaveLength(0);
  isSaved = true;
  box.poke();
  await settle();
  expect(calls).toHaveLength(1);
  isSaved = false;
  await box.add("/two/", {});
  stop();
  await settle();
  expect(calls).toHaveLength(2);
});

test("what is refused stays with the server's sentence, and the acts after it are done", async () => {
  const box = open();
  answers = [refused("The words changed meanwhile.")];
  await Promise.all([box.add("/one/", { body: "Why?" }), box.add("/two/", {})]);
  await settle(60_000);
  expect(calls.map(({ url }) => url)).toEqual(["/one/", "/two/"]);
  expect(box.acts.map((act) => act.refused)).toEqual(["The words changed meanwhile."]);
  expect(box.waiting).toEqual([]);
});

test.each([[403, "text/html"], [404, "text/html"]] as const)("a %i without a sentence is refused in our words", async (status, type) => {
  const box = open();
  answers = [refused("<html>", status, type)];
  await box.add("/one/", {});
  expect(box.acts.map((act) => act.refused)).toEqual(["This was not done."]);
});

test("a refused act is tried again at another place, with the same id, or given up", async () => {
  const box = open();
  answers = [refused("Changed."), refused("Changed again.")];
  await box.add("/one/", { id: "1", start: "3", body: "Why?" });
  const [act] = box.acts;
  await box.retry(act?.id ?? "", { start: "9" });
  expect(calls.map(({ body }) => body)).toEqual(["id=1&start=3&body=Why%3F", "id=1&start=9&body=Why%3F"]);
  expect(box.acts.map(({ refused: sentence }) => sentence)).toEqual(["Changed again."]);
  box.discard(act?.id ?? "");
  expect(box.acts).toEqual([]);
});

test("an act survives the page: the next one sends it", async () => {
  answers = [lost];
  const first = open();
  await first.add("/one/", { id: "1" });
  first.destroy();
  const second = open();
  await settle();
  expect(calls.map(({ body }) => body)).toEqual(["id=1", "id=1"]);
  expect(second.acts).toEqual([]);
});

test("acts of a page that is still open are left to it, since it knows its words", async () => {
  const held = new Set<string>();
  const request = async (name: string, options: unknown, then?: (lock: object | null) => Promise<unknown>): Promise<unknown> => {
    if (then !== undefined) return then(held.has(name) ? null : {});
    held.add(name);
    return new Promise(() => options);
  };
  vi.stubGlobal("navigator", { locks: { request } });
  const [first, second] = [open(), open()];
  first.watch(() => false);
  await first.add("/one/", {});
  await second.deliver();
  expect(calls).toEqual([]);
  held.clear();
  await second.deliver();
  expect(calls.map(({ url }) => url)).toEqual(["/one/"]);
});

test("nobody is shown, or sends, the acts of another", async () => {
  answers = [lost];
  await open("ada").add("/one/", { body: "Secret." });
  boxes.pop()?.destroy();
  const other = open("ben");
  await settle(60_000);
  expect(other.acts).toEqual([]);
  expect(calls).toHaveLength(1);
});

test("leaving is warned of while an act of this page waits", async () => {
  const box = open();
  expect(unloads()).toBe(true);
  answers = [lost, refused("No.")];
  await box.add("/one/", {});
  expect(unloads()).toBe(false);
  await settle(1000);
  expect(box.acts.map((act) => act.refused)).toEqual(["No."]);
  expect(unloads()).toBe(true);
});

test("what cannot be stored lives as long as the page", async () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const box = open();
  answers = [lost];
  await box.add("/one/", {});
  expect(box.waiting).toHaveLength(1);
  await settle(1000);
  expect(box.acts).toEqual([]);
});

test.each(["not JSON", "{}", '[1, null, {"id": "1"}]', '[{"id":"1","address":"https://evil.example/","fields":{},"text":"","page":"","refused":""}]'])(
  "what somebody else wrote in the storage is left out: %s",
  (found) => {
    localStorage.setItem("concertation-outbox:ada", found);
    expect(new OutboxStore("ada").read()).toEqual([]);
  },
);

test("ids are UUIDs, each another one", () => {
  const ids = Array.from({ length: 100 }, newId);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
