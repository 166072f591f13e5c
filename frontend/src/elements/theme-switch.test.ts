import { beforeEach, expect, test } from "vitest";
import "./theme-switch";

beforeEach(() => {
  document.documentElement.removeAttribute("data-bs-theme");
  document.body.innerHTML = `<theme-switch><form>
    <button name="theme" value="" aria-pressed="true">System</button>
    <button name="theme" value="dark" aria-pressed="false">Dark</button>
  </form></theme-switch>`;
});

function choose(value: string): boolean {
  const button = document.querySelector<HTMLButtonElement>(`button[value="${value}"]`);
  return button?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })) ?? true;
}

test("a choice shows at once, is remembered, and sends nothing", () => {
  expect(choose("dark")).toBe(false);
  expect(document.documentElement.dataset["bsTheme"]).toBe("dark");
  expect(document.cookie).toContain("theme=dark");
  const pressed = [...document.querySelectorAll("button")].map((button) => button.getAttribute("aria-pressed"));
  expect(pressed).toEqual(["false", "true"]);
});

test("the system decides again when asked to", () => {
  choose("dark");
  choose("");
  expect(document.documentElement.hasAttribute("data-bs-theme")).toBe(false);
  expect(document.cookie).not.toContain("theme=dark");
});
