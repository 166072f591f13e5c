/** Draws a table with ECharts, of which only what our kinds need is here; fetched by `<data-chart>` when one is there. */
import { BarChart, LineChart, MapChart } from "echarts/charts";
import { AriaComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapPiecewiseComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { optionOf, ROW_HEIGHT } from "./options";
import { readTable, type Sheet, withoutEmpty } from "./table";

echarts.use([
  AriaComponent, BarChart, CanvasRenderer, GeoComponent, GridComponent, LabelLayout, LegendComponent, LineChart, MapChart,
  TooltipComponent, VisualMapPiecewiseComponent,
]);

export async function draw(host: HTMLElement, table: HTMLTableElement, kind: string, view: string): Promise<echarts.ECharts> {
  const whole = readTable(table);
  const sheet = kind === "bars" || kind === "stacked-bars" ? withoutEmpty(whole) : whole;
  if (kind === "map") await (await import("./atlas")).registerWorld();
  const height = heightOf(kind, sheet);
  if (height) host.style.height = `${String(height)}px`;
  const frame = host.appendChild(document.createElement("div"));
  frame.className = "data-chart-frame";
  const chart = echarts.init(frame, null, { renderer: "canvas" });
  chart.setOption(optionOf(kind, sheet, { colour: coloursOf(host), font: getComputedStyle(document.body).fontFamily, width: host.clientWidth }, view));
  return chart;
}

/** Bars are as high as their rows need; other kinds are as their style says. */
function heightOf(kind: string, sheet: Sheet): number {
  return kind === "lines" || kind === "map" ? 0 : sheet.rows.length * ROW_HEIGHT + 76;
}

/** Custom properties hold both themes; what they are now is asked of new elements that have them for their colour. */
function coloursOf(host: HTMLElement): (name: string) => string {
  return (name) => {
    const probe = host.appendChild(document.createElement("span"));
    probe.style.color = `var(--${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
}
