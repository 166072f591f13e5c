import { beforeEach, describe, expect, test } from "vitest";
import type { Person, RoomSession } from "./session";
import { View } from "./view";

function person(id: string, member: string, more: Partial<Person> = {}): Person {
  const identity = { delegate: `d-${id}`, name: `Person ${id}`, member, names: {}, capacity: "head" };
  return { id, identity, sources: {}, tracks: new Map(), link: "connected", ...more };
}

function sessionOf(...people: Person[]): RoomSession {
  const media = { tracks: new Map(), muted: false, chosen: () => "" };
  return { self: person("me", "FR"), people: new Map(people.map((each) => [each.id, each])), media } as unknown as RoomSession;
}

const staged = (view: View) => view.element.querySelector<HTMLElement>("[data-stage]")?.dataset["delegate"];

describe("tiles", () => {
  beforeEach(() => {
    document.documentElement.lang = "en";
  });

  test("everybody has one, also those who send nothing: nobody listens unseen", () => {
    const view = new View(sessionOf(person("1", "GB"), person("2", "UA")), () => undefined);
    view.update();
    const delegates = [...view.element.querySelectorAll<HTMLElement>("figure")].map(({ dataset }) => dataset["delegate"]);
    expect(delegates).toEqual(["d-1", "d-2", "d-me"]);
    expect(view.element.querySelector("figcaption")?.textContent).toBe("United KingdomPerson 1, head of delegationmuted");
  });

  test("a tile goes with its person", () => {
    const session = sessionOf(person("1", "GB"));
    const view = new View(session, () => undefined);
    view.update();
    session.people.clear();
    view.update();
    expect(view.element.querySelectorAll("figure")).toHaveLength(1);
  });

  test("the state of the link is on the tile, in words too", () => {
    const view = new View(sessionOf(person("1", "GB", { link: "interrupted" })), () => undefined);
    view.update();
    const tile = view.element.querySelector("figure");
    expect(tile?.dataset["linkState"]).toBe("interrupted");
    expect(tile?.querySelector(".room-tile-link")?.textContent).toBe("Connection interrupted");
  });

  test("who has the floor is on the stage, until somebody is kept there by hand", () => {
    const view = new View(sessionOf(person("1", "GB"), person("2", "UA")), () => undefined);
    view.floor = "d-2";
    view.update();
    expect(staged(view)).toBe("d-2");
    const pin = view.element.querySelector<HTMLButtonElement>("figure[data-delegate='d-1'] .room-pin");
    pin?.click();
    expect([staged(view), pin?.getAttribute("aria-pressed")]).toEqual(["d-1", "true"]);
    pin?.click();
    expect(staged(view)).toBe("d-2");
  });
});
