/** Reads a command line as oclif 4 does: flags anywhere, `--` ends them, values after a space or `=`. */

import { resolveApp } from "./app";
import { type CommandSpec, type FlagSpec, Flags } from "./command";
import { CliError } from "./failure";
import type { CliContext } from "./ports";
import type { Style } from "./terminal/style";

export interface ParsedLine {
  readonly args: Readonly<Record<string, string | undefined>>;
  readonly words: readonly string[];
  readonly flags: Flags;
  /** Undefined when nothing names one. */
  readonly app: string | undefined;
}

/** Throws CliError with the messages of the real parser. */
export async function parseLine(
  spec: CommandSpec,
  line: readonly string[],
  context: CliContext,
  style: Style,
): Promise<ParsedLine> {
  const known = spec.flags ?? [];
  const { given, words, unknown } = readWords(known, line);
  const flags = new Flags(given);
  for (const flag of known) {
    const value = flags.text(flag.name);
    if (flag.kind === "integer" && value !== undefined && !/^-?\d+$/.test(value)) {
      throw misused(`Parsing --${flag.name} \n\tExpected an integer but received: ${value}`);
    }
  }
  const appFlag = known.find(({ isApp }) => isApp);
  const app = appFlag && (await resolveApp(appFlag, flags, context));
  checkWords(spec, words, unknown);
  const problems = known.flatMap((flag) => problemsOf(flag, flags, app));
  if (problems.length > 0) {
    const errors = problems.length === 1 ? "error" : "errors";
    throw misused(`The following ${errors} occurred:\n  ${style.attribute("dim", problems.join("\n  "))}`);
  }
  const args = Object.fromEntries((spec.args ?? []).map(({ name }, index) => [name, words[index]]));
  return { args, words, flags, app };
}

interface Words {
  readonly given: ReadonlyMap<string, string | true>;
  readonly words: readonly string[];
  readonly unknown: readonly string[];
}

function readWords(known: readonly FlagSpec[], line: readonly string[]): Words {
  const given = new Map<string, string | true>();
  const words: string[] = [];
  const unknown: string[] = [];
  const rest = [...line];

  const read = (word: string): boolean => {
    const flag = findFlag(known, word);
    const isLong = word.startsWith("--");
    if (!flag) {
      const equals = word.indexOf("=");
      if (equals < 0 || !findFlag(known, word.slice(0, equals))) return false;
      rest.unshift(word.slice(equals + 1));
      return read(word.slice(0, equals));
    }
    if (flag.kind === "boolean") {
      given.set(flag.name, true);
      if (!isLong && word.length > 2) rest.unshift(`-${word.slice(2)}`);
      return true;
    }
    if (given.has(flag.name)) throw new CliError(`Flag --${flag.name} can only be specified once`);
    const value = isLong || word.length < 3 ? rest.shift() : word.slice(word[2] === "=" ? 3 : 2);
    if (value === undefined || findFlag(known, value)) throw new CliError(`Flag --${flag.name} expects a value`);
    given.set(flag.name, value);
    return true;
  };

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      words.push(...rest);
      break;
    }
    if (!word.startsWith("-") || word === "-") words.push(word);
    else if (!read(word)) {
      // `-1` may be an argument; anything else with a dash is a flag that was misspelt.
      if (/^-\d/.test(word)) words.push(word);
      else unknown.push(word);
    }
  }
  return { given, words, unknown };
}

function findFlag(known: readonly FlagSpec[], word: string): FlagSpec | undefined {
  if (word.startsWith("--")) {
    const name = word.slice(2);
    return known.find((flag) => flag.name === name || flag.aliases?.includes(name));
  }
  return word.startsWith("-") ? known.find(({ char }) => char !== undefined && char === word[1]) : undefined;
}

function checkWords(spec: CommandSpec, words: readonly string[], unknown: readonly string[]): void {
  const plural = (list: readonly unknown[]) => (list.length === 1 ? "" : "s");
  if (unknown.length > 0) throw misused(`Nonexistent flag${plural(unknown)}: ${unknown.join(", ")}`, true);
  const args = spec.args ?? [];
  const extra = words.slice(args.length);
  if (!spec.variadic && extra.length > 0) {
    throw misused(`Unexpected argument${plural(extra)}: ${extra.join(", ")}`, true);
  }
  const missing = args.slice(words.length).filter(({ required }) => required);
  if (missing.length === 0) return;
  const width = Math.max(...missing.map(({ name }) => name.length));
  const list = missing.map(({ name, description = "" }) => `${name.padEnd(width)}  ${description}`.trimEnd());
  throw misused(`Missing ${missing.length} required arg${plural(missing)}:\n${list.join("\n")}`, true);
}

function problemsOf(flag: FlagSpec, flags: Flags, app: string | undefined): readonly string[] {
  if (!flags.has(flag.name)) {
    return flag.required && !(flag.isApp && app !== undefined) ? [`Missing required flag ${flag.name}`] : [];
  }
  const other = [...(flag.exclusive ?? []), ...(flag.excludes ?? [])].find((name) => flags.has(name));
  if (other === undefined) return [];
  return [`--${other}=${flags.text(other) ?? true} cannot also be provided when using --${flag.name}`];
}

function misused(message: string, withHelp = false): CliError {
  return new CliError(`${message}\nSee more help with --help`, "framed", 2, withHelp);
}
