/** How many columns a text takes in a terminal. */

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** User-perceived characters, with their width: 0, 1 or 2 columns. */
export function* graphemes(text: string): IterableIterator<{ readonly text: string; readonly width: number }> {
  if (/^[\x20-\x7e]*$/.test(text)) {
    for (const character of text) yield { text: character, width: 1 };
    return;
  }
  for (const { segment } of segmenter.segment(text)) yield { text: segment, width: graphemeWidth(segment) };
}

export function textWidth(text: string): number {
  let width = 0;
  for (const grapheme of graphemes(text)) width += grapheme.width;
  return width;
}

function graphemeWidth(segment: string): number {
  const code = segment.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 0;
  if (/^[\p{Mn}\p{Me}\u200b-\u200f\ufeff]/u.test(segment)) return 0;
  if (/\p{Emoji_Presentation}/u.test(segment) || segment.includes("\ufe0f")) return 2;
  return isWide(code) ? 2 : 1;
}

/** East Asian wide and full-width characters (Unicode's EastAsianWidth, W and F). */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0xa4cf) ||
    (code >= 0xa960 && code <= 0xa97f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff01 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/** Columns of names, filled downwards, as `ls` and completion show them; each line ends with a newline. */
export function columnize(names: readonly { text: string; width: number }[], columns: number): string {
  if (names.length === 0) return "";
  for (let rows = 1; rows <= names.length; rows++) {
    const widths: number[] = [];
    for (let at = 0; at < names.length; at += rows) {
      widths.push(Math.max(...names.slice(at, at + rows).map(({ width }) => width)));
    }
    const total = widths.reduce((sum, width) => sum + width + 2, -2);
    if (total > columns && rows < names.length) continue;
    let text = "";
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < widths.length; column++) {
        const name = names[column * rows + row];
        if (!name) break;
        const last = (column + 1) * rows + row >= names.length;
        text += last ? name.text : name.text + " ".repeat((widths[column] ?? 0) + 2 - name.width);
      }
      text += "\n";
    }
    return text;
  }
  return "";
}
