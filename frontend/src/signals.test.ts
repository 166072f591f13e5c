import { beforeEach, expect, test } from "vitest";
import { Signals } from "./signals";

let signals: Signals;
let heard: string[];
const [GET, POST] = [{}, {}];

beforeEach(() => {
  document.body.replaceWith(document.createElement("body"));
  signals = new Signals();
  heard = [];
  for (const signal of ["live:a", "live:b"]) document.body.addEventListener(signal, () => heard.push(signal));
});

function lands(request: object): void {
  signals.swaps(request);
  signals.lands(request);
}

test("a signal is told once when nothing is under way", () => {
  signals.tell("live:a");
  signals.departs(GET);
  lands(GET);
  expect(heard).toEqual(["live:a"]);
});

test("a signal told while a part was being replaced is told again, others are not", () => {
  signals.tell("live:b");
  signals.departs(GET);
  signals.tell("live:a");
  lands(GET);
  expect(heard).toEqual(["live:b", "live:a", "live:a"]);
});

test("a request that replaced nothing made nobody deaf", () => {
  signals.departs(POST);
  signals.tell("live:a");
  signals.lands(POST);
  expect(heard).toEqual(["live:a"]);
});

test("it is told again once, after the last request that left before it", () => {
  signals.departs(POST);
  signals.departs(GET);
  signals.tell("live:a");
  lands(POST);
  expect(heard).toEqual(["live:a"]);
  lands(GET);
  expect(heard).toEqual(["live:a", "live:a"]);
});

test("what a signal itself sets off does not have it told again", () => {
  document.body.addEventListener("live:a", () => {
    signals.departs(GET);
  });
  signals.tell("live:a");
  lands(GET);
  expect(heard).toEqual(["live:a"]);
});

test("signals told together are not told again for what one of them sets off", () => {
  document.body.addEventListener("live:a", () => {
    signals.departs(GET);
  });
  signals.tell("live:a", "live:b");
  lands(GET);
  expect(heard).toEqual(["live:a", "live:b"]);
});
