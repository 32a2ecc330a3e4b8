/** What `git push` prints: progress of the pack, the remote's lines, the table of references, advice. */

import type { OutgoingPack } from "./pack";

/** Threads that Git would use for deltas. */
const THREADS = typeof navigator === "undefined" ? 1 : (navigator.hardwareConcurrency ?? 1);

/** The lines that are left standing when the progress of Git has ended. @param elapsed milliseconds of writing. */
export function packProgress(pack: OutgoingPack, elapsed: number): string {
  const part = (count: number): string => `100% (${count}/${count})`;
  let text = `Enumerating objects: ${pack.counted}, done.\nCounting objects: ${part(pack.counted)}, done.\n`;
  if (pack.compressed > 0) {
    if (THREADS > 1) text += `Delta compression using up to ${THREADS} threads\n`;
    text += `Compressing objects: ${part(pack.compressed)}, done.\n`;
  }
  const size = pack.bytes.byteLength;
  // Git measures in units of 1/1024 s, and never less than one.
  const rate = (size * 1024) / Math.max(1, Math.round((elapsed / 1000) * 1024));
  text += `Writing objects: ${part(pack.written)}, ${humanBytes(size)} | ${humanBytes(rate)}/s, done.\n`;
  return `${text}Total ${pack.written} (delta 0), reused 0 (delta 0), pack-reused 0 (from 0)\n`;
}

function humanBytes(bytes: number): string {
  if (bytes > 2 ** 20) return `${(bytes / 2 ** 20).toFixed(2)} MiB`;
  if (bytes > 2 ** 10) return `${(bytes / 2 ** 10).toFixed(2)} KiB`;
  return `${Math.round(bytes)} bytes`;
}

/**
 * Turns the side band's text into lines that start with `remote: ` (sideband.c): on a terminal each one clears the rest
 * of its line, elsewhere eight spaces cover what may have stood there.
 */
export class RemoteLines {
  private partial: string | undefined;

  constructor(private readonly terminal: boolean) {}

  /** Complete lines, ready to print. */
  feed(text: string): string {
    let printed = "";
    for (const piece of text.match(/[^\r\n]*[\r\n]|[^\r\n]+$/g) ?? []) {
      const end = /[\r\n]$/.exec(piece)?.[0];
      const line = (this.partial ?? "") + (end === undefined ? piece : piece.slice(0, -1));
      if (end === undefined) this.partial = line;
      else {
        printed += this.line(line) + end;
        this.partial = undefined;
      }
    }
    return printed;
  }

  /** What is left when the connection ends in the middle of a line. */
  end(): string {
    return this.partial === undefined ? "" : `${this.line(this.partial)}\n`;
  }

  private line(text: string): string {
    return text === "" ? "remote: " : `remote: ${text}${this.terminal ? "\x1b[K" : "        "}`;
  }
}

export interface RefRow {
  readonly flag: " " | "*" | "+" | "-" | "!" | "=";
  /** `00aac79..73fc7a7`, `[new branch]`, `[rejected]` … */
  readonly summary: string;
  /** Undefined for a deletion. */
  readonly from: string | undefined;
  readonly to: string;
  readonly note?: string;
}

/** One line of the table under `To <url>`. */
export function refRow(row: RefRow, width = 17): string {
  const names = row.from === undefined ? row.to : `${row.from} -> ${row.to}`;
  return ` ${row.flag} ${row.summary.padEnd(width)} ${names}${row.note ? ` (${row.note})` : ""}\n`;
}

export const BEHIND = `hint: Updates were rejected because the tip of your current branch is behind
hint: its remote counterpart. If you want to integrate the remote changes,
hint: use 'git pull' before pushing again.
hint: See the 'Note about fast-forwards' in 'git push --help' for details.
`;

export const BEHIND_OTHER = `hint: Updates were rejected because a pushed branch tip is behind its remote
hint: counterpart. If you want to integrate the remote changes, use 'git pull'
hint: before pushing again.
hint: See the 'Note about fast-forwards' in 'git push --help' for details.
`;

export const FETCH_FIRST = `hint: Updates were rejected because the remote contains work that you do not
hint: have locally. This is usually caused by another repository pushing to
hint: the same ref. If you want to integrate the remote changes, use
hint: 'git pull' before pushing again.
hint: See the 'Note about fast-forwards' in 'git push --help' for details.
`;

export const TAG_EXISTS = "hint: Updates were rejected because the tag already exists in the remote.\n";
