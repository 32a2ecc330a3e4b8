/** POSIX regular expressions, basic and extended, as JavaScript's. */

/** A pattern that is none, with the text that GNU grep has for it. */
export class InvalidPattern extends Error {}

const CLASSES: Record<string, string> = {
  alnum: "\\p{L}\\p{N}",
  alpha: "\\p{L}",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "\\x21-\\x7e\\p{L}",
  lower: "\\p{Ll}",
  print: "\\x20-\\x7e\\p{L}",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\s",
  upper: "\\p{Lu}",
  xdigit: "0-9A-Fa-f",
};

/** Source of a JavaScript expression (flag `u`) that matches the same. Throws InvalidPattern. */
export function posixSource(pattern: string, extended: boolean): string {
  let source = "";
  let depth = 0;
  let atStart = true;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? "";
    const starts = atStart;
    atStart = false;
    if (character === "[") {
      const [set, end] = bracket(pattern, at);
      source += set;
      at = end;
      continue;
    }
    let symbol = character;
    let special = extended ? /[(){}|+?]/.test(character) : false;
    if (character === "\\") {
      at++;
      if (at >= pattern.length) throw new InvalidPattern("Trailing backslash");
      symbol = pattern[at] ?? "";
      if (/[1-9wWsSbB]/.test(symbol)) {
        source += `\\${symbol}`;
        continue;
      }
      if (symbol === "<" || symbol === ">") {
        source += symbol === "<" ? "\\b(?=\\w)" : "\\b(?<=\\w)";
        continue;
      }
      special = !extended && /[(){}|+?]/.test(symbol);
      if (!special) {
        source += escapeText(symbol);
        continue;
      }
    }
    if (special) {
      if (symbol === "{") {
        const end = pattern.indexOf(extended ? "}" : "\\}", at);
        const bounds = end > 0 ? pattern.slice(at + 1, end) : "";
        if (!/^\d*(,\d*)?$/.test(bounds) || bounds === "") {
          if (!extended) throw new InvalidPattern(end < 0 ? "Unmatched \\{" : "Invalid content of \\{\\}");
          source += "\\{";
          continue;
        }
        source += `{${bounds.startsWith(",") ? "0" : ""}${bounds}}`;
        at = extended ? end : end + 1;
        continue;
      }
      if (symbol === "(") depth++;
      if (symbol === ")") {
        if (depth === 0) {
          if (!extended) throw new InvalidPattern("Unmatched ) or \\)");
          source += "\\)";
          continue;
        }
        depth--;
      }
      if (symbol === "}" || (starts && /[+?]/.test(symbol))) source += escapeText(symbol);
      else source += symbol;
      atStart = symbol === "(" || symbol === "|";
      continue;
    }
    if (character === "*" && starts) source += "\\*";
    else if (character === "*" && source.endsWith("*")) continue;
    else if (character === "^" && !extended && !starts) source += "\\^";
    else if (character === "$" && !extended && at + 1 < pattern.length && !/^\\[)|]/.test(pattern.slice(at + 1))) {
      source += "\\$";
    } else if (/[.^$*]/.test(character)) {
      source += character;
      atStart = character === "^";
    } else source += escapeText(character);
  }
  if (depth > 0) throw new InvalidPattern("Unmatched ( or \\(");
  return source;
}

export function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function bracket(pattern: string, start: number): [source: string, end: number] {
  let at = start + 1;
  const negated = pattern[at] === "^";
  if (negated) at++;
  let set = "";
  if (at >= pattern.length) throw new InvalidPattern("Invalid regular expression");
  for (let first = true; ; first = false, at++) {
    if (at >= pattern.length) throw new InvalidPattern("Unmatched [, [^, [:, [., or [=");
    const character = pattern[at] ?? "";
    if (character === "]" && !first) return [`[${negated ? "^" : ""}${set}]`, at];
    if (character === "[" && pattern[at + 1] === ":") {
      const end = pattern.indexOf(":]", at);
      const known = end > 0 ? CLASSES[pattern.slice(at + 2, end)] : undefined;
      if (!known) throw new InvalidPattern("Invalid character class name");
      set += known;
      at = end + 1;
    } else if (character === "-") {
      // A range needs both ends; at the borders of the set the dash is itself.
      set += first || pattern[at + 1] === "]" ? "\\-" : "-";
    } else set += /[\\\][^]/.test(character) ? `\\${character}` : character;
  }
}

/** Throws InvalidPattern. */
export function posixExpression(pattern: string, extended: boolean, flags = ""): RegExp {
  const source = posixSource(pattern, extended);
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    throw new InvalidPattern("Invalid regular expression");
  }
}
