import { expect, test } from "vitest";
import { type Look, optionOf, steps } from "./options";
import type { Sheet } from "./table";

const LOOK: Look = { colour: (name) => `rgb(${name})`, font: "Inter", width: 900 };
const SHEET: Sheet = {
  rows: ["France", "Germany"],
  places: ["250", ""],
  series: [
    { name: "Delivered", colour: "green", points: [{ value: 3, words: "3 M" }, { value: null, words: "not known" }] },
    { name: "Overdue", colour: "red", points: [{ value: 1, words: "1 M" }, { value: 2, words: "2 M" }] },
  ],
};

interface Drawn {
  stack?: string;
  symbol: string;
  lineStyle: { type: unknown };
  itemStyle: { color: string };
  data: { value: unknown; words: string }[];
  boundingCoords?: unknown;
  label: { formatter: (hovered: { data: unknown }) => string };
}

interface Told {
  aria: unknown;
  animation: unknown;
  tooltip: { renderMode: string; formatter: (hovered: unknown) => string };
  yAxis: { data: string[] };
  visualMap: { pieces: unknown[] };
  series: [Drawn, ...Drawn[]];
}

function told(kind: string, view = ""): Told {
  return optionOf(kind, SHEET, LOOK, view) as unknown as Told;
}

test("pictures can be read without colour, stand still, and put no markup on the page", () => {
  for (const kind of ["bars", "stacked-bars", "shares", "lines"]) {
    const option = told(kind);
    expect(option.aria).toEqual({ enabled: true, label: { enabled: false }, decal: { show: true } });
    expect(option.animation).toBe(false);
    expect(option.tooltip.renderMode).toBe("richText");
  }
});

test("bars stack, in the colours of the page, with a gap for what is not known", () => {
  const { series, yAxis } = told("stacked-bars");
  expect(yAxis.data).toEqual(["France", "Germany"]);
  expect(series.map(({ stack, itemStyle }) => [stack, itemStyle.color])).toEqual([["all", "rgb(green)"], ["all", "rgb(red)"]]);
  expect(series[0].data).toEqual([{ value: 3, words: "3 M" }, { value: "-", words: "not known" }]);
});

test("lines differ by stroke and sign as well", () => {
  const { series } = told("lines");
  expect(new Set(series.map(({ lineStyle }) => JSON.stringify(lineStyle.type))).size).toBe(2);
  expect(new Set(series.map(({ symbol }) => symbol)).size).toBe(2);
});

test("a tooltip says the words of the table", () => {
  const hovered = [{ name: "France", seriesName: "Delivered", data: { words: "3 M" } }];
  expect(told("lines").tooltip.formatter(hovered)).toBe("France\nDelivered: 3 M");
});

test("a map colours the places that have a number, and writes their value on them", () => {
  const { series, visualMap } = told("map", "europe");
  expect(series[0].data).toEqual([{ name: "250", value: 3, row: "France", words: "3 M" }]);
  expect(series[0].label.formatter({ data: series[0].data[0] })).toBe("3 M");
  expect(series[0].boundingCoords).toBeDefined();
  expect(visualMap.pieces).toHaveLength(4);
  expect(told("map", "world").series[0].boundingCoords).toBeUndefined();
});

test("steps cover everything up to the largest value", () => {
  expect(steps(0.076).map(({ label }) => label)).toEqual(["0 – 0.019 %", "0.019 – 0.038 %", "0.038 – 0.057 %", "0.057 – 0.076 %"]);
  for (const most of [0, 0.0123, 0.31, 1, 7.7, 123]) {
    const found = steps(most);
    expect(found[3]?.lte).toBeGreaterThanOrEqual(most * (1 - 1e-9));
    expect(found.map(({ gt }) => gt).slice(1)).toEqual(found.map(({ lte }) => lte).slice(0, 3));
  }
});
