import { beforeEach, expect, test, vi } from "vitest";
import type { LiveState } from "../live";
import "./live-status";

function become(state: LiveState): void {
  document.dispatchEvent(new CustomEvent("live-state", { detail: state }));
}
const words = () => document.querySelector("live-status")?.textContent;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "<live-status></live-status>";
});

test("a short interruption is not worth a word, a long one is said until it ends", () => {
  become("lost");
  vi.advanceTimersByTime(1000);
  expect(words()).toBe("");
  become("lost");
  vi.advanceTimersByTime(600);
  expect(words()).toBe("Connection lost, trying again…");
  become("in-step");
  expect(words()).toBe("");
  vi.advanceTimersByTime(10_000);
  expect(words()).toBe("");
});

test("who was signed out is told how to go on", () => {
  become("signed-out");
  expect(words()).toBe("You were signed out. Sign in again to go on. Sign in");
  expect(document.querySelector("a")?.getAttribute("href")).toMatch(/^\/account\/sign-in\/\?next=/);
});
