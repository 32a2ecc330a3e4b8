/** Command lines as Git's own parser takes them (gitcli(7)): bundled short options, `--long=value`, prefixes, `--`. */

import { Failure } from "./failures";

export interface OptionSpec {
  readonly short?: string;
  /** `optional` takes a value only when it is attached: `-n5`, `--abbrev=8`. */
  readonly value?: "required" | "optional";
}

export interface Options<Name extends string> {
  has(name: Name): boolean;
  /** The last value given. */
  value(name: Name): string | undefined;
  /** All values, in order. */
  values(name: Name): readonly string[];
  /** Everything that is not an option, in order. */
  readonly rest: readonly string[];
  /** How many of `rest` came before `--`; undefined without `--`. */
  readonly dashes: number | undefined;
}

/**
 * Parses `args`; an unknown option throws Git's complaint with `usage` and exit code 129.
 * @param numeric the option that `-3` stands for, if any.
 */
export function parseOptions<Name extends string>(
  args: readonly string[],
  spec: Readonly<Record<Name, OptionSpec>>,
  usage: string,
  numeric?: NoInfer<Name>,
): Options<Name> {
  const given = new Map<string, string[]>();
  const rest: string[] = [];
  let dashes: number | undefined;
  const names = Object.keys(spec);
  const specs = new Map<string, OptionSpec>(Object.entries<OptionSpec>(spec));
  const add = (name: string, value: string): void => {
    given.set(name, [...(given.get(name) ?? []), value]);
  };
  const refuse = (message: string): Failure => new Failure(`error: ${message}\n${usage}`, 129);
  for (let i = 0; i < args.length; i++) {
    const argument = args[i] ?? "";
    if (argument === "--") {
      dashes = rest.length;
      rest.push(...args.slice(i + 1));
      break;
    }
    if (argument === "-h" && !names.some((name) => specs.get(name)?.short === "h")) throw new Failure(usage, 129);
    if (argument.startsWith("--")) {
      const equals = argument.indexOf("=");
      const long = equals < 0 ? argument.slice(2) : argument.slice(2, equals);
      const matches = names.filter((name) => name.startsWith(long));
      const name = names.includes(long) ? long : matches.length === 1 ? matches[0] : undefined;
      if (name === undefined) throw refuse(`unknown option \`${argument.slice(2)}'`);
      const takes = specs.get(name)?.value;
      if (equals >= 0) {
        if (!takes) throw refuse(`option \`${name}' takes no value`);
        add(name, argument.slice(equals + 1));
      } else if (takes === "required") {
        if (i + 1 >= args.length) throw refuse(`option \`${name}' requires a value`);
        add(name, args[++i] ?? "");
      } else add(name, "");
    } else if (/^-\d+$/.test(argument) && numeric !== undefined) add(numeric, argument.slice(1));
    else if (argument.startsWith("-") && argument.length > 1) {
      for (let at = 1; at < argument.length; at++) {
        const letter = argument[at] ?? "";
        const name = names.find((candidate) => specs.get(candidate)?.short === letter);
        if (name === undefined) throw refuse(`unknown switch \`${letter}'`);
        const takes = specs.get(name)?.value;
        const attached = argument.slice(at + 1);
        if (!takes) {
          add(name, "");
          continue;
        }
        if (attached !== "") add(name, attached);
        else if (takes === "optional") add(name, "");
        else {
          if (i + 1 >= args.length) throw refuse(`switch \`${letter}' requires a value`);
          add(name, args[++i] ?? "");
        }
        break;
      }
    } else rest.push(argument);
  }
  return {
    has: (name) => given.has(name),
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
    rest,
    dashes,
  };
}
