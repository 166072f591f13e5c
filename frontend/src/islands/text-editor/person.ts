/** Who is writing, as the server stamps it on the awareness state, and the class that gives each person a colour. */
import type { Awareness } from "y-protocols/awareness";

/** How many colour classes the style sheet has. */
const COLOURS = 12;

export interface Person {
  readonly delegate: string;
  readonly name: string;
  readonly member: string | null;
  readonly colour: number;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Return the person of an awareness state, or null while the server has not stamped one. */
export function personOf(state: unknown): Person | null {
  const user = isRecord(state) ? state["user"] : undefined;
  if (!isRecord(user) || text(user["name"]) === "") return null;
  const member = text(user["member"]).toLowerCase();
  return {
    delegate: text(user["delegate"]) || text(user["name"]),
    name: text(user["name"]),
    member: /^[a-z]{2}$/.test(member) ? member : null,
    colour: typeof user["colour"] === "number" && Number.isFinite(user["colour"]) ? Math.abs(Math.trunc(user["colour"])) % COLOURS : 0,
  };
}

/** Tell two people of the same colour apart: the later by id takes the next free one, the same way on every screen. */
export function toldApart(people: readonly Person[]): Person[] {
  const taken = new Set<number>();
  const sorted = [...people].sort((one, other) => (one.delegate < other.delegate ? -1 : 1));
  return sorted.map((person) => {
    let { colour } = person;
    for (let tried = 0; taken.has(colour) && tried < COLOURS; tried++) colour = (colour + 1) % COLOURS;
    taken.add(colour);
    return { ...person, colour };
  });
}

/** Everybody else in a text, by client number; somebody with two windows has one colour. */
export function othersIn(awareness: Awareness): Map<number, Person> {
  const clients = new Map<number, Person>();
  for (const [client, state] of awareness.getStates()) {
    const person = client === awareness.clientID ? null : personOf(state);
    if (person) clients.set(client, person);
  }
  const people = new Map([...clients.values()].map((person) => [person.delegate, person]));
  const apart = new Map(toldApart([...people.values()]).map((person) => [person.delegate, person]));
  return new Map([...clients].map(([client, person]) => [client, apart.get(person.delegate) ?? person]));
}

/** Return the picture of a member's flag, or null for somebody who belongs to no member; the name is always written beside it. */
export function flagOf(person: Person, flags: string): HTMLImageElement | null {
  if (person.member === null) return null;
  const image = document.createElement("img");
  image.className = "editor-flag";
  image.src = `${flags}/${person.member}.svg`;
  image.alt = "";
  image.width = 20;
  image.height = 15;
  return image;
}

export function colourClass(person: Person): string {
  return `person-colour-${person.colour}`;
}
