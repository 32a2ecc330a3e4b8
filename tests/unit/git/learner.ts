/** A learner's home in a FileTree, and `git` typed into it. */

import { FileTree } from "../../../src/files/tree";
import { git } from "../../../src/git/git";
import type { GitHttp, Output } from "../../../src/git/ports";

export const HOME = "/home/estudiante";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Learner {
  readonly files: FileTree;
  readonly env: Record<string, string>;
  /** Where commands run. */
  cwd: string;
  git(...args: string[]): Promise<Ran>;
  /** Like `git`, with other streams or signal. */
  run(args: readonly string[], more?: { stderr?: Output; signal?: AbortSignal }): Promise<Ran>;
}

export const noNetwork: GitHttp = () => Promise.reject(new TypeError("no network"));

export function output(into: string[], isTerminal = false): Output {
  return {
    isTerminal,
    write: async (chunk) => {
      into.push(chunk);
    },
  };
}

export function learner(options: { http?: GitHttp; cwd?: string; env?: Record<string, string> } = {}): Learner {
  const files = new FileTree();
  const env = { HOME, ...options.env };
  files.makeDirectory(env.HOME, { recursive: true });
  const cwd = options.cwd ?? `${HOME}/proyecto`;
  files.makeDirectory(cwd, { recursive: true });
  files.writeFile(
    `${env.HOME}/.gitconfig`,
    "[user]\n\tname = Ana Ruiz\n\temail = ana@example.com\n[init]\n\tdefaultBranch = main\n",
  );
  const self: Learner = {
    files,
    env,
    cwd,
    git: (...args) => self.run(args),
    async run(args, more = {}) {
      const out: string[] = [];
      const err: string[] = [];
      const code = await git({
        args,
        stdout: output(out),
        stderr: more.stderr ?? output(err),
        cwd: self.cwd,
        env: self.env,
        files,
        http: options.http ?? noNetwork,
        now: () => 1_790_000_000_000,
        signal: more.signal ?? new AbortController().signal,
      });
      return { code, stdout: out.join(""), stderr: err.join("") };
    },
  };
  return self;
}
