/** What a command of the CLI is made of. */

import type { Client } from "./client";
import type { Printer } from "./output";
import type { CliContext } from "./ports";

export interface FlagSpec {
  /** Long name, without dashes. */
  readonly name: string;
  readonly char?: string;
  /** Other long names. */
  readonly aliases?: readonly string[];
  readonly kind: "boolean" | "string" | "integer";
  readonly description: string;
}

export interface ArgSpec {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
}

export interface CommandSpec {
  /** E.g. `ps:scale`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly description?: string;
  /** What follows the name in USAGE; made from arguments and flags when left out. */
  readonly usage?: string;
  readonly args?: readonly ArgSpec[];
  /** Takes any number of arguments. */
  readonly variadic?: boolean;
  readonly flags?: readonly FlagSpec[];
  /** `required`: ends with an error when no app can be found. `optional`: the command asks for it itself. */
  readonly app?: "required" | "optional";
  readonly examples?: readonly string[];
  run(input: Input): Promise<number>;
}

export interface Input {
  /** By their names in `args`. */
  readonly args: Readonly<Record<string, string | undefined>>;
  /** All positional words. */
  readonly words: readonly string[];
  readonly flags: Flags;
  /** The app that the flags, the environment or the repository's remotes name; empty when the command needs none. */
  readonly app: string;
  readonly api: Client;
  readonly print: Printer;
  readonly context: CliContext;
}

/** Flags that were given. */
export class Flags {
  constructor(private readonly given: ReadonlyMap<string, string | true>) {}

  has(name: string): boolean {
    return this.given.has(name);
  }

  text(name: string): string | undefined {
    const value = this.given.get(name);
    return value === true ? undefined : value;
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : Number(text);
  }
}

export const APP_FLAGS: readonly FlagSpec[] = [
  { name: "app", char: "a", kind: "string", description: "app to run command against" },
  { name: "remote", char: "r", kind: "string", description: "git remote of app to use" },
];
export const JSON_FLAG: FlagSpec = { name: "json", kind: "boolean", description: "output in json format" };
