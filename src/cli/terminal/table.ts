/** Tables with a ruler under the header; on a terminal they are made to fit. Layout: @oclif/table 0.5. */

import { cutTo, type Style, visibleWidth } from "./style";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
}

const PADDING = 2;
/** Narrower than an ellipsis and two characters makes no sense. */
const NARROWEST = PADDING + 3;

/** @param columns of the terminal; undefined where there is none, and the table takes what it needs */
export function renderTable<Row>(
  style: Style,
  columns: number | undefined,
  titles: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const header = titles.map(({ title }) => title);
  const cells = rows.map((row) => titles.map(({ cell }) => cell(row)));
  const widths = header.map(
    (title, index) => PADDING + Math.max(visibleWidth(title), ...cells.map((row) => visibleWidth(row[index] ?? ""))),
  );
  if (columns !== undefined) shrink(widths, header, columns);
  const show = (row: readonly string[]) => row.map((cell, index) => pad(cell, widths[index] ?? 0));
  const ruler = "─".repeat(widths.reduce((sum, width) => sum + width + 1, -1));
  const lines = style.coloured
    ? [
        `\u001b[97m ${show(header)
          .map((cell) => `\u001b[1m\u001b[37m${cell}\u001b[22m\u001b[97m `)
          .join("")}\u001b[39m`,
        `\u001b[97m ${ruler} \u001b[39m`,
        ...cells.map((row) => ["", ...show(row).map((cell) => cell), ""].join("\u001b[97m \u001b[39m")),
      ]
    : [` ${show(header).join(" ")}`, ` ${ruler}`, ...cells.map((row) => ` ${show(row).join(" ")}`)].map((line) =>
        line.trimEnd(),
      );
  return `${lines.join("\n")}\n\n`;
}

/** Takes from the widest column first: down to its title if that is enough, else down to almost nothing. */
function shrink(widths: number[], titles: readonly string[], columns: number): void {
  const least = [(index: number) => PADDING + visibleWidth(titles[index] ?? ""), () => NARROWEST];
  for (const leastOf of least) {
    const untouched = new Set(widths.keys());
    while (untouched.size > 0) {
      const excess = widths.reduce((sum, width) => sum + width + 1, 1) - columns;
      if (excess <= 0) return;
      const widest = [...untouched].reduce((one, other) => ((widths[other] ?? 0) > (widths[one] ?? 0) ? other : one));
      widths[widest] = Math.max(leastOf(widest), (widths[widest] ?? 0) - excess);
      untouched.delete(widest);
    }
  }
}

function pad(cell: string, width: number): string {
  const room = width - PADDING;
  const shown = visibleWidth(cell) <= room ? cell : `${cutTo(room - 1, cell)}…`;
  return ` ${shown}${" ".repeat(width - 1 - visibleWidth(shown))}`;
}
