/** How the CLI prints: error frames, actions, headers, tables, colours. Layouts as version 11 of the real one. */

import type { Output, Terminal } from "./ports";

/** Ends the command with a framed message on standard error and an exit code. */
export class CliError extends Error {
  constructor(
    message: string,
    /** `framed` is oclif's ` ›   Error: …`; `plain` is what a command itself throws. */
    readonly style: "framed" | "plain" = "framed",
    readonly exitCode = style === "framed" ? 2 : 1,
    /** More text under the frame, e.g. the command's help. */
    readonly after = "",
  ) {
    super(message);
  }
}

const WIDTH = 80;
/** Columns left of the text in a frame. */
const FRAME = " ›   ";

/** Breaks a line at spaces so that no part is longer than `width`, where words allow. */
function wrap(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const cut = rest.lastIndexOf(" ", width);
    if (cut <= indent.length) break;
    // The space at which it breaks stays at the end of the line, as the real one prints it.
    lines.push(rest.slice(0, cut + 1).replace(/ +$/, " "));
    rest = rest.slice(cut + 1);
  }
  return [...lines, rest];
}

/** ` ›   Error: text`, every line framed. */
export function frame(kind: "Error" | "Warning", message: string): string {
  const lines = `${kind}: ${message}`.split("\n").flatMap((line) => wrap(line, WIDTH - FRAME.length - 1));
  return `${lines.map((line) => (line === "" ? " ›" : `${FRAME}${line}`)).join("\n")}\n`;
}

/** `    Error: text`, the way an error thrown by a command is shown. */
export function plainError(message: string): string {
  return `${`Error: ${message}`
    .split("\n")
    .flatMap((line) => wrap(line, WIDTH - 8))
    .map((line) => `    ${line}`)
    .join("\n")}\n`;
}

/** ANSI-256 colours by meaning. */
const COLOURS = {
  app: "38;5;147",
  info: "38;5;43",
  success: "38;5;40",
  warning: "38;5;214",
  failure: "38;2;255;135;135",
  user: "38;2;80;211;213",
  bold: "1",
  dim: "2",
} as const;
export type Colour = keyof typeof COLOURS;

/** Prints to one terminal; plain when it is not one, or when NO_COLOR says so. */
export class Printer {
  constructor(
    private readonly terminal: Terminal,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  out(text: string): Promise<void> {
    return this.terminal.stdout.write(`${text}\n`);
  }

  err(text: string): Promise<void> {
    return this.terminal.stderr.write(`${text}\n`);
  }

  warn(message: string): Promise<void> {
    return this.terminal.stderr.write(frame("Warning", message));
  }

  colour(colour: Colour, text: string, output: Output = this.terminal.stdout): string {
    return this.hasColour(output) ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
  }

  /** An app's name: with its hexagon where there are colours. */
  app(name: string, output: Output = this.terminal.stdout): string {
    return this.hasColour(output) ? this.colour("app", `⬢ ${name}`, output) : name;
  }

  appOnError(name: string): string {
    return this.app(name, this.terminal.stderr);
  }

  async header(title: string): Promise<void> {
    await this.out(`${this.colour("dim", "===")} ${this.colour("bold", title)}\n`);
  }

  /**
   * `Verb thing... done` on standard error; on a terminal the line appears at once and is rewritten at the end.
   * `work` may return what follows `done`, e.g. `, v6`.
   */
  async action<T>(message: string, work: () => Promise<{ done?: string; value: T }>): Promise<T> {
    const { stderr } = this.terminal;
    if (stderr.isTerminal) await stderr.write(`${message}...\n`);
    const rewind = stderr.isTerminal ? "\u001b[G\u001b[1A\u001b[J" : "";
    try {
      const { done, value } = await work();
      await stderr.write(`${rewind}${message}... ${done ?? "done"}\n`);
      return value;
    } catch (error) {
      await stderr.write(`${rewind}${message}... !\n`);
      throw error;
    }
  }

  /** Columns by three spaces, a ruler under the header, an empty line after it. */
  async table(columns: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
    const widths = columns.map((title, index) =>
      Math.max(visible(title), ...rows.map((row) => visible(row[index] ?? ""))),
    );
    const line = (cells: readonly string[]) =>
      `  ${cells.map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - visible(cell))).join("   ")}`.trimEnd();
    const ruler = widths.reduce((sum, width) => sum + width + 3, -3) + 2;
    await this.out([line(columns), ` ${"─".repeat(ruler)}`, ...rows.map(line), ""].join("\n"));
  }

  /** `Key: value` with the values aligned. */
  async pairs(pairs: readonly (readonly [key: string, value: string])[]): Promise<void> {
    const width = Math.max(0, ...pairs.map(([key]) => key.length)) + 2;
    for (const [key, value] of pairs) await this.out(`${`${key}:`.padEnd(width)}${value}`);
  }

  private hasColour(output: Output): boolean {
    return output.isTerminal && this.env.NO_COLOR === undefined && this.env.HEROKU_THEME !== "simple";
  }
}

const COLOUR_SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Length of a text on the screen, without escape sequences. */
function visible(text: string): number {
  return [...text.replace(COLOUR_SEQUENCE, "")].length;
}

const two = (value: number) => String(value).padStart(2, "0");

/** `2026/11/23 15:06:28 +0000 (~ 5m ago)`; the part in brackets up to 25 hours. */
export function since(iso: string, now: number): string {
  const then = new Date(iso);
  const date = `${then.getUTCFullYear()}/${two(then.getUTCMonth() + 1)}/${two(then.getUTCDate())}`;
  const time = `${two(then.getUTCHours())}:${two(then.getUTCMinutes())}:${two(then.getUTCSeconds())}`;
  const seconds = Math.max(0, Math.floor((now - then.getTime()) / 1000));
  const ago = (text: string) => ` (~ ${text} ago)`;
  const suffix =
    seconds < 60
      ? ago(`${seconds}s`)
      : seconds < 3600
        ? ago(`${Math.floor(seconds / 60)}m`)
        : seconds < 25 * 3600
          ? ago(`${Math.floor(seconds / 3600)}h`)
          : "";
  return `${date} ${time} +0000${suffix}`;
}
