/** The short account of a set of changes: `N files changed …`, `create mode …`, and the `--stat` histogram. */

import type { Change } from "./changes";
import { countLines } from "./diff-lines";
import type { ObjectStore, TreeFile } from "./objects";
import { quotePath } from "./paths";

export interface FileStat {
  readonly change: Change;
  /** Undefined counts mean binary; sizes in bytes. */
  readonly counts: { readonly insertions: number; readonly deletions: number } | undefined;
  readonly sizeBefore: number;
  readonly sizeAfter: number;
}

export type ReadContent = (file: TreeFile, side: "before" | "after", path: string) => Promise<Uint8Array>;

/** Contents from the object store only; a nested repository reads as Git prints it. */
export function storedContent(objects: ObjectStore): ReadContent {
  return async (file) =>
    file.mode === 0o160000 ? new TextEncoder().encode(`Subproject commit ${file.oid}\n`) : objects.blob(file.oid);
}

export function beforeOf(change: Change): TreeFile | undefined {
  return change.kind === "added" ? undefined : change.before;
}

export function afterOf(change: Change): TreeFile | undefined {
  return change.kind === "deleted" ? undefined : change.after;
}

export async function fileStats(changes: readonly Change[], read: ReadContent): Promise<FileStat[]> {
  const stats: FileStat[] = [];
  for (const change of changes) {
    const before = beforeOf(change);
    const after = afterOf(change);
    const oldPath = change.kind === "renamed" ? change.from : change.path;
    const old = before ? await read(before, "before", oldPath) : new Uint8Array();
    const now = after ? await read(after, "after", change.path) : new Uint8Array();
    const same = before && after && before.oid === after.oid;
    const counts = same ? { insertions: 0, deletions: 0 } : countLines(old, now);
    stats.push({ change, counts, sizeBefore: old.byteLength, sizeAfter: now.byteLength });
  }
  return stats;
}

/** ` 2 files changed, 5 insertions(+), 1 deletion(-)` and newline; empty without changes. */
export function shortStat(stats: readonly FileStat[]): string {
  if (stats.length === 0) return "";
  const insertions = stats.reduce((sum, { counts }) => sum + (counts?.insertions ?? 0), 0);
  const deletions = stats.reduce((sum, { counts }) => sum + (counts?.deletions ?? 0), 0);
  let text = ` ${stats.length} file${stats.length === 1 ? "" : "s"} changed`;
  if (insertions > 0 || deletions === 0) text += `, ${insertions} insertion${insertions === 1 ? "" : "s"}(+)`;
  if (deletions > 0 || insertions === 0) text += `, ${deletions} deletion${deletions === 1 ? "" : "s"}(-)`;
  return `${text}\n`;
}

/** ` create mode 100644 app.py` and its like, one line each. */
export function modeSummary(changes: readonly Change[]): string {
  let text = "";
  for (const change of changes) {
    const before = beforeOf(change)?.mode.toString(8);
    const after = afterOf(change)?.mode.toString(8);
    const path = quotePath(change.path, false);
    if (change.kind === "added") text += ` create mode ${after} ${path}\n`;
    else if (change.kind === "deleted") text += ` delete mode ${before} ${path}\n`;
    else if (change.kind === "renamed") {
      text += ` rename ${shortRename(change.from, change.path)} (${change.similarity}%)\n`;
      if (before !== after) text += ` mode change ${before} => ${after}\n`;
    } else if (before !== after) text += ` mode change ${before} => ${after} ${path}\n`;
  }
  return text;
}

/** `src/{a.py => b.py}`: what both names share is said once. */
export function shortRename(from: string, to: string): string {
  if (quotePath(from) !== from || quotePath(to) !== to) return `${quotePath(from)} => ${quotePath(to)}`;
  let start = 0;
  for (let i = 0; i < from.length && i < to.length && from[i] === to[i]; i++) if (from[i] === "/") start = i + 1;
  let end = 0;
  // The shared end may begin with the slash that ended the shared start: `a/{b => }/c`.
  const limit = Math.min(from.length, to.length) - (start > 0 ? start - 1 : 0);
  for (let i = 1; i <= limit && from.at(-i) === to.at(-i); i++) if (from.at(-i) === "/") end = i;
  if (start === 0 && end === 0) return `${from} => ${to}`;
  const middle = (path: string): string => path.slice(start, Math.max(start, path.length - end));
  return `${from.slice(0, start)}{${middle(from)} => ${middle(to)}}${end > 0 ? from.slice(from.length - end) : ""}`;
}

/** The histogram of `--stat`, with its last line. @param width columns of the terminal. */
export function statHistogram(stats: readonly FileStat[], width = 80): string {
  if (stats.length === 0) return "";
  const names = stats.map(({ change }) =>
    change.kind === "renamed" ? shortRename(change.from, change.path) : quotePath(change.path),
  );
  const totals = stats.map(({ counts }) => (counts ? counts.insertions + counts.deletions : 0));
  const largest = Math.max(...totals);
  const binary = stats.some(({ counts }) => !counts);
  const numberWidth = Math.max(String(largest).length, binary ? 3 : 0);
  const longest = Math.max(...names.map((name) => name.length));
  // Proportions of Git's show_stats: the name gets at most what the graph (three eighths) leaves.
  let graph = largest;
  let nameWidth = longest;
  if (nameWidth + numberWidth + 6 + graph > width) {
    graph = Math.min(graph, Math.max(6, Math.floor((width * 3) / 8) - numberWidth - 6));
    if (nameWidth > width - numberWidth - 6 - graph) nameWidth = width - numberWidth - 6 - graph;
    else graph = width - numberWidth - 6 - nameWidth;
  }
  const scale = (count: number): number => {
    if (largest <= graph) return count;
    return count === 0 ? 0 : 1 + Math.floor((count * (graph - 1)) / largest);
  };
  let text = "";
  stats.forEach(({ counts, sizeBefore, sizeAfter }, i) => {
    const full = names[i] ?? "";
    const name = full.length > nameWidth ? shorten(full, nameWidth) : full;
    text += ` ${name.padEnd(nameWidth)} | `;
    if (!counts) {
      text += `${"Bin".padStart(numberWidth)} ${sizeBefore} -> ${sizeAfter} bytes\n`;
      return;
    }
    const total = counts.insertions + counts.deletions;
    let plus = counts.insertions;
    let minus = counts.deletions;
    if (largest > graph) {
      const all = Math.max(scale(total), plus > 0 && minus > 0 ? 2 : 0);
      if (plus < minus) {
        plus = scale(plus);
        minus = all - plus;
      } else {
        minus = scale(minus);
        plus = all - minus;
      }
    }
    text += `${String(total).padStart(numberWidth)}${total > 0 ? " " : ""}${"+".repeat(plus)}${"-".repeat(minus)}\n`;
  });
  return text + shortStat(stats);
}

function shorten(name: string, width: number): string {
  const tail = name.slice(name.length - (width - 3));
  const slash = tail.indexOf("/");
  return `...${slash >= 0 ? tail.slice(slash) : tail}`;
}
