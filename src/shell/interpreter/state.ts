/** What a shell process remembers, and what one of its commands runs in. */

import type { Case, CompoundCommand, CompoundList, Redirected } from "unbash";
import { BrokenPipe, type Sink } from "../command";
import type { PushbackSource } from "../streams";
import type { Variables } from "./variables";

export interface ShellFunction {
  readonly body: CompoundCommand | Redirected | CompoundList | Case;
  /** The whole source in which the body's positions count. */
  readonly source: string;
  /** The definition alone, as written. */
  readonly text: string;
}

/** A background job. */
export interface Job {
  readonly number: number;
  readonly pid: number;
  readonly text: string;
  readonly control: AbortController;
  readonly done: Promise<number>;
  /** Undefined while it runs. */
  status: number | undefined;
}

/** The mutable part of a shell process; a subshell gets a copy. */
export interface State {
  readonly variables: Variables;
  readonly functions: Map<string, ShellFunction>;
  readonly aliases: Map<string, string>;
  /** Names as `set -o` says them: errexit, nounset, xtrace, pipefail, noglob, noclobber, … */
  readonly options: Set<string>;
  readonly traps: Map<string, string>;
  readonly jobs: Map<number, Job>;
  positional: readonly string[];
  cwd: string;
  /** `$0`; "bash" for the login shell. */
  name: string;
  /** A person types: jobs are announced, errors discard the whole line, nothing ends the shell but `exit`. */
  readonly interactive: boolean;
  /** Messages name the line: in scripts that are files. */
  readonly numbered: boolean;
  /** Where in the frame's source the running command starts. */
  position: number;
  /** `$?` */
  status: number;
  /** `$!` */
  lastBackground: number | undefined;
  /** `$_` */
  lastArgument: string;
  /** Of the last command substitution, for `x=$(false)`. */
  substitution: number;
  /** Loops around the current command, in this function. */
  loops: number;
  /** Names of the functions being run, innermost first. */
  calls: readonly string[];
  /** Files being sourced. */
  sourcing: number;
  /** Letters consumed of the current argument of `getopts`. */
  optionCursor: number;
}

export function copyState(state: State): State {
  return {
    ...state,
    variables: state.variables.clone(),
    functions: new Map(state.functions),
    aliases: new Map(state.aliases),
    options: new Set(state.options),
    traps: new Map(),
    jobs: new Map(state.jobs),
  };
}

export interface Descriptor {
  readonly source?: PushbackSource;
  readonly sink?: Sink;
}

/** `exec` without a command changes the map of its frame. */
export type Descriptors = Map<number, Descriptor>;

/** Where a command runs: state, streams, and how it is stopped. */
export interface Frame {
  readonly state: State;
  readonly descriptors: Descriptors;
  readonly signal: AbortSignal;
  /** Source in which positions of the nodes count. */
  readonly source: string;
  /** The status is being tested (`if`, `&&`, `!`): `set -e` does not apply. */
  readonly tested: boolean;
}

/** Standard output of a frame; writing to a closed one fails silently, as the shell already complained. */
export function output(frame: Frame, descriptor = 1): Sink {
  return frame.descriptors.get(descriptor)?.sink ?? CLOSED;
}

const CLOSED: Sink = {
  isTerminal: false,
  async write() {
    throw new BrokenPipe();
  },
};

/** `bash: message`, with the line when a script says it. */
export async function complain(frame: Frame, message: string): Promise<void> {
  const { name, numbered } = frame.state;
  await output(frame, 2).write(`${name}: ${!numbered ? "" : `line ${lineOf(frame)}: `}${message}\n`);
}

/** Line, from 1, of the command that runs. */
export function lineOf({ source, state }: Frame): number {
  return source.slice(0, state.position).split("\n").length;
}
