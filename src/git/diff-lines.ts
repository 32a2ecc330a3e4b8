/** Line by line comparison of two contents, by the `diff` package, with the shape that the porcelain needs. */

import { diffArrays } from "diff";

export interface LineChange {
  readonly kind: "same" | "removed" | "added";
  readonly lines: readonly string[];
}

const decoder = new TextDecoder();

/** As Git decides it: a NUL among the first 8000 bytes. */
export function isBinary(data: Uint8Array): boolean {
  return data.subarray(0, 8000).includes(0);
}

/** Lines with their newline; the last one may have none. */
export function splitLines(data: Uint8Array): string[] {
  return decoder.decode(data).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

export function compareLines(before: readonly string[], after: readonly string[]): LineChange[] {
  return diffArrays([...before], [...after]).map((part) => ({
    kind: part.added ? "added" : part.removed ? "removed" : "same",
    lines: part.value,
  }));
}

/** Inserted and deleted lines; undefined for binary contents. */
export function countLines(
  before: Uint8Array,
  after: Uint8Array,
): { readonly insertions: number; readonly deletions: number } | undefined {
  if (isBinary(before) || isBinary(after)) return undefined;
  let [insertions, deletions] = [0, 0];
  for (const { kind, lines } of compareLines(splitLines(before), splitLines(after))) {
    if (kind === "added") insertions += lines.length;
    if (kind === "removed") deletions += lines.length;
  }
  return { insertions, deletions };
}
