import { beforeEach, expect, test } from "vitest";
import { lettersOf, subtitleOf, titleOf } from "./identity";
import type { Identity } from "./room";

const KYIV: Identity = { delegate: "1", name: "Olena Koval", member: "UA", names: {}, capacity: "head" };
const NATO: Identity = { ...KYIV, member: "NATO", names: { en: "North Atlantic Treaty Organization" }, capacity: "observer" };
const CLERK: Identity = { ...KYIV, name: "Anne van der Berg", member: null, capacity: "secretariat" };

beforeEach(() => {
  document.documentElement.lang = "en";
});

test("a state is named by its code, an organisation by its own name", () => {
  expect([titleOf(KYIV), subtitleOf(KYIV), lettersOf(KYIV)]).toEqual(["Ukraine", "Olena Koval, head of delegation", "UA"]);
  expect([titleOf(NATO), lettersOf(NATO)]).toEqual(["North Atlantic Treaty Organization", "NATO"]);
});

test("the secretariat is named by the person", () => {
  expect([titleOf(CLERK), subtitleOf(CLERK), lettersOf(CLERK)]).toEqual(["Anne van der Berg", "secretariat", "AB"]);
});

test("names follow the language of the page", () => {
  document.documentElement.lang = "fr";
  expect([titleOf({ ...KYIV, member: "GB" }), subtitleOf(KYIV)]).toEqual(["Royaume-Uni", "Olena Koval, chef de délégation"]);
});
