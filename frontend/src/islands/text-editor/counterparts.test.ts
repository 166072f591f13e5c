import { expect, test } from "vitest";
import { shifts } from "./counterparts";

const at = (...tops: [string, number][]): { id: string; top: number }[] => tops.map(([id, top]) => ({ id, top }));

test("shared paragraphs begin at the same height, each moved once by what it lacks", () => {
  const [one, other] = shifts(at(["a", 0], ["b", 30], ["c", 90]), at(["a", 0], ["b", 50], ["c", 80]));
  expect([...one]).toEqual([["b", 20]]);
  expect([...other]).toEqual([["c", 30]]);
});

test("what has no counterpart, or stands at another place, moves nothing itself", () => {
  const [one, other] = shifts(at(["a", 0], ["alone", 30], ["b", 60]), at(["b", 0], ["a", 40]));
  expect([...one]).toEqual([["a", 40]]);
  expect([...other]).toEqual([]);
});

test("columns of the same heights are left alone", () => {
  expect(shifts(at(["a", 5], ["b", 9]), at(["a", 5], ["b", 9]))).toEqual([new Map(), new Map()]);
});
