// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { People } from "./people";

function awarenessOf(users: readonly unknown[]): Awareness {
  const awareness = new Awareness(new Y.Doc());
  for (const [index, user] of users.entries()) {
    awareness.states.set(index + 1, { user });
    awareness.emit("change", [{ added: [index + 1], updated: [], removed: [] }, "test"]);
  }
  return awareness;
}

const user = (delegate: string, name: string, member: string | null): unknown => ({ delegate, name, member, colour: 1 });

test("others are listed once each, by name, with words for those who listen", () => {
  const people = new People(awarenessOf([user("2", "Zoé", "fr"), user("1", "Anna", "de"), user("2", "Zoé", "fr"), {}]), "/static/flags");
  expect([...people.element.children].map((face) => face.textContent)).toEqual(["Anna", "Zoé"]);
  expect(people.element.querySelector("img")?.getAttribute("src")).toBe("/static/flags/de.svg");
  expect(people.element.getAttribute("aria-label")).toBe("In this text now");
});

test("somebody without a member shows initials", () => {
  const people = new People(awarenessOf([user("1", "Secretariat Desk", null)]), "/static/flags");
  expect(people.element.querySelector("[aria-hidden]")?.textContent).toBe("SD");
});

test("a full room is cut short and says how many more", () => {
  const many = Array.from({ length: 9 }, (_, index) => user(String(index), `Person ${index}`, "fr"));
  const people = new People(awarenessOf(many), "/static/flags");
  expect(people.element.children).toHaveLength(7);
  expect(people.element.lastElementChild?.getAttribute("aria-label")).toBe("and 3 more");
  expect(people.element.lastElementChild?.getAttribute("title")).toBe("Person 6, Person 7, Person 8");
});

test("two people whose ids fall on one colour are told apart", () => {
  const people = new People(awarenessOf([user("2", "Zoé", "fr"), user("1", "Anna", "de"), user("3", "Petro", "ua")]), "/static/flags");
  expect([...people.element.children].map((face) => face.className)).toEqual([
    "editor-face person-colour-1",
    "editor-face person-colour-3",
    "editor-face person-colour-2",
  ]);
});

test("an empty room shows no row", () => {
  const people = new People(awarenessOf([]), "/static/flags");
  expect(people.element.hidden).toBe(true);
});
