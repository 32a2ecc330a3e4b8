/** Breaks text at spaces, the way the CLI's messages and helps are broken. */

import { plain, visibleWidth } from "./style";

/**
 * Breaks every line so that it takes at most `width` columns; a word that is longer is cut.
 * @param spaces `trim` drops the spaces around a break and at the ends of lines (help texts); `keep` leaves the space
 *   at which it broke at the end of the line (messages)
 */
export function wrap(text: string, width: number, spaces: "trim" | "keep"): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, width, spaces).join("\n"))
    .join("\n");
}

function wrapLine(line: string, width: number, spaces: "trim" | "keep"): readonly string[] {
  const trim = spaces === "trim";
  if (trim && plain(line).trim() === "") return [""];
  const done: string[] = [];
  let row = "";
  const next = () => {
    done.push(row);
    row = "";
  };
  for (const [index, word] of line.split(" ").entries()) {
    if (trim) row = row.trimStart();
    if (index > 0) {
      if (!trim && visibleWidth(row) >= width) next();
      if (!trim || row !== "") row += " ";
    }
    const used = visibleWidth(row);
    const length = visibleWidth(word);
    if (length > width) {
      const left = width - used;
      // A word that needs as many lines anyhow begins on one of its own.
      if (Math.ceil(length / width) < 1 + Math.ceil((length - left) / width)) next();
      const pieces = chunks(word, width - visibleWidth(row), width);
      for (const [piece, text] of pieces.entries()) {
        row += text;
        if (piece < pieces.length - 1) next();
      }
      continue;
    }
    if (used > 0 && length > 0 && used + length > width) next();
    row += word;
  }
  next();
  return trim ? done.map((each) => each.trim()) : done;
}

/** A long word in pieces: the first of `first` columns (maybe none), the others of `width`. */
function chunks(word: string, first: number, width: number): readonly string[] {
  const characters = [...word];
  const start = Math.max(0, first);
  const pieces = [characters.slice(0, start).join("")];
  for (let at = start; at < characters.length; at += width) {
    pieces.push(characters.slice(at, at + width).join(""));
  }
  return pieces;
}

/** Puts spaces before every line that is not empty. */
export function indent(text: string, columns: number): string {
  const margin = " ".repeat(columns);
  return text
    .split("\n")
    .map((line) => (line === "" ? line : margin + line))
    .join("\n");
}
