/** Unified diffs with Git's headers. */

import type { Change } from "./changes";
import { compareLines, isBinary, type LineChange, splitLines } from "./diff-lines";
import { quotePath } from "./paths";
import { afterOf, beforeOf, type ReadContent } from "./summary";

export interface PatchOptions {
  readonly colour?: boolean;
  /** Lines of context; 3 by default. */
  readonly context?: number;
}

/** The whole text of `git diff` for these changes. */
export async function patch(
  changes: readonly Change[],
  read: ReadContent,
  options: PatchOptions = {},
): Promise<string> {
  let text = "";
  for (const change of changes) text += await filePatch(change, read, options);
  return text;
}

async function filePatch(change: Change, read: ReadContent, options: PatchOptions): Promise<string> {
  const before = beforeOf(change);
  const after = afterOf(change);
  if (before && after && before.mode >> 12 !== after.mode >> 12) {
    const removed = await filePatch({ kind: "deleted", path: change.path, before }, read, options);
    return removed + (await filePatch({ kind: "added", path: change.path, after }, read, options));
  }
  const paint = (code: string, line: string): string => (options.colour ? `\x1b[${code}m${line}\x1b[m` : line);
  const oldPath = change.kind === "renamed" ? change.from : change.path;
  const header = [`diff --git ${quotePath(`a/${oldPath}`)} ${quotePath(`b/${change.path}`)}`];
  const [oldMode, newMode] = [before?.mode.toString(8).padStart(6, "0"), after?.mode.toString(8).padStart(6, "0")];
  if (!before) header.push(`new file mode ${newMode}`);
  else if (!after) header.push(`deleted file mode ${oldMode}`);
  else if (oldMode !== newMode) header.push(`old mode ${oldMode}`, `new mode ${newMode}`);
  if (change.kind === "renamed") {
    header.push(
      `similarity index ${change.similarity}%`,
      `rename from ${quotePath(change.from)}`,
      `rename to ${quotePath(change.path)}`,
    );
  }
  const same = before && after && before.oid === after.oid;
  if (!same) {
    const mode = before && after && oldMode === newMode ? ` ${newMode}` : "";
    header.push(`index ${(before?.oid ?? ZERO).slice(0, 7)}..${(after?.oid ?? ZERO).slice(0, 7)}${mode}`);
  }
  const old = before && !same ? await read(before, "before", oldPath) : new Uint8Array();
  const now = after && !same ? await read(after, "after", change.path) : new Uint8Array();
  const names = [before ? quotePath(`a/${oldPath}`) : "/dev/null", after ? quotePath(`b/${change.path}`) : "/dev/null"];
  let body = "";
  if (isBinary(old) || isBinary(now)) body = `Binary files ${names[0]} and ${names[1]} differ\n`;
  else if (!same) {
    const hunks = hunksOf(compareLines(splitLines(old), splitLines(now)), splitLines(old), options.context ?? 3);
    // A name with spaces is followed by a tab, so that patch(1) knows where it ends.
    const tab = (name: string | undefined): string =>
      name?.includes(" ") && !name.startsWith('"') ? `${name}\t` : (name ?? "");
    if (hunks.length > 0) header.push(`--- ${tab(names[0])}`, `+++ ${tab(names[1])}`);
    body = hunks.map((hunk) => hunkText(hunk, paint)).join("");
  }
  return header.map((line) => `${paint("1", line)}\n`).join("") + body;
}

const ZERO = "0".repeat(40);

interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly rows: readonly { readonly mark: " " | "-" | "+"; readonly line: string }[];
  /** The line that names the function around it. */
  readonly heading: string;
}

function hunksOf(changes: readonly LineChange[], old: readonly string[], context: number): Hunk[] {
  const marks = { same: " ", removed: "-", added: "+" } as const;
  const rows = changes.flatMap(({ kind, lines }) => lines.map((line) => ({ mark: marks[kind], line }) as const));
  const changed = rows.flatMap(({ mark }, i) => (mark === " " ? [] : [i]));
  const hunks: Hunk[] = [];
  for (let first = 0; first < changed.length; ) {
    let last = first;
    while (last + 1 < changed.length && (changed[last + 1] ?? 0) - (changed[last] ?? 0) <= 2 * context + 1) last++;
    const from = Math.max(0, (changed[first] ?? 0) - context);
    const to = Math.min(rows.length, (changed[last] ?? 0) + context + 1);
    const before = rows.slice(0, from);
    const oldStart = before.filter(({ mark }) => mark !== "+").length;
    const newStart = before.filter(({ mark }) => mark !== "-").length;
    const named = old.slice(0, oldStart).findLast((line) => /^[A-Za-z_$]/.test(line));
    hunks.push({
      oldStart,
      newStart,
      rows: rows.slice(from, to),
      heading: (named ?? "").trimEnd().slice(0, 80).trimEnd(),
    });
    first = last + 1;
  }
  return hunks;
}

function hunkText(hunk: Hunk, paint: (code: string, line: string) => string): string {
  const count = (mark: "-" | "+"): number => hunk.rows.filter((row) => row.mark === " " || row.mark === mark).length;
  const span = (start: number, lines: number): string => {
    const at = lines === 0 ? start : start + 1;
    return lines === 1 ? String(at) : `${at},${lines}`;
  };
  const range = paint("36", `@@ -${span(hunk.oldStart, count("-"))} +${span(hunk.newStart, count("+"))} @@`);
  let text = `${range}${hunk.heading === "" ? "" : ` ${hunk.heading}`}\n`;
  for (const { mark, line } of hunk.rows) {
    const bare = line.endsWith("\n") ? line.slice(0, -1) : line;
    const row = `${mark}${bare}`;
    text += `${mark === "+" ? paint("32", row) : mark === "-" ? paint("31", row) : row}\n`;
    if (!line.endsWith("\n")) text += "\\ No newline at end of file\n";
  }
  return text;
}
