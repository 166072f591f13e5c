import { beforeEach, describe, expect, it } from "vitest";
import { ListWalk } from "./list-walk";

customElements.define("list-walk", ListWalk);

let pressed: string[];

function press(key: string, selector: string, more: KeyboardEventInit = {}): void {
  document.querySelector(selector)?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
}

describe("list-walk", () => {
  beforeEach(() => {
    pressed = [];
    document.body.innerHTML = `<list-walk><ol tabindex="0"></ol><input><button data-walk="previous" disabled></button><button data-walk="next"></button></list-walk><p></p>`;
    for (const button of document.querySelectorAll("button")) {
      button.addEventListener("click", () => pressed.push(button.dataset["walk"] ?? ""));
    }
  });

  it("presses next by N within the list", () => {
    press("n", "ol");
    expect(pressed).toEqual(["next"]);
  });

  it("presses nothing that is disabled", () => {
    press("p", "ol");
    expect(pressed).toEqual([]);
  });

  it("leaves keys alone in fields, with a modifier and outside", () => {
    press("n", "input");
    press("n", "ol", { ctrlKey: true });
    press("n", "p");
    expect(pressed).toEqual([]);
  });
});
