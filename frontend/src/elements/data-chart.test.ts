import { beforeEach, expect, test } from "vitest";
import "./data-chart";

beforeEach(() => {
  document.documentElement.lang = "en";
  document.body.innerHTML = `<data-chart for="burden" kind="bars"></data-chart>
    <h2><svg></svg><span id="burden-title">Burden of each member</span></h2>
    <table id="burden" aria-labelledby="burden-title"><tbody></tbody></table>`;
});

test("a picture says what it is of, and where the figures stand", () => {
  const chart = document.querySelector("data-chart");
  expect(chart?.getAttribute("role")).toBe("img");
  // it was connected before its table, as a parser does it; from then on it knows the title
  document.body.append(...document.body.querySelectorAll("data-chart"));
  expect(chart?.getAttribute("aria-label")).toBe("Picture of the table “Burden of each member”, which has the same figures.");
});

test("where nothing can be drawn the table is enough", async () => {
  await Promise.resolve();
  expect(document.querySelector("data-chart")?.childElementCount).toBe(0);
});

test("a picture that is taken away does not come back", () => {
  const chart = document.querySelector("data-chart");
  chart?.remove();
  document.documentElement.dataset["bsTheme"] = "dark";
  expect(chart?.childElementCount).toBe(0);
  delete document.documentElement.dataset["bsTheme"];
});
