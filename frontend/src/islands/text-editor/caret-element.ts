/** The mark that shows where somebody else writes: a bar in the person's colour, with flag and name while the person is active. */
import { type Person, colourClass, flagOf } from "./person";

/** How long a name stays beside its caret after the last sign of activity. */
export const NAME_MS = 3000;

/** Build the caret of a person; the name hides by itself at `activeUntil` (milliseconds, as `performance.now()`). */
export function caretElement(person: Person, flags: string, activeUntil: number): HTMLElement {
  const caret = document.createElement("span");
  caret.className = `editor-caret ${colourClass(person)}`;
  // Screen readers would read the name in the middle of a word; the people of the text are listed above it.
  caret.setAttribute("aria-hidden", "true");
  caret.append(nameTag(person, flags));
  const left = activeUntil - performance.now();
  if (left > 0) {
    caret.classList.add("is-active");
    requestAnimationFrame(() => {
      keepInside(caret);
    });
    setTimeout(() => {
      caret.classList.remove("is-active");
    }, left);
  }
  return caret;
}

function nameTag(person: Person, flags: string): HTMLElement {
  const tag = document.createElement("span");
  tag.className = "editor-caret-name";
  // The style sheet shows the name, so that it is no part of the text: not when it is copied, searched or read by a program.
  tag.dataset["name"] = person.name;
  const flag = flagOf(person, flags);
  if (flag) tag.append(flag);
  return tag;
}

/** Turn the name to the other side of the caret where it would leave the text. */
function keepInside(caret: HTMLElement): void {
  const name = caret.querySelector(".editor-caret-name");
  const text = caret.closest(".editor-text");
  if (!name || !text) return;
  caret.classList.toggle("is-flipped", name.getBoundingClientRect().right > text.getBoundingClientRect().right);
}
