/** Brace expansion on the text of a word, before anything else is expanded. */

/** `a{b,c}{1..3}` → its words; quotes and `${` are left alone. */
export function expandBraces(text: string): string[] {
  const group = findGroup(text);
  if (!group) return [text];
  const head = text.slice(0, group.start);
  const tails = expandBraces(text.slice(group.end));
  return group.choices
    .flatMap((choice) => expandBraces(choice))
    .flatMap((choice) => tails.map((tail) => head + choice + tail));
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

/** Index after the quoted text (or escape, or expansion) that starts at `at`; `at` itself if none does. */
function skipQuoted(text: string, at: number): number {
  const character = text[at];
  if (character === "\\") return at + 2;
  if (character === "'" || character === '"') {
    for (let end = at + 1; end < text.length; end++) {
      if (text[end] === "\\" && character === '"') end++;
      else if (text[end] === character) return end + 1;
    }
    return text.length;
  }
  if (character === "$" && (text[at + 1] === "{" || text[at + 1] === "(")) {
    const [open, close] = text[at + 1] === "{" ? ["{", "}"] : ["(", ")"];
    let depth = 0;
    for (let end = at + 1; end < text.length; end++) {
      if (text[end] === "\\") end++;
      else if (text[end] === open) depth++;
      else if (text[end] === close && --depth === 0) return end + 1;
    }
    return text.length;
  }
  return at;
}

function findGroup(text: string): Group | undefined {
  for (let start = 0; start < text.length; ) {
    const skipped = skipQuoted(text, start);
    if (skipped > start) {
      start = skipped;
      continue;
    }
    if (text[start] === "{") {
      const group = readGroup(text, start);
      if (group) return group;
    }
    start++;
  }
  return undefined;
}

function readGroup(text: string, start: number): Group | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; ) {
    const skipped = skipQuoted(text, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const character = text[at];
    if (character === "{") depth++;
    else if (character === "," && depth === 1) {
      parts.push(text.slice(from, at));
      from = at + 1;
    } else if (character === "}" && --depth === 0) {
      const last = text.slice(from, at);
      const choices = parts.length > 0 ? [...parts, last] : sequence(last);
      return choices ? { start, end: at + 1, choices } : undefined;
    }
    at++;
  }
  return undefined;
}

/** `1..3`, `a..e`, `01..10..2`. */
function sequence(text: string): string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, first = "", last = "", increment] = match;
  const numeric = /\d/.test(first);
  if (numeric !== /\d/.test(last)) return undefined;
  const value = (part: string) => (numeric ? Number(part) : (part.codePointAt(0) ?? 0));
  const [from, to] = [value(first), value(last)];
  const step = Math.max(1, Math.abs(Number(increment ?? 1)));
  const width = /^-?0\d/.test(first) || /^-?0\d/.test(last) ? Math.max(first.length, last.length) : 0;
  const result: string[] = [];
  for (let at = from; from <= to ? at <= to : at >= to; at += from <= to ? step : -step) {
    const digits = String(Math.abs(at)).padStart(width - (at < 0 ? 1 : 0), "0");
    result.push(numeric ? (at < 0 ? `-${digits}` : digits) : String.fromCodePoint(at));
  }
  return result;
}
