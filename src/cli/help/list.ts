/** Two columns of a help: a name, and what it means. */

import { visibleWidth } from "../terminal/style";
import { indent, wrap } from "../terminal/wrap";

export type Row = readonly [name: string, text?: string];

const INDENTATION = 2;
const GAP = 2;
/** A text that takes more lines than this stands under its name, and then all do. */
const MOST_LINES = 5;

/** Names left, texts right, broken at the width of the terminal. Without the section's own indentation. */
export function renderRows(rows: readonly Row[], columns: number): string {
  const width = Math.max(0, ...rows.map(([name]) => visibleWidth(name)));
  const blocks = rows.map(([name, text]) => {
    if (!text) return [name.trim()];
    return wrap(text.trim(), columns - (INDENTATION + width + GAP), "trim")
      .split("\n")
      .map((line, index) =>
        index === 0 ? name + " ".repeat(width - visibleWidth(name) + GAP) + line : " ".repeat(width + GAP) + line,
      );
  });
  if (blocks.some((lines) => lines.length > MOST_LINES)) return renderStacked(rows, columns);
  return blocks.flat().join("\n").trim();
}

function renderStacked(rows: readonly Row[], columns: number): string {
  return rows
    .map(([name, text]) => {
      const head = wrap(name.trim(), columns - INDENTATION, "trim");
      return text ? `${head}\n${indent(wrap(text.trim(), columns - INDENTATION - 2, "trim"), 4)}` : head;
    })
    .join("\n\n");
}
