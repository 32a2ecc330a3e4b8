/** The line being typed: editing, history, completion, and its drawing in the terminal. */

import type { Key } from "./keys";
import { columnize, graphemes, textWidth } from "./width";

export type Outcome =
  | { readonly kind: "editing" }
  | { readonly kind: "entered"; readonly text: string }
  | { readonly kind: "interrupted" };

/** What Tab can put in place of the text from `from` to the cursor. */
export interface Completion {
  readonly from: number;
  readonly candidates: readonly {
    /** What is inserted, quoted as needed. */
    readonly text: string;
    /** What the list shows. */
    readonly label: string;
    /** Nothing more can follow in this word. */
    readonly final: boolean;
  }[];
}

export interface LineEditorOptions {
  write(text: string): void;
  readonly history: readonly string[];
  complete(text: string, cursor: number): Completion;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const EDITING: Outcome = { kind: "editing" };
const BELL = "\x07";

export class LineEditor {
  private prompt = "";
  private columns = 80;
  private text = "";
  private cursor = 0;
  /** Row, from the prompt's first, where the terminal's cursor is. */
  private row = 0;
  private killed = "";
  /** Index in the history; its length stands for the line that is being written. */
  private historyAt = 0;
  private draft = "";

  constructor(private readonly options: LineEditorOptions) {}

  /** Starts a line; the prompt may hold colours, and text that already stands on the row. */
  begin(prompt: string, columns: number): void {
    this.prompt = prompt;
    this.columns = columns;
    this.text = "";
    this.cursor = 0;
    this.row = 0;
    this.historyAt = this.options.history.length;
    this.draft = "";
    this.draw();
  }

  /** The terminal was resized and has wrapped its rows anew. */
  resize(columns: number): void {
    this.columns = columns;
    this.row = this.place(this.cursor).row;
    this.draw();
  }

  key(key: Key): Outcome {
    if (key.kind === "text") {
      this.insert(key.text);
      return EDITING;
    }
    switch (key.name) {
      case "enter":
        this.moveTo(this.text.length);
        this.options.write("\r\n");
        return { kind: "entered", text: this.text };
      case "interrupt":
        this.moveTo(this.text.length);
        this.options.write("^C\r\n");
        return { kind: "interrupted" };
      case "end-of-file":
        if (this.text === "") this.options.write(BELL);
        else this.remove(this.cursor, this.after(this.cursor));
        break;
      case "backspace":
        this.remove(this.before(this.cursor), this.cursor);
        break;
      case "delete":
        this.remove(this.cursor, this.after(this.cursor));
        break;
      case "left":
        this.moveTo(this.before(this.cursor));
        break;
      case "right":
        this.moveTo(this.after(this.cursor));
        break;
      case "home":
        this.moveTo(0);
        break;
      case "end":
        this.moveTo(this.text.length);
        break;
      case "word-left":
        this.moveTo(this.wordLeft());
        break;
      case "word-right":
        this.moveTo(this.wordRight());
        break;
      case "delete-word":
        this.kill(this.wordLeft(), this.cursor);
        break;
      case "delete-word-right":
        this.kill(this.cursor, this.wordRight());
        break;
      case "delete-blank-word":
        this.kill(/\S*\s*$/.exec(this.text.slice(0, this.cursor))?.index ?? 0, this.cursor);
        break;
      case "kill":
        this.kill(this.cursor, this.text.length);
        break;
      case "kill-all":
        this.kill(0, this.cursor);
        break;
      case "yank":
        this.insert(this.killed);
        break;
      case "up":
        this.recall(this.historyAt - 1);
        break;
      case "down":
        this.recall(this.historyAt + 1);
        break;
      case "clear":
        this.options.write("\x1b[H\x1b[2J");
        this.row = 0;
        this.draw();
        break;
      case "tab":
        this.complete();
        break;
      case "cancel":
        break;
    }
    return EDITING;
  }

  private insert(text: string): void {
    if (text === "") return;
    const atEnd = this.cursor === this.text.length;
    const before = this.place(this.cursor);
    this.text = this.text.slice(0, this.cursor) + text + this.text.slice(this.cursor);
    this.cursor += text.length;
    const after = this.place(this.cursor);
    // The common case, typing at the end of a row, needs no drawing anew. A combining character changes its base.
    if (atEnd && after.row === before.row && after.column === before.column + textWidth(text)) this.options.write(text);
    else this.draw();
  }

  private remove(from: number, to: number): void {
    if (from === to) return;
    this.text = this.text.slice(0, from) + this.text.slice(to);
    this.cursor = from;
    this.draw();
  }

