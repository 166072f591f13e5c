/** Reads a table as a picture needs it: which columns are drawn, and what stands in them. */
export interface Point {
  /** null where nothing is known */
  readonly value: number | null;
  /** as the table writes it */
  readonly words: string;
}

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly Point[];
}

export interface Sheet {
  readonly rows: readonly string[];
  /** number of the place on a map, empty for none */
  readonly places: readonly string[];
  readonly series: readonly Series[];
}

export function readTable(table: HTMLTableElement): Sheet {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.querySelector("[data-value]"));
  return {
    rows: rows.map((row) => label(row.cells[0])),
    places: rows.map((row) => row.dataset["place"] ?? ""),
    series: heads.flatMap((head, column) => {
      const colour = head.dataset["series"];
      if (colour === undefined) return [];
      return [{ name: label(head), colour, points: rows.map((row) => point(row.cells[column])) }];
    }),
  };
}

function label(cell: HTMLTableCellElement | undefined): string {
  return (cell?.dataset["label"] ?? cell?.textContent ?? "").trim().replaceAll(/\s+/g, " ");
}

function point(cell: HTMLTableCellElement | undefined): Point {
  const value = cell?.dataset["value"];
  return { value: value === undefined || value === "" ? null : Number(value), words: label(cell) };
}

/** Each row as parts of its own whole, in percent: quantities in different units side by side. */
export function asShares(sheet: Sheet): Sheet {
  const wholes = sheet.rows.map((_, row) => sheet.series.reduce((sum, { points }) => sum + (points[row]?.value ?? 0), 0));
  const series = sheet.series.map((one) => ({
    ...one,
    points: one.points.map(({ value, words }, row) => {
      const whole = wholes[row] ?? 0;
      return { value: value === null || whole <= 0 ? null : (100 * value) / whole, words };
    }),
  }));
  return { ...sheet, series };
}

/** Without the rows of which nothing would be drawn. */
export function withoutEmpty(sheet: Sheet): Sheet {
  const kept = sheet.rows.flatMap((_, row) => (sheet.series.some(({ points }) => points[row]?.value) ? [row] : []));
  const pick = <Item>(items: readonly Item[]): Item[] => kept.flatMap((row) => items.slice(row, row + 1));
  return {
    rows: pick(sheet.rows),
    places: pick(sheet.places),
    series: sheet.series.map((one) => ({ ...one, points: pick(one.points) })),
  };
}
