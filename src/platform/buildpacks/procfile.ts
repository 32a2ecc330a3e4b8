/** Reads a Procfile: one `type: command` a line. */

import type { ParsedProcfile } from "../control-plane/process-types";

const ENTRY = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;

/**
 * Blank lines and lines that begin with `#` are skipped; a later line of the same type wins, as with a YAML-like map.
 * A line that is neither is reported with its number.
 */
export function parseProcfile(text: string): ParsedProcfile {
  const processTypes = new Map<string, string>();
  const wrong: string[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [, type, command] = ENTRY.exec(line) ?? [];
    if (type && command) processTypes.set(type, command);
    else wrong.push(`  line ${index + 1}: ${line}`);
  }
  if (wrong.length > 0) {
    return { status: "invalid", lines: ["A Procfile line must read '<type>: <command>'; these don't:", ...wrong] };
  }
  return { status: "parsed", processTypes: Object.fromEntries(processTypes) };
}
