/** Git's configuration files (git-config(1), "CONFIGURATION FILE"): reading, and editing that keeps what it does not touch. */

import type { FileTree } from "../files/tree";

export interface ConfigEntry {
  /** `section.subsection.key`: section and key in lower case. */
  readonly name: string;
  readonly value: string;
}

interface Section {
  /** E.g. `remote.heroku`; section in lower case, subsection as written. */
  readonly name: string;
  /** The header as written, without newline. */
  header: string;
  lines: string[];
}

const HEADER = /^\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]\s*(.*)$/;
const ENTRY = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/;

/** One file in memory. Every edit leaves other lines, comments included, as they were. */
export class ConfigFile {
  private readonly head: string[] = [];
  private readonly sections: Section[] = [];

  constructor(text: string) {
    for (const line of joinContinuations(text)) {
      const match = HEADER.exec(line);
      if (match) {
        const [, section = "", subsection, rest = ""] = match;
        const name =
          subsection === undefined ? section.toLowerCase() : `${section.toLowerCase()}.${unescapeText(subsection)}`;
        const cut = rest === "" || /^[#;]/.test(rest) ? line.length : line.length - rest.length;
        this.sections.push({ name, header: line.slice(0, cut), lines: cut === line.length ? [] : [`\t${rest}`] });
      } else (this.sections.at(-1)?.lines ?? this.head).push(line);
    }
  }

  static read(files: FileTree, path: string): ConfigFile {
    return new ConfigFile(files.isFile(path) ? files.readText(path) : "");
  }

  /** All entries in file order. */
  entries(): ConfigEntry[] {
    return this.sections.flatMap((section) =>
      section.lines.flatMap((line) => {
        const entry = parseEntry(line);
        return entry ? [{ name: `${section.name}.${entry.key}`, value: entry.value }] : [];
      }),
    );
  }

  /** The last value of `name` (in any case), as Git takes it. */
  get(name: string): string | undefined {
    const wanted = normalizeName(name);
    return this.entries().findLast((entry) => entry.name === wanted)?.value;
  }

  set(name: string, value: string): void {
    const { section, key } = splitName(name);
    const line = `\t${name.slice(name.lastIndexOf(".") + 1)} = ${quote(value)}`;
    for (const candidate of this.sections.toReversed()) {
      if (candidate.name !== section) continue;
      const at = candidate.lines.findLastIndex((text) => parseEntry(text)?.key === key);
      if (at >= 0) {
        candidate.lines[at] = line;
        return;
      }
    }
    this.append(section, line);
  }

  add(name: string, value: string): void {
    this.append(splitName(name).section, `\t${name.slice(name.lastIndexOf(".") + 1)} = ${quote(value)}`);
  }

  /** Whether there was something to remove. Empty sections go, as `git config --unset` makes them go. */
  unset(name: string): boolean {
    const { section, key } = splitName(name);
    let found = false;
    for (const candidate of this.sections.filter((each) => each.name === section)) {
      const kept = candidate.lines.filter((line) => parseEntry(line)?.key !== key);
      found ||= kept.length < candidate.lines.length;
      candidate.lines = kept;
      if (kept.length === 0) this.sections.splice(this.sections.indexOf(candidate), 1);
    }
    return found;
  }

  /** Whether the section, e.g. `remote.heroku`, was there. */
  removeSection(name: string): boolean {
    const kept = this.sections.filter((section) => section.name !== name);
    const found = kept.length < this.sections.length;
    this.sections.splice(0, this.sections.length, ...kept);
    return found;
  }

  renameSection(from: string, to: string): void {
    const renamed = this.sections.map((section) =>
      section.name === from ? { name: to, header: headerOf(to), lines: section.lines } : section,
    );
    this.sections.splice(0, this.sections.length, ...renamed);
  }

  toString(): string {
    const lines = [...this.head, ...this.sections.flatMap((section) => [section.header, ...section.lines])];
    return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
  }

  private append(section: string, line: string): void {
    const found = this.sections.findLast((candidate) => candidate.name === section);
    if (found) found.lines.push(line);
    else this.sections.push({ name: section, header: headerOf(section), lines: [line] });
  }
}

/** Section and key in lower case, subsection as it is. */
export function normalizeName(name: string): string {
  const { section, key } = splitName(name);
  return `${section}.${key}`;
}

function splitName(name: string): { section: string; key: string } {
  const first = name.indexOf(".");
  const last = name.lastIndexOf(".");
  const section = name.slice(0, first).toLowerCase();
  const subsection = first < last ? `.${name.slice(first + 1, last)}` : "";
  return { section: section + subsection, key: name.slice(last + 1).toLowerCase() };
}

function headerOf(section: string): string {
  const cut = section.indexOf(".");
  if (cut < 0) return `[${section}]`;
  return `[${section.slice(0, cut)} "${section.slice(cut + 1).replace(/[\\"]/g, "\\$&")}"]`;
}

function joinContinuations(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  const joined: string[] = [];
  let pending = "";
  for (const line of lines) {
    if (/(^|[^\\])(\\\\)*\\$/.test(line)) pending += line.slice(0, -1);
    else {
      joined.push(pending + line);
      pending = "";
    }
  }
  return pending === "" ? joined : [...joined, pending];
}

function parseEntry(line: string): { key: string; value: string } | undefined {
  const match = ENTRY.exec(line);
  if (!match) return undefined;
  const [, key = "", raw] = match;
  return { key: key.toLowerCase(), value: raw === undefined ? "true" : parseValue(raw) };
}

function parseValue(raw: string): string {
  let value = "";
  let kept = 0;
  let quoted = false;
  for (let i = 0; i < raw.length; i++) {
    const character = raw[i] ?? "";
    if (character === '"') quoted = !quoted;
    else if (character === "\\") {
      const next = raw[++i] ?? "";
      value += { n: "\n", t: "\t", b: "\b" }[next] ?? next;
      kept = value.length;
    } else if (!quoted && (character === "#" || character === ";")) break;
    else {
      value += character;
      if (quoted || !/\s/.test(character)) kept = value.length;
    }
    if (quoted) kept = value.length;
  }
  return value.slice(0, kept);
}

function quote(value: string): string {
  const escaped = value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t");
  return /^\s|\s$|[#;]/.test(value) ? `"${escaped}"` : escaped;
}

function unescapeText(text: string): string {
  return text.replace(/\\(.)/g, "$1");
}
