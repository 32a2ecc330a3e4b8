/** How the buildpack writes: steps, indented output of its tools, and ` !     ` blocks. */

import type { BuildOutput } from "../../ports";

/** `-----> text` */
export function step(output: BuildOutput, text: string): void {
  output.line(`-----> ${text}`);
}

/** Output of a tool that the build runs. */
export function indented(output: BuildOutput, text: string): void {
  output.line(`       ${text}`);
}

/** An error, warning or note: an empty line before and after, every line behind ` !     `, empty ones too. */
export function block(output: BuildOutput, lines: readonly string[]): void {
  output.line("");
  for (const line of lines) output.line(` !     ${line}`);
  output.line("");
}

/** Text of a template literal as lines, without its first and last line break. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/^\n/, "").replace(/\n$/, "").split("\n");
}
