import { beforeEach, expect, test, vi } from "vitest";
import { toast } from "./toast-list";

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "<toast-list></toast-list>";
});

const lines = () => [...document.querySelectorAll(".toast-line p")].map((line) => line.textContent);

test("information goes by itself, an error stays until it is closed", () => {
  toast("Copied");
  toast("Your capacity does not allow this.", "error");
  expect(document.querySelector("[role=alert]")?.textContent).toContain("Your capacity does not allow this.");
  vi.advanceTimersByTime(10_000);
  expect(lines()).toEqual(["Your capacity does not allow this."]);
  document.querySelector("button")?.click();
  expect(lines()).toEqual([]);
});

test("the same sentence stands once", () => {
  toast("Copied");
  toast("Copied");
  expect(lines()).toEqual(["Copied"]);
});

test("a sentence is text, never markup", () => {
  toast("<img src=x>");
  expect(document.querySelector("img")).toBeNull();
  expect(lines()).toEqual(["<img src=x>"]);
});

test("it hears an event that htmx raises on an element", () => {
  const button = document.body.appendChild(document.createElement("button"));
  button.dispatchEvent(new CustomEvent("toast", { bubbles: true, detail: { message: "Done" } }));
  expect(lines()).toEqual(["Done"]);
});
