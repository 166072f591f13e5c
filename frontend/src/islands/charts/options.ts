/** What ECharts is told, from the rows of a table. Colours by name, patterns beside them; tooltips drawn on the canvas. */
import type { EChartsCoreOption } from "echarts/core";
import { language } from "../../i18n";
import { asShares, type Point, type Sheet } from "./table";

export interface Look {
  /** resolves a custom property, as in `colour("blue-fill")` */
  readonly colour: (name: string) => string;
  readonly font: string;
  readonly width: number;
}

export const ROW_HEIGHT = 34;
const NAMES_WIDTH = 190;
const NARROW = 560;
const MAP = "world";
const LINES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [2, 6], [12, 4]] as const;
const SIGNS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"] as const;
const EUROPE: readonly [number, number][] = [[-25, 72], [46, 33]];

export function optionOf(kind: string, sheet: Sheet, look: Look, view: string): EChartsCoreOption {
  if (kind === "lines") return { ...common(look), ...lines(sheet, look) };
  if (kind === "map") return { ...common(look), aria: { enabled: false }, ...map(sheet, look, view) };
  return { ...common(look), ...bars(kind === "shares" ? asShares(sheet) : sheet, look, kind) };
}

function common({ colour, font }: Look): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: font, color: colour("ink") },
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
  };
}

function tooltip({ colour, font }: Look): object {
  return {
    renderMode: "richText",
    confine: true,
    backgroundColor: colour("card"),
    borderColor: colour("edge"),
    textStyle: { color: colour("ink"), fontFamily: font, fontSize: 13 },
  };
}

function legend({ colour }: Look): object {
  return { type: "scroll", top: 0, left: 0, itemGap: 16, textStyle: { color: colour("ink"), fontSize: 13 } };
}

function axis({ colour }: Look): object {
  return {
    axisLabel: { color: colour("muted"), hideOverlap: true },
    axisLine: { lineStyle: { color: colour("edge") } },
    splitLine: { lineStyle: { color: colour("rule") } },
  };
}

function data(points: readonly Point[]): object[] {
  return points.map(({ value, words }) => ({ value: value ?? "-", words }));
}

function said(row: string, series: readonly { name: string; words: string }[]): string {
  return [row, ...series.map(({ name, words }) => `${name}: ${words}`)].join("\n");
}

interface Hovered {
  readonly name: string;
  readonly seriesName: string;
  readonly data?: { readonly words?: string };
}

function ofAxis(hovered: readonly Hovered[]): string {
  return said(hovered[0]?.name ?? "", hovered.map(({ seriesName, data: point }) => ({ name: seriesName, words: point?.words ?? "" })));
}

function bars(sheet: Sheet, look: Look, kind: string): EChartsCoreOption {
  const narrow = look.width < NARROW;
  const single = sheet.series.length < 2;
  return {
    tooltip: { ...tooltip(look), trigger: "axis", axisPointer: { type: "shadow" }, formatter: ofAxis },
    ...(single ? {} : { legend: legend(look) }),
    grid: { top: single ? 8 : 36, right: 20, bottom: 28, left: narrow ? 110 : NAMES_WIDTH },
    xAxis: valueAxis(look, kind),
    yAxis: {
      type: "category",
      inverse: true,
      data: [...sheet.rows],
      ...axis(look),
      axisTick: { show: false },
      axisLabel: { color: look.colour("ink"), width: narrow ? 98 : NAMES_WIDTH - 14, overflow: "truncate", interval: 0 },
    },
    series: sheet.series.map(({ name, colour, points }) => ({
      type: "bar",
      name,
      ...(single ? {} : { stack: "all" }),
      barMaxWidth: 20,
      itemStyle: { color: look.colour(colour), borderColor: look.colour("card"), borderWidth: single ? 0 : 1 },
      data: data(points),
    })),
  };
}

