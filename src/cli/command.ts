/** What a command of the CLI is made of. */

import type { Client } from "./client";
import type { CliContext } from "./ports";
import type { Printer } from "./terminal/printer";

export interface FlagSpec {
  /** Long name, without dashes. */
  readonly name: string;
  readonly char?: string;
  /** Other long names. */
  readonly aliases?: readonly string[];
  readonly kind: "boolean" | "string" | "integer";
  readonly description?: string;
  /** A longer text; then `description` is only its first line. */
  readonly details?: string;
  readonly required?: true;
  /** Works, and the help does not show it. */
  readonly hidden?: true;
  /** Shown by the help; applied by the command. */
  readonly default?: string;
  /** A variable that stands for it. */
  readonly env?: string;
  /** Flags that cannot be given with it; the help shows them as alternatives. */
  readonly exclusive?: readonly string[];
  /** The same, without a word in the help. */
  readonly excludes?: readonly string[];
  /** Listed apart. */
  readonly global?: true;
  /** The app that the command is about: has a default that depends on the repository. */
  readonly isApp?: true;
}

export interface ArgSpec {
  readonly name: string;
  readonly description?: string;
  readonly required?: true;
  readonly hidden?: true;
}

export interface CommandSpec {
  /** E.g. `ps:scale`; its summary and its other names are in the catalogue. */
  readonly id: string;
  /** As the help shows it, its first line on top; undefined for a command that has none. */
  readonly description?: string;
  /** What follows `heroku`, when it is not to be made from arguments and flags. */
  readonly usage?: string;
  readonly args?: readonly ArgSpec[];
  /** Takes more arguments than it names. */
  readonly variadic?: true;
  /** In the order in which the help's USAGE lists them: alphabetical but for `--prompt`. */
  readonly flags?: readonly FlagSpec[];
  /** Each as the help prints it. */
  readonly examples?: readonly string[];
  /** Returns the exit code. Ends with CliError when it cannot do what it was asked. */
  run(input: Input): Promise<number>;
}

export interface Input {
  /** By their names in `args`. */
  readonly args: Readonly<Record<string, string | undefined>>;
  /** All positional words. */
  readonly words: readonly string[];
  readonly flags: Flags;
  /** The app that flags, environment or remotes name; empty when none does and the command can do without. */
  readonly app: string;
  readonly api: Client;
  readonly print: Printer;
  readonly context: CliContext;
}

/** Flags that were given, by their names. */
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
    return text === undefined ? undefined : Number.parseInt(text, 10);
  }
}

export const PROMPT_FLAG: FlagSpec = {
  name: "prompt",
  kind: "boolean",
  description: "interactively prompt for command arguments and flags",
  global: true,
};

const APP_FLAG: FlagSpec = {
  name: "app",
  char: "a",
  kind: "string",
  description: "app to run command against",
  env: "HEROKU_APP",
  isApp: true,
};

/** Ends with an error when no app can be found. */
export const REQUIRED_APP: FlagSpec = { ...APP_FLAG, required: true };
/** The command itself says what to do without an app. */
export const OPTIONAL_APP: FlagSpec = APP_FLAG;

export const REMOTE_FLAG: FlagSpec = {
  name: "remote",
  char: "r",
  kind: "string",
  description: "git remote of app to use",
};
