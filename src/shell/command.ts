/** What a command of the shell is: a program with arguments, streams, a directory, an environment and an exit code. */

import type { FileTree } from "../files/tree";

/** The writing end of a stream. */
export interface Sink {
  /** True when a person sees what is written (colours, progress and prompts make sense). */
  readonly isTerminal: boolean;
  /**
   * Resolves when there is room for more (backpressure).
   * Rejects with BrokenPipe when nobody reads any longer: let it pass, the shell ends the command with 141.
   */
  write(chunk: Uint8Array | string): Promise<void>;
}

/** The reading end of a stream. */
export interface Source {
  readonly isTerminal: boolean;
  /** The next bytes as they come, or undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
}

export class BrokenPipe extends Error {
  constructor() {
    super("write to a closed pipe");
    this.name = "BrokenPipe";
  }
}

export interface CommandContext {
  /** Without the command's own name. */
  readonly args: readonly string[];
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Absolute. */
  readonly cwd: string;
  /** Exported variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly files: FileTree;
  /** Aborted by Ctrl-C, `kill` or the end of the terminal; the command then ends soon, with 130 or what it likes. */
  readonly signal: AbortSignal;
  /** Size of the terminal, 80×24 when there is none. */
  readonly columns: number;
  readonly rows: number;
}

/** Returns the exit code, 0–255. A thrown error is a bug and becomes a message and 1. */
export type Command = (context: CommandContext) => Promise<number>;