function valueAxis(look: Look, kind: string): object {
  const isShare = kind === "shares";
  const short = new Intl.NumberFormat(language(), { notation: "compact" });
  const formatter = (value: number): string => (isShare ? `${String(value)} %` : short.format(value));
  return { type: "value", ...axis(look), ...(isShare ? { max: 100 } : {}), axisLabel: { color: look.colour("muted"), hideOverlap: true, formatter } };
}

function lines(sheet: Sheet, look: Look): EChartsCoreOption {
  return {
    tooltip: { ...tooltip(look), trigger: "axis", formatter: ofAxis },
    legend: legend(look),
    grid: { top: 40, right: 20, bottom: 28, left: 40 },
    xAxis: { type: "category", data: [...sheet.rows], boundaryGap: false, ...axis(look) },
    yAxis: { type: "value", minInterval: 1, ...axis(look) },
    series: sheet.series.map(({ name, colour, points }, place) => ({
      type: "line",
      name,
      symbol: SIGNS[place % SIGNS.length],
      symbolSize: 7,
      lineStyle: { width: 2, type: LINES[place % LINES.length] },
      itemStyle: { color: look.colour(colour) },
      data: data(points),
    })),
  };
}

interface Place {
  readonly name: string;
  readonly value: number;
  readonly row: string;
  readonly words: string;
}

function placesOf(sheet: Sheet, points: readonly Point[]): Place[] {
  return sheet.rows.flatMap((row, at) => {
    const name = sheet.places[at];
    return name ? [{ name, value: points[at]?.value ?? Number.NaN, row, words: points[at]?.words ?? "" }] : [];
  });
}

/** Places are coloured in four steps up to the largest value, and carry their value in words. */
function map(sheet: Sheet, look: Look, view: string): EChartsCoreOption {
  const [series] = sheet.series;
  const points = series?.points ?? [];
  const name = series?.name ?? "";
  return {
    tooltip: {
      ...tooltip(look),
      trigger: "item",
      formatter: ({ data: place }: { data?: Place }) => (place ? said(place.row, [{ name, words: place.words }]) : ""),
    },
    visualMap: {
      type: "piecewise",
      pieces: steps(Math.max(0, ...points.map(({ value }) => value ?? 0))),
      left: 0,
      bottom: 0,
      textStyle: { color: look.colour("ink") },
      inRange: { color: ["blue-soft", "blue-mid", "blue-fill", "blue-deep"].map(look.colour) },
      outOfRange: { color: look.colour("unknown-a") },
    },
    series: [{ ...mapLook(look), type: "map", map: MAP, name, ...(view === "world" ? {} : { boundingCoords: EUROPE, aspectScale: 0.65 }), data: placesOf(sheet, points) }],
  };
}

function mapLook({ colour }: Look): object {
  return {
    roam: false,
    selectedMode: false,
    itemStyle: { areaColor: colour("sunken"), borderColor: colour("edge") },
    emphasis: { itemStyle: { areaColor: colour("gold-soft") }, label: { color: colour("ink") } },
    label: {
      show: true,
      fontSize: 11,
      color: colour("ink"),
      textBorderColor: colour("card"),
      textBorderWidth: 3,
      formatter: ({ data: place }: { data?: Place }) => place?.words ?? "",
    },
    labelLayout: { hideOverlap: true },
  };
}

/** Four steps of equal size, up to two digits above the largest value. */
export function steps(most: number): { gt: number; lte: number; label: string }[] {
  const digits = 1 - Math.floor(Math.log10(most || 1));
  const unit = 10 ** -digits;
  const size = (Math.ceil(most / unit / 4) || 1) * unit;
  const words = (value: number): string => value.toLocaleString(language(), { maximumFractionDigits: Math.max(digits, 0) });
  return [0, 1, 2, 3].map((step) => ({
    gt: step * size,
    lte: (step + 1) * size,
    label: `${words(step * size)} – ${words((step + 1) * size)} %`,
  }));
}
