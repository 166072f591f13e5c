import { beforeEach, expect, test } from "vitest";
import "./paragraph-rows";

beforeEach(() => {
  const row = (name: string, open: string): string => `<tr ${open}><td><input></td><th><a href="#${name}" id="${name}">${name}</a></th></tr>`;
  document.body.innerHTML = `<paragraph-rows><table><tbody>${row("a", "")}${row("b", "data-open")}${row("c", "")}${row("d", "data-open")}</tbody></table></paragraph-rows>`;
});

function press(...keys: string[]): string {
  for (const key of keys) document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return document.activeElement?.id ?? "";
}

test("the arrows go from row to row and stop at the ends", () => {
  document.getElementById("a")?.focus();
  expect([press("ArrowDown"), press("ArrowDown"), press("ArrowUp"), press("ArrowUp", "ArrowUp")]).toEqual(["b", "c", "b", "a"]);
});

test("N goes to the next open paragraph", () => {
  document.getElementById("a")?.focus();
  expect([press("n"), press("n"), press("n")]).toEqual(["b", "d", "d"]);
});

test("keys typed in a field are left alone", () => {
  document.querySelector("input")?.focus();
  press("n", "ArrowDown");
  expect(document.activeElement?.tagName).toBe("INPUT");
});
