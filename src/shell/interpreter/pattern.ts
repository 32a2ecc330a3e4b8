/** Shell patterns: `*`, `?`, `[…]`, extended ones; as regular expressions and as paths. */

import { type FileTree, resolvePath } from "../../files/tree";

const CLASSES: Record<string, string> = {
  alnum: "\\p{L}\\p{N}",
  alpha: "\\p{L}",
  digit: "0-9",
  lower: "\\p{Ll}",
  upper: "\\p{Lu}",
  space: "\\s",
  blank: " \\t",
  punct: "!-\\/:-@\\[-`{-~",
  xdigit: "0-9A-Fa-f",
  word: "\\w",
};

/** Makes every character of a text stand for itself. */
export function quotePattern(text: string): string {
  return text.replace(/[\\*?[\]!@+(){}|^-]/g, "\\$&");
}

/** True if the pattern has a special character that is not quoted. */
export function isPattern(pattern: string): boolean {
  return /(^|[^\\])(\\\\)*([*?]|\[|[@+!]\()/.test(pattern);
}

export function unquotePattern(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, "$1");
}

function bracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let at = start + 1;
  let source = "";
  const negated = pattern[at] === "!" || pattern[at] === "^";
  if (negated) at++;
  for (let first = true; at < pattern.length; first = false, at++) {
    const character = pattern[at] ?? "";
    if (character === "]" && !first) return { source: `[${negated ? "^" : ""}${source}]`, end: at + 1 };
    if (character === "[" && pattern[at + 1] === ":") {
      const end = pattern.indexOf(":]", at);
      const known = end > 0 ? CLASSES[pattern.slice(at + 2, end)] : undefined;
      if (known) {
        source += known;
        at = end + 1;
        continue;
      }
    }
    if (character === "\\" && at + 1 < pattern.length) {
      at++;
      source += `\\${pattern[at]}`.replace(/\\([A-Za-z0-9\u0080-\uffff])/, "$1");
    } else if (character === "-") source += "-";
    else source += character.replace(/[\\\][^&~|]/, "\\$&");
  }
  return undefined;
}

/**
 * Source of the regular expression that matches the same texts.
 * @param options `path`: wildcards do not match `/`; `lazy`: as little as possible, for `#` and `%`
 */
export function patternSource(pattern: string, options: { path?: boolean; lazy?: boolean } = {}): string {
  const any = options.path ? "[^/]" : "[\\s\\S]";
  let source = "";
  let at = 0;
  while (at < pattern.length) {
    const character = pattern[at] ?? "";
    if (/[?*+@!]/.test(character) && pattern[at + 1] === "(") {
      const end = closing(pattern, at + 1);
      if (end > 0) {
        const choices = alternatives(pattern.slice(at + 2, end))
          .map((each) => patternSource(each, options))
          .join("|");
        if (character === "!") source += `(?!(?:${choices})$)${any}*`;
        else source += `(?:${choices})${{ "?": "?", "*": "*", "+": "+", "@": "" }[character]}`;
        at = end + 1;
        continue;
      }
    }
    if (character === "*") {
      source += `${any}*${options.lazy ? "?" : ""}`;
      at++;
    } else if (character === "?") {
      source += any;
      at++;
    } else if (character === "[") {
      const found = bracket(pattern, at);
      source += found ? found.source : "\\[";
      at = found ? found.end : at + 1;
    } else {
      const literal = character === "\\" && at + 1 < pattern.length ? (pattern[++at] ?? "") : character;
      source += literal.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
      at++;
    }
  }
  return source;
}

function closing(pattern: string, open: number): number {
  let depth = 0;
  for (let at = open; at < pattern.length; at++) {
    if (pattern[at] === "\\") at++;
    else if (pattern[at] === "(") depth++;
    else if (pattern[at] === ")" && --depth === 0) return at;
  }
  return -1;
}

function alternatives(text: string): string[] {
  const result: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "(") depth++;
    else if (text[at] === ")") depth--;
    else if (text[at] === "|" && depth === 0) {
      result.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...result, text.slice(from)];
}

/** Matches whole texts. A pattern that makes no sense (a range turned round) matches itself. */
function patternExpression(pattern: string, options: { path?: boolean } = {}): RegExp {
  try {
    return new RegExp(`^(?:${patternSource(pattern, options)})$`, "u");
  } catch {
    return new RegExp(`^${patternSource(quotePattern(pattern))}$`, "u");
  }
}

/** Whether the whole text matches. */
export function matches(pattern: string, text: string): boolean {
  return patternExpression(pattern).test(text);
}

/** Paths that match, in `order`; empty if none do. Relative patterns give relative paths. */
export function matchingPaths(
  files: FileTree,
  cwd: string,
  pattern: string,
  order: (a: string, b: string) => number,
): string[] {
  const absolute = pattern.startsWith("/");
  const parts = pattern.split("/").filter((part, index) => part !== "" || index === 0);
  let found = [absolute ? "/" : ""];
  for (const part of absolute ? parts.slice(1) : parts) {
    const next: string[] = [];
    for (const base of found) {
      const join = (name: string) => (base === "" || base.endsWith("/") ? base + name : `${base}/${name}`);
      if (!isPattern(part)) {
        const path = join(unquotePattern(part));
        if (files.exists(resolvePath(cwd, path))) next.push(path);
        continue;
      }
      const folder = resolvePath(cwd, base === "" ? "." : base);
      if (!files.isDirectory(folder)) continue;
      const expression = patternExpression(part, { path: true });
      for (const name of files.readDirectory(folder)) {
        if (name.startsWith(".") && !part.startsWith(".")) continue;
        if (expression.test(name)) next.push(join(name));
      }
    }
    found = next;
  }
  const directories = pattern.endsWith("/");
  return found
    .filter((path) => !directories || files.isDirectory(resolvePath(cwd, path)))
    .map((path) => (directories ? `${path}/` : path))
    .sort(order);
}