  private kill(from: number, to: number): void {
    if (from < to) this.killed = this.text.slice(from, to);
    this.remove(from, to);
  }

  private recall(index: number): void {
    const { history } = this.options;
    if (index < 0 || index > history.length) {
      this.options.write(BELL);
      return;
    }
    if (this.historyAt === history.length) this.draft = this.text;
    this.historyAt = index;
    this.text = index === history.length ? this.draft : (history[index] ?? "");
    this.cursor = this.text.length;
    this.draw();
  }

  private complete(): void {
    const { from, candidates } = this.options.complete(this.text, this.cursor);
    const [first] = candidates;
    if (!first) {
      this.options.write(BELL);
      return;
    }
    const typed = this.text.slice(from, this.cursor);
    const common = candidates.length === 1 ? first.text + (first.final ? " " : "") : commonStart(candidates);
    if (common !== typed && common.length >= typed.length) {
      const rest = this.text.slice(this.cursor);
      this.text = this.text.slice(0, from) + common + rest;
      this.cursor = from + common.length;
      this.draw();
      return;
    }
    if (candidates.length === 1) return;
    const { cursor } = this;
    this.moveTo(this.text.length);
    const list = candidates.map(({ label }) => ({ text: label, width: textWidth(label) }));
    this.options.write(`\r\n${columnize(list, this.columns).replaceAll("\n", "\r\n")}`);
    this.cursor = cursor;
    this.row = 0;
    this.draw();
  }

  private before(index: number): number {
    const last = [...graphemes(this.text.slice(0, index))].at(-1);
    return index - (last?.text.length ?? 0);
  }

  private after(index: number): number {
    for (const { text } of graphemes(this.text.slice(index))) return index + text.length;
    return index;
  }

  private wordLeft(): number {
    return /[\p{L}\p{N}_]*[^\p{L}\p{N}_]*$/u.exec(this.text.slice(0, this.cursor))?.index ?? 0;
  }

  private wordRight(): number {
    return this.cursor + (/^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(this.text.slice(this.cursor))?.[0].length ?? 0);
  }

  /** Where a position of the text is shown. */
  private place(index: number): Place {
    let row = 0;
    let column = 0;
    const visible = `${stripStyle(this.prompt)}${this.text.slice(0, index)}`;
    for (const { text, width } of graphemes(visible)) {
      if (text === "\n" || text === "\r\n") {
        row++;
        column = 0;
        continue;
      }
      if (text === "\t") {
        column = Math.min(this.columns - 1, column - (column % 8) + 8);
        continue;
      }
      // A wide character that does not fit goes to the next row whole.
      if (column + width > this.columns) {
        row++;
        column = 0;
      }
      column += width;
      if (column === this.columns) {
        row++;
        column = 0;
      }
    }
    return { row, column };
  }

  /** Moves the terminal's cursor without drawing. */
  private moveTo(index: number): void {
    const from = this.place(this.cursor);
    const to = this.place(index);
    this.cursor = index;
    this.options.write(moves(from, to));
    this.row = to.row;
  }

  private draw(): void {
    const up = this.row > 0 ? `\x1b[${this.row}A` : "";
    const end = this.place(this.text.length);
    const at = this.place(this.cursor);
    // At the right border a terminal waits with wrapping: a space makes it, and CR goes back over it.
    const wrap = end.column === 0 && end.row > 0 && !this.text.endsWith("\n") ? " \r" : "";
    this.options.write(`${up}\r\x1b[J${this.prompt}${this.text.replaceAll("\n", "\r\n")}${wrap}${moves(end, at)}`);
    this.row = at.row;
  }
}

function moves(from: Place, to: Place): string {
  let text = "";
  if (to.row < from.row) text += `\x1b[${from.row - to.row}A`;
  if (to.row > from.row) text += `\x1b[${to.row - from.row}B`;
  if (to.column < from.column) text += `\x1b[${from.column - to.column}D`;
  if (to.column > from.column) text += `\x1b[${to.column - from.column}C`;
  return text;
}

function commonStart(candidates: readonly { readonly text: string }[]): string {
  const texts = candidates.map(({ text }) => text);
  let common = texts[0] ?? "";
  for (const text of texts) while (!text.startsWith(common)) common = common.slice(0, -1);
  return common;
}

/** Without colours. */
function stripStyle(text: string): string {
  return text.replace(STYLE, "");
}

const STYLE = new RegExp(`${"\x1b"}\\[[0-9;]*m`, "g");
