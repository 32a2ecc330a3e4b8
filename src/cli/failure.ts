/** How a command ends when it cannot do what it was asked. */

import type { Style } from "./terminal/style";
import { indent, wrap } from "./terminal/wrap";

/** The one exception of this CLI: ends the command with a message on standard error and an exit code. */
export class CliError extends Error {
  constructor(
    message: string,
    /** `framed` is a message of the parser, of the API or of the command; `plain` an error that it lets fall. */
    readonly look: "framed" | "plain" = "framed",
    readonly exitCode = look === "framed" ? 2 : 1,
    /** Shows usage, arguments and flags of the command below. */
    readonly withHelp = false,
  ) {
    super(message);
    this.name = "CliError";
  }
}

/** What stands left and right of a message. */
const MARGINS = 6;

/** @param width columns of standard error */
export function renderFailure(style: Style, width: number, { look, message }: CliError): string {
  if (look === "plain") return `${indent(wrap(`Error: ${message}`, width - MARGINS, "keep"), 4)}\n`;
  return framed(style.attribute("red", "›"), width, `Error: ${message}`);
}

export function renderWarning(style: Style, width: number, message: string): string {
  return framed(style.attribute("yellow", "›"), width, `Warning: ${message}`);
}

function framed(mark: string, width: number, text: string): string {
  return `${wrap(text, width - MARGINS, "keep")
    .split("\n")
    .map((line) => ` ${mark}${line === "" ? "" : `   ${line}`}\n`)
    .join("")}`;
}
