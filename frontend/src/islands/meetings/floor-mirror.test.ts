import { afterEach, beforeAll, expect, test } from "vitest";
import { FloorMirror } from "./floor-mirror";

beforeAll(() => {
  customElements.define("floor-mirror", FloorMirror);
});

afterEach(() => {
  document.body.replaceChildren();
});

function floor(): string | null | undefined {
  return document.querySelector("meeting-room")?.getAttribute("data-floor");
}

test("tells the video who has the floor, also after a change", () => {
  document.body.innerHTML = `<meeting-room data-floor="a"></meeting-room><floor-mirror data-delegate="b"></floor-mirror>`;
  expect(floor()).toBe("b");
  document.querySelector("floor-mirror")?.setAttribute("data-delegate", "");
  expect(floor()).toBe("");
});

test("does nothing without a video", () => {
  document.body.innerHTML = `<floor-mirror data-delegate="b"></floor-mirror>`;
  expect(document.body.children).toHaveLength(1);
});
