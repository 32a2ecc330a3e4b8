/** Reads a Procfile: one `type: command` a line. */

import type { ParsedProcfile } from "../control-plane/process-types";

/** Source: the parser of `heroku local`; the article on Procfiles gives the same form. */
const ENTRY = /^([A-Za-z0-9_-]+):\s*(\S.*)$/;

/**
 * Lines of another form declare nothing, as on the real platform: the build then shows `(none)` where the learner
 * expects `web`. A later line of the same type wins. Never answers `invalid`.
 */
export function parseProcfile(text: string): ParsedProcfile {
  const processTypes = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, type, command] = ENTRY.exec(line.trim()) ?? [];
    if (type && command) processTypes.set(type, command);
  }
  return { status: "parsed", processTypes: Object.fromEntries(processTypes) };
}
