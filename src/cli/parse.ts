/** Reads a command line as oclif does: flags anywhere, `--` ends them, values after a space or `=`. */

import { type CommandSpec, type FlagSpec, Flags } from "./command";
import { commandHelp } from "./help";
import { CliError } from "./output";

export interface ParsedLine {
  readonly args: Readonly<Record<string, string | undefined>>;
  readonly words: readonly string[];
  readonly flags: Flags;
  readonly help: boolean;
}

/** Throws CliError with the messages of the real parser. */
export function parseLine(spec: CommandSpec, line: readonly string[]): ParsedLine {
  const given = new Map<string, string | true>();
  const words: string[] = [];
  const unknown: string[] = [];
  const known = spec.flags ?? [];
  let onlyWords = false;
  const rest = [...line];
  const take = (flag: FlagSpec, attached: string | undefined, shown: string) => {
    if (flag.kind === "boolean") {
      given.set(flag.name, true);
      return;
    }
    const value = attached ?? rest.shift();
    if (value === undefined)
      throw failure(spec, `The following error occurred:\n  Flag ${shown} expects a value`, false);
    if (flag.kind === "integer" && !/^-?\d+$/.test(value)) {
      throw failure(
        spec,
        `The following error occurred:\n  Parsing --${flag.name} \n\tExpected an integer but received: ${value}`,
        false,
      );
    }
    given.set(flag.name, value);
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const long = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word);
    const short = /^-([A-Za-z])=?([\s\S]*)$/.exec(word);
    if (onlyWords || word === "-" || (!long && !short && word !== "--")) words.push(word);
    else if (word === "--") onlyWords = true;
    else if (word === "--help") return { args: {}, words: [], flags: new Flags(given), help: true };
    else {
      const name = long?.[1] ?? short?.[1] ?? "";
      const flag = known.find((each) =>
        long ? each.name === name || each.aliases?.includes(name) : each.char === name,
      );
      if (flag) {
        if (short && flag.kind === "boolean" && short[2]) rest.unshift(`-${short[2]}`);
        take(flag, long ? long[2] : flag.kind === "boolean" ? undefined : short?.[2] || undefined, `--${flag.name}`);
      } else unknown.push(long ? `--${name}` : word);
    }
  }
  if (unknown.length > 0) {
    throw failure(spec, `Nonexistent flag${unknown.length > 1 ? "s" : ""}: ${unknown.join(", ")}`, true);
  }
  const specs = spec.args ?? [];
  const missing = specs.slice(words.length).filter(({ required }) => required);
  if (missing.length > 0) {
    const width = Math.max(...missing.map(({ name }) => name.length));
    const list = missing.map(({ name, description }) => `${name.padEnd(width)}  ${description}`).join("\n");
    throw failure(spec, `Missing ${missing.length} required arg${missing.length > 1 ? "s" : ""}:\n${list}`, true);
  }
  const extra = words.slice(specs.length);
  if (!spec.variadic && extra.length > 0) {
    throw failure(spec, `Unexpected argument${extra.length > 1 ? "s" : ""}: ${extra.join(", ")}`, true);
  }
  return {
    args: Object.fromEntries(specs.map(({ name }, index) => [name, words[index]])),
    words,
    flags: new Flags(given),
    help: false,
  };
}

function failure(spec: CommandSpec, message: string, withHelp: boolean): CliError {
  return new CliError(
    `${message}\nSee more help with --help`,
    "framed",
    2,
    withHelp ? `\n${commandHelp(spec, "usage")}` : "",
  );
}
