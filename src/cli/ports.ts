/** What the `heroku` command needs from the place where it runs: a terminal, the repository's remotes, a browser. */

import type { Api } from "../platform/api/http";

export interface Output {
  readonly isTerminal: boolean;
  write(chunk: string): Promise<void>;
}

export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly columns: number;
  /** Asks on standard error and reads one line; undefined at the end of input or when it is not a terminal. */
  ask(prompt: string): Promise<string | undefined>;
}

/** The Git repository of the current directory. */
export interface GitConfig {
  /** Undefined outside a repository. */
  remotes(): Promise<readonly { readonly name: string; readonly url: string }[] | undefined>;
  /** Adds the remote, or changes its URL. */
  setRemote(name: string, url: string): Promise<void>;
  removeRemote(name: string): Promise<void>;
}

export interface Browser {
  /** Shows the address; resolves at once. */
  open(url: string): Promise<void>;
}

export interface CliContext {
  /** Without `heroku` itself. */
  readonly args: readonly string[];
  readonly terminal: Terminal;
  readonly git: GitConfig;
  readonly browser: Browser;
  readonly api: Api;
  /** HEROKU_APP, NO_COLOR, HEROKU_THEME … */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, for "(~ 5m ago)". */
  now(): number;
  readonly signal: AbortSignal;
}
