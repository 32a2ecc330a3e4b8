/** Paths as Git shows and orders them. All are relative to the root of the repository unless said otherwise. */

const encoder = new TextEncoder();

/** Order of the index and of trees: by bytes of UTF-8. */
export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const left = encoder.encode(a);
  const right = encoder.encode(b);
  const length = Math.min(left.byteLength, right.byteLength);
  for (let i = 0; i < length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.byteLength - right.byteLength;
}

const ESCAPES: Record<number, string> = {
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};

/** Quotes a path as Git does by default (core.quotePath): unusual characters as C escapes, others as they are. */
export function quotePath(path: string, quoteSpaces = false): string {
  let quoted = "";
  for (const byte of encoder.encode(path)) {
    const known = ESCAPES[byte];
    if (known) quoted += known;
    else if (byte < 32 || byte >= 127) quoted += `\\${byte.toString(8).padStart(3, "0")}`;
    else quoted += String.fromCharCode(byte);
  }
  return quoted !== path || (quoteSpaces && path.includes(" ")) ? `"${quoted}"` : path;
}

/** `path` (of the repository) as seen from `prefix`, the current directory inside the repository ("" or ending in "/"). */
export function relativePath(path: string, prefix: string): string {
  if (prefix === "") return path === "" ? "./" : path;
  const from = prefix.split("/").filter(Boolean);
  const slash = path.endsWith("/");
  const to = path.split("/").filter(Boolean);
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  const up = from.slice(common).map(() => "..");
  const relative = [...up, ...to.slice(common)].join("/");
  if (relative === "") return "./";
  return slash || to.length === common ? `${relative}/` : relative;
}
