import { expect, test } from "vitest";
import { difference, differenceElement } from "./word-difference";

const marked = (before: string, after: string): string =>
  difference(before, after).map(({ kind, words }) => (kind === "same" ? words : kind === "removed" ? `[-${words}-]` : `[+${words}+]`)).join("");

test.each([
  ["subject to national rules", "subject to constitutional rules", "subject to [-national-][+constitutional+] rules"],
  ["We met.", "We met today.", "We met[+ today+]."],
  ["We really met", "We met", "We [-really -]met"],
  ["", "New", "[+New+]"],
  ["Gone", "", "[-Gone-]"],
  ["same", "same", "same"],
  ["l’été", "l’hiver", "l’[-été-][+hiver+]"],
])("%s → %s", (before, after, expected) => {
  expect(marked(before, after)).toBe(expected);
});

test("texts with too much between them are replaced whole", () => {
  const many = (letter: string): string => Array.from({ length: 600 }, (_, at) => `${letter}${at}`).join(" ");
  expect(difference(`A ${many("b")} Z`, `A ${many("c")} Z`).map(({ kind }) => kind)).toEqual(["same", "removed", "added", "same"]);
});

test("words are shown as words", () => {
  const holder = document.createElement("div");
  holder.append(differenceElement(difference("a", "<img>")));
  expect(holder.innerHTML).toBe("<del>a</del><ins>&lt;img&gt;</ins>");
});
