/** A small terminal: enough of a VT to see what a person sees. */

import { textWidth } from "../../../src/shell/width";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export class Screen {
  private rows: string[][] = [[]];
  private row = 0;
  private column = 0;
  /** All bytes as text. */
  raw = "";
  private wake: () => void = () => undefined;
  private readonly decoder = new TextDecoder();

  constructor(private readonly columns: number) {}

  /** Takes what the terminal session sends. */
  readonly take = (bytes: Uint8Array): void => {
    const text = this.decoder.decode(bytes, { stream: true });
    this.raw += text;
    this.write(text);
    this.wake();
  };

  /** What is seen, without blanks at the ends. */
  text(): string {
    return this.rows
      .map((cells) =>
        Array.from(cells, (cell) => cell ?? " ")
          .join("")
          .trimEnd(),
      )
      .join("\n")
      .trimEnd();
  }

  /** Row and column of the cursor, from 0; a column past the end is a row that waits with wrapping. */
  cursor(): [number, number] {
    return [this.row, this.column];
  }

  /** Resolves when what is seen satisfies the condition. */
  async until(condition: (text: string) => boolean): Promise<string> {
    while (!condition(this.text())) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.text();
  }

  private write(text: string): void {
    const pattern = new RegExp(`${"\x1b"}\\[([0-9;?]*)([A-Za-z])|[\\r\\n\\b\\x07]|[^${"\x1b"}\\r\\n\\b\\x07]+`, "g");
    for (const [whole, numbers = "", letter] of text.matchAll(pattern)) {
      if (letter !== undefined) this.control(letter, Number(numbers.split(";")[0] || 0));
      else if (whole === "\r") this.column = 0;
      else if (whole === "\n") this.down(1);
      else if (whole === "\b") this.column = Math.max(0, Math.min(this.column, this.columns - 1) - 1);
      else if (whole !== "\x07") for (const { segment } of segmenter.segment(whole)) this.put(segment);
    }
  }

  private put(segment: string): void {
    const width = textWidth(segment);
    if (this.column + width > this.columns) {
      this.down(1);
      this.column = 0;
    }
    const cells = this.cells();
    while (cells.length < this.column) cells.push(" ");
    cells[this.column] = segment;
    if (width === 2) cells[this.column + 1] = "";
    this.column += width;
  }

  private control(letter: string, number: number): void {
    // A cursor that waits with wrapping stands on the last column.
    const column = Math.min(this.column, this.columns - 1);
    const count = Math.max(1, number);
    if (letter === "A") this.row = Math.max(0, this.row - count);
    else if (letter === "B") this.down(count);
    else if (letter === "C") this.column = Math.min(this.columns - 1, column + count);
    else if (letter === "D") this.column = Math.max(0, column - count);
    else if (letter === "H") {
      this.row = 0;
      this.column = 0;
    } else if (letter === "J" && number === 0) {
      this.cells().length = Math.min(this.cells().length, this.column);
      this.rows.length = this.row + 1;
    } else if (letter === "J") this.rows = this.rows.map(() => []);
  }

  private down(count: number): void {
    this.row += count;
    while (this.rows.length <= this.row) this.rows.push([]);
  }

  private cells(): string[] {
    const cells = this.rows[this.row] ?? [];
    this.rows[this.row] = cells;
    return cells;
  }
}
