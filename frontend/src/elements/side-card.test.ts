// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import "./side-card";
import { reveal } from "../reveal";
import { find } from "../testing";

let number = 0;

/** Put the card on the page anew, as a swap does. */
function put(name: string): HTMLDetailsElement {
  document.body.innerHTML = `<side-card name="${name}"><details open><summary>Remarks</summary><p id="line" tabindex="-1">One</p></details></side-card>`;
  return find("details") as HTMLDetailsElement;
}

function fold(details: HTMLDetailsElement, isOpen: boolean): void {
  details.open = isOpen;
  details.dispatchEvent(new Event("toggle"));
}

beforeEach(() => {
  HTMLElement.prototype.scrollIntoView = vi.fn();
  number += 1;
});

test("a folded card comes back folded, another is open", () => {
  fold(put(`one${number}`), false);
  expect(put(`one${number}`).open).toBe(false);
  expect(put(`two${number}`).open).toBe(true);
});

test("an unfolded card comes back open", () => {
  fold(put(`one${number}`), false);
  fold(put(`one${number}`), true);
  expect(put(`one${number}`).open).toBe(true);
});

test("what is revealed is unfolded and has the focus", () => {
  const details = put(`one${number}`);
  fold(details, false);
  reveal(find("#line"));
  expect(details.open).toBe(true);
  expect(document.activeElement).toBe(find("#line"));
});
