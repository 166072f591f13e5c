import { beforeEach, expect, test, vi } from "vitest";
import "./copy-button";

beforeEach(() => {
  document.body.innerHTML = '<copy-button value="sha256:ab"><button type="button">Copy</button></copy-button><toast-list></toast-list>';
});

test("it copies its value and says so", async () => {
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  document.querySelector("button")?.click();
  await vi.waitFor(() => {
    expect(document.querySelector(".toast-line p")?.textContent).toBe("Copied");
  });
  expect(write.mock.calls).toEqual([["sha256:ab"]]);
});

test("it says when the browser refuses", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("denied"));
  document.querySelector("button")?.click();
  await vi.waitFor(() => {
    expect(document.querySelector(".toast-line")?.getAttribute("role")).toBe("alert");
  });
});
