/** Command-line options as GNU getopt reads them. */

import type { CommandContext } from "../command";

/** What a command accepts: one entry per option. */
export interface OptionSpec {
  /** Letter, without the dash. */
  readonly short?: string;
  readonly long?: string;
  /** "required": the next word or what follows; "optional": only `--long=value`. */
  readonly value?: "required" | "optional";
}

export interface Parsed {
  readonly kind: "options";
  /** In order: the option's letter (or its long name when it has none) and its value. */
  readonly given: readonly (readonly [name: string, value: string | undefined])[];
  readonly operands: readonly string[];
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
}

export type ParseResult =
  | Parsed
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "help" | "version" };

/** Operands and options may be mixed; `--` ends the options. */
export function parseOptions(args: readonly string[], specs: readonly OptionSpec[]): ParseResult {
  const given: [string, string | undefined][] = [];
  const operands: string[] = [];
  const nameOf = (spec: OptionSpec) => spec.short ?? spec.long ?? "";
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") {
      operands.push(...args.slice(at + 1));
      break;
    }
    if (arg.startsWith("--")) {
      const [name = "", ...rest] = arg.slice(2).split("=");
      const value = rest.length > 0 ? rest.join("=") : undefined;
      const exact = specs.filter(({ long }) => long === name);
      const matching = exact.length > 0 ? exact : specs.filter(({ long }) => long?.startsWith(name));
      const [spec] = matching;
      if (!spec || matching.length > 1) {
        if (matching.length === 0 && "help".startsWith(name)) return { kind: "help" };
        if (matching.length === 0 && "version".startsWith(name)) return { kind: "version" };
        if (matching.length === 0) return { kind: "invalid", message: `unrecognized option '${arg}'` };
        const possibilities = matching.map(({ long }) => ` '--${long}'`).join("");
        return { kind: "invalid", message: `option '${arg}' is ambiguous; possibilities:${possibilities}` };
      }
      if (spec.value === undefined && value !== undefined) {
        return { kind: "invalid", message: `option '--${spec.long}' doesn't allow an argument` };
      }
      if (spec.value === "required" && value === undefined) {
        if (at + 1 >= args.length) return { kind: "invalid", message: `option '--${spec.long}' requires an argument` };
        given.push([nameOf(spec), args[++at]]);
      } else given.push([nameOf(spec), value]);
      continue;
    }
    if (!arg.startsWith("-") || arg === "-") {
      operands.push(arg);
      continue;
    }
    for (let index = 1; index < arg.length; index++) {
      const letter = arg[index] ?? "";
      const spec = specs.find(({ short }) => short === letter);
      if (!spec) return { kind: "invalid", message: `invalid option -- '${letter}'` };
      if (spec.value !== "required") {
        given.push([letter, undefined]);
        continue;
      }
      const attached = arg.slice(index + 1);
      if (attached === "" && at + 1 >= args.length) {
        return { kind: "invalid", message: `option requires an argument -- '${letter}'` };
      }
      given.push([letter, attached === "" ? args[++at] : attached]);
      break;
    }
  }
  return {
    kind: "options",
    given,
    operands,
    has: (name) => given.some(([each]) => each === name),
    value: (name) => given.findLast(([each]) => each === name)?.[1],
  };
}

/** What a command says about itself. */
export interface Manual {
  readonly name: string;
  readonly options: readonly OptionSpec[];
  /** Text of `--help`, with a newline at its end. */
  readonly help: string;
  /** Exit code for wrong options; 1 for most tools. */
  readonly misuse?: number;
}

/** Parses, and answers `--help`, `--version` and mistakes itself: then the result is an exit code. */
export async function readOptions(context: CommandContext, manual: Manual): Promise<Parsed | number> {
  const parsed = parseOptions(context.args, manual.options);
  switch (parsed.kind) {
    case "options":
      return parsed;
    case "help":
      await context.stdout.write(manual.help);
      return 0;
    case "version":
      await context.stdout.write(`${manual.name} (GNU coreutils) 9.4\n`);
      return 0;
    case "invalid":
      return misuse(context, manual, parsed.message);
  }
}

/** `name: message` and where to read more. */
export async function misuse(context: CommandContext, manual: Manual, message: string): Promise<number> {
  await context.stderr.write(`${manual.name}: ${message}\nTry '${manual.name} --help' for more information.\n`);
  return manual.misuse ?? 1;
}
