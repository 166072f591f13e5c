// @vitest-environment jsdom -- happy-dom knows no rows of a table head
import { expect, test } from "vitest";
import { asShares, readTable, withoutEmpty } from "./table";

function table(rows: string): HTMLTableElement {
  document.body.innerHTML = `<table>
    <thead><tr><th>Member</th><th>Announced</th><th data-series="green">Delivered</th><th data-series="red" data-label="Late">Overdue since</th></tr></thead>
    <tbody><tr class="part"><th colspan="4">Support</th></tr>${rows}</tbody></table>`;
  const found = document.querySelector("table");
  if (!found) throw new Error("no table");
  return found;
}

const ROWS = `
  <tr data-place="250"><th data-label="France">🇫🇷 <a href="#">France</a></th><td>9</td><td data-value="3">3 M</td><td data-value="1">1 M</td></tr>
  <tr><th>Germany</th><td>0</td><td data-value="0">0</td><td data-value="">not known</td></tr>`;

test("only columns with a series are drawn, under their own names, without headings of groups", () => {
  const sheet = readTable(table(ROWS));
  expect(sheet.rows).toEqual(["France", "Germany"]);
  expect(sheet.places).toEqual(["250", ""]);
  expect(sheet.series.map(({ name, colour }) => [name, colour])).toEqual([["Delivered", "green"], ["Late", "red"]]);
});

test("what is not known is no zero", () => {
  const [delivered, late] = readTable(table(ROWS)).series;
  expect(delivered?.points).toEqual([{ value: 3, words: "3 M" }, { value: 0, words: "0" }]);
  expect(late?.points[1]).toEqual({ value: null, words: "not known" });
});

test("shares are of the whole of their row, and of nothing there is no share", () => {
  const values = asShares(readTable(table(ROWS))).series.map(({ points }) => points.map(({ value }) => value));
  expect(values).toEqual([[75, null], [25, null]]);
});

test("rows of which nothing would be drawn are left out", () => {
  const sheet = withoutEmpty(readTable(table(ROWS)));
  expect(sheet.rows).toEqual(["France"]);
  expect(sheet.places).toEqual(["250"]);
  expect(sheet.series.map(({ points }) => points.length)).toEqual([1, 1]);
});

test("a table without rows is an empty sheet", () => {
  expect(readTable(table("")).rows).toEqual([]);
});
