/** Who is in the text: a row of flags, and their names for those who hover or listen. One person with two windows counts once. */
import type { Awareness } from "y-protocols/awareness";
import { type Person, colourClass, flagOf, othersIn } from "./person";
import { t } from "./words";

/** A row longer than this says how many more there are. */
const SHOWN = 6;

/** The others in the text, by name; the person at this screen knows where they are. */
export function peopleIn(awareness: Awareness): Person[] {
  const people = new Map([...othersIn(awareness).values()].map((person) => [person.delegate, person]));
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
}

export class People {
  readonly element: HTMLUListElement;
  readonly #awareness: Awareness;
  readonly #flags: string;
  #shown = "";

  constructor(awareness: Awareness, flags: string) {
    this.#awareness = awareness;
    this.#flags = flags;
    this.element = document.createElement("ul");
    this.element.className = "editor-people";
    this.element.ariaLabel = t("In this text now");
    awareness.on("change", this.#refresh);
    this.#refresh();
  }

  destroy(): void {
    this.#awareness.off("change", this.#refresh);
    this.element.remove();
  }

  readonly #refresh = (): void => {
    const people = peopleIn(this.#awareness);
    const shown = JSON.stringify(people);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = people.length === 0;
    const faces = people.slice(0, SHOWN).map((person) => this.#face(person));
    if (people.length > SHOWN) faces.push(more(people.slice(SHOWN)));
    this.element.replaceChildren(...faces);
  };

  #face(person: Person): HTMLLIElement {
    const face = document.createElement("li");
    face.className = `editor-face ${colourClass(person)}`;
    face.title = person.name;
    const name = document.createElement("span");
    name.className = "visually-hidden";
    name.textContent = person.name;
    face.append(flagOf(person, this.#flags) ?? initials(person), name);
    return face;
  }
}

function initials(person: Person): HTMLElement {
  const letters = document.createElement("span");
  letters.setAttribute("aria-hidden", "true");
  letters.textContent = person.name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .slice(0, 2)
    .join("");
  return letters;
}

function more(people: readonly Person[]): HTMLLIElement {
  const rest = document.createElement("li");
  rest.className = "editor-more";
  rest.title = people.map(({ name }) => name).join(", ");
  rest.textContent = `+${people.length}`;
  rest.ariaLabel = t("and {n} more | and {n} more", { n: people.length });
  return rest;
}
