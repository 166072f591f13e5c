import { beforeEach, expect, test } from "vitest";
import "./fold-menu";
import { find } from "../testing";

let details: HTMLDetailsElement;

beforeEach(() => {
  document.body.innerHTML = `<fold-menu><details open><summary tabindex="0">Menu</summary><a href="#x">Item</a></details></fold-menu>
    <button id="elsewhere">Elsewhere</button>`;
  details = find("details") as HTMLDetailsElement;
});

test("Escape closes it and gives the focus back to what opened it", () => {
  const item = find("a");
  item.focus();
  item.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(details.open).toBe(false);
  expect(document.activeElement?.textContent).toBe("Menu");
});

test("a click elsewhere closes it, a click inside does not", () => {
  document.querySelector("a")?.click();
  expect(details.open).toBe(true);
  document.querySelector<HTMLElement>("#elsewhere")?.click();
  expect(details.open).toBe(false);
});

test("moving on with the keyboard closes it", () => {
  document.querySelector("a")?.focus();
  document.querySelector<HTMLElement>("#elsewhere")?.focus();
  expect(details.open).toBe(false);
});

test("it stops listening when it leaves the page", () => {
  document.querySelector("fold-menu")?.remove();
  document.querySelector<HTMLElement>("#elsewhere")?.click();
  expect(details.open).toBe(true);
});
