/** What the `git` command needs from the place where it runs. */

import type { FileTree } from "../files/tree";

export interface Output {
  readonly isTerminal: boolean;
  write(chunk: string): Promise<void>;
}

/** Smart HTTP as a function: the shape that isomorphic-git asks of its `http` plugin. */
export interface GitHttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Uint8Array>;
}
export interface GitHttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}
/** Answers requests to `https://git.heroku.com/<app>.git/…`. Rejects for a host that cannot be reached. */
export type GitHttp = (request: GitHttpRequest, signal: AbortSignal) => Promise<GitHttpResponse>;

export interface GitContext {
  /** Without `git` itself. */
  readonly args: readonly string[];
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absolute. */
  readonly cwd: string;
  /** HOME, GIT_AUTHOR_NAME … */
  readonly env: Readonly<Record<string, string>>;
  readonly files: FileTree;
  readonly http: GitHttp;
  /** Milliseconds since the epoch. */
  now(): number;
  readonly signal: AbortSignal;
}
