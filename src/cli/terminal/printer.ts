/** Prints to one terminal: headers, pairs, tables, JSON on standard output; warnings and progress on standard error. */

import { renderWarning } from "../failure";
import type { Terminal } from "../ports";
import { type Meaning, Style } from "./style";
import { type Column, renderTable } from "./table";

/** Columns where nobody looks, and the fewest that a terminal may claim. */
const COLUMNS = 80;
const FEWEST_COLUMNS = 40;

export class Printer {
  readonly style: Style;

  constructor(
    private readonly terminal: Terminal,
    env: Readonly<Record<string, string>>,
    private readonly signal: AbortSignal,
  ) {
    this.style = new Style(terminal.stdout.isTerminal, env);
  }

  get isTerminal(): boolean {
    return this.terminal.stdout.isTerminal;
  }

  /** Columns of standard output. */
  get columns(): number {
    return widthOf(this.terminal.stdout.isTerminal, this.terminal.columns);
  }

  /** Columns of standard error. */
  get errorColumns(): number {
    return widthOf(this.terminal.stderr.isTerminal, this.terminal.columns);
  }

  paint(meaning: Meaning, text: string): string {
    return this.style.paint(meaning, text);
  }

  /** An app's name; with its hexagon where there are colours. */
  app(name: string): string {
    return this.style.app(name);
  }

  out(line: string): Promise<void> {
    return this.terminal.stdout.write(`${line}\n`);
  }

  err(line: string): Promise<void> {
    return this.terminal.stderr.write(`${line}\n`);
  }

  warn(message: string): Promise<void> {
    return this.terminal.stderr.write(renderWarning(this.style, this.errorColumns, message));
  }

  header(title: string): Promise<void> {
    return this.out(`${this.paint("label", "=== ")}${this.paint("label", title)}\n`);
  }

  json(value: unknown): Promise<void> {
    return this.out(JSON.stringify(value, null, 2));
  }

  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Promise<void> {
    const width = this.isTerminal ? this.terminal.columns : undefined;
    return this.terminal.stdout.write(renderTable(this.style, width, columns, rows));
  }

  /** Config vars as pairs; one without a value shows its quotes. */
  configVars(vars: Readonly<Record<string, string>>, paintKey: (key: string) => string = (key) => key): Promise<void> {
    return this.pairs(Object.entries(vars).map(([key, value]) => [paintKey(key), value === "" ? "''" : value]));
  }

  /** `Key: value`, the values aligned; a list goes on below, an empty one is left out. */
  pairs(pairs: readonly (readonly [key: string, value: string | readonly string[]])[]): Promise<void> {
    const shown = pairs.filter(([, value]) => typeof value === "string" || value.length > 0);
    const width = Math.max(0, ...shown.map(([key]) => key.length)) + 2;
    const lines = shown.flatMap(([key, value]) => {
      const [first = "", ...rest] = typeof value === "string" ? [value] : value;
      const start = `${this.paint("label", key)}:${" ".repeat(width - key.length - 1)}`;
      return [start + first, ...rest.map((each) => " ".repeat(width) + each)];
    });
    return this.out(lines.join("\n"));
  }

  /**
   * `Verb thing... done` on standard error. A terminal shows it at once and sees the line rewritten at the end.
   * @param work returns the value, and what stands after the dots if it is not `done`
   */
  async action<Value>(message: string, work: () => Promise<readonly [value: Value, done?: string]>): Promise<Value> {
    const { stderr } = this.terminal;
    const end = (status: string) => {
      const rewind = stderr.isTerminal ? "\u001b[G\u001b[1A\u001b[J" : "";
      return stderr.write(`${rewind}${stderr.isTerminal ? `${message}...` : ""} ${status}\n`);
    };
    await stderr.write(`${message}...${stderr.isTerminal ? "\n" : ""}`);
    try {
      const [value, done = "done"] = await work();
      await end(done);
      return value;
    } catch (error) {
      if (!this.signal.aborted) await end(this.style.attribute("bold", this.style.attribute("red", "!")));
      throw error;
    }
  }
}

function widthOf(isTerminal: boolean, columns: number): number {
  return isTerminal && columns > 0 ? Math.max(FEWEST_COLUMNS, columns) : COLUMNS;
}
