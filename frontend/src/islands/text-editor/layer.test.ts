import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Layer, type Rows } from "./layer";

let layer: Layer;
let answers: ((body: unknown, status?: number, type?: string) => void)[];
let failures: (() => void)[];
let heard: Rows[];

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  failures = [];
  heard = [];
  vi.stubGlobal("fetch", () => new Promise<Response>((resolve, reject) => {
    answers.push((body, status = 200, type = "application/json") => {
      resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } }));
    });
    failures.push(() => { reject(new TypeError("offline")); });
  }));
  layer = new Layer("t1");
  layer.listen((rows) => heard.push(rows));
});

afterEach(() => {
  layer.destroy();
  vi.useRealTimers();
});

const settle = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);
const changed = (): void => {
  document.body.dispatchEvent(new Event("live:text:t1:layer"));
};

test("the rows are asked for at once, and told", async () => {
  answers[0]?.({ member: "DE" });
  await settle();
  expect(heard).toEqual([{}, { member: "DE" }]);
  expect(layer.rows).toEqual({ member: "DE" });
});

test("a change asks again, and the same answer is not told twice", async () => {
  answers[0]?.({ member: "DE" });
  await settle();
  changed();
  answers[1]?.({ member: "DE" });
  await settle();
  changed();
  answers[2]?.({ member: "FR" });
  await settle();
  expect(heard).toEqual([{}, { member: "DE" }, { member: "FR" }]);
});

test("changes during a request lead to one more, whose answer counts", async () => {
  changed();
  changed();
  expect(answers).toHaveLength(1);
  answers[0]?.({ old: true });
  await settle();
  expect(answers).toHaveLength(2);
  answers[1]?.({ old: false });
  await settle();
  expect(layer.rows).toEqual({ old: false });
  expect(answers).toHaveLength(2);
});

test("a lost answer is asked for again by itself, ever more patiently", async () => {
  failures[0]?.();
  await settle(999);
  expect(answers).toHaveLength(1);
  await settle(1);
  answers[1]?.("down", 503);
  await settle(2000);
  expect(answers).toHaveLength(3);
  answers[2]?.({ back: true });
  await settle(60_000);
  expect(layer.rows).toEqual({ back: true });
  expect(answers).toHaveLength(3);
});

test("the return of the connection asks at once, without waiting for the next attempt", async () => {
  failures[0]?.();
  await settle();
  window.dispatchEvent(new Event("online"));
  expect(answers).toHaveLength(2);
  answers[1]?.({ back: true });
  await settle(60_000);
  expect(answers).toHaveLength(2);
});

test.each([[403, "text/html"], [404, "text/html"], [200, "text/html"]] as const)("a %i in %s is left, and the rows stay", async (status, type) => {
  answers[0]?.({ member: "DE" });
  await settle();
  changed();
  answers[1]?.("a page", status, type);
  await settle(60_000);
  expect(layer.rows).toEqual({ member: "DE" });
  expect(answers).toHaveLength(2);
});

test("nothing is asked for after the end", async () => {
  changed();
  layer.destroy();
  answers[0]?.({ member: "DE" });
  await settle(60_000);
  changed();
  expect(answers).toHaveLength(1);
  expect(heard).toEqual([{}]);
});
