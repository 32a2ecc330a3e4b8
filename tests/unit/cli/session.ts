/** A terminal, a repository and a browser made for tests, before a platform on doubles. */

import { heroku } from "../../../src/cli/heroku";
import { createTestPlatform, type TestPlatform } from "../platform/doubles";

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Session {
  readonly test: TestPlatform;
  /** The repository's remotes, by their names. */
  readonly remotes: Map<string, string>;
  /** Addresses that were opened. */
  readonly opened: readonly string[];
  run(...args: readonly string[]): Promise<Result>;
}

export interface SessionOptions {
  /** Columns of a terminal; without them the output is no terminal. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** False outside a repository. */
  readonly repository?: boolean;
  /** What is typed at a question; undefined when nobody is there. */
  readonly answer?: string;
  readonly signal?: AbortSignal;
  /** Called for everything that is written to standard output. */
  readonly onOutput?: (chunk: string) => void;
}

export async function createSession(options: SessionOptions = {}): Promise<Session> {
  const test = await createTestPlatform();
  const remotes = new Map<string, string>();
  const opened: string[] = [];
  const { columns, env = {}, repository = true, answer } = options;
  const isTerminal = columns !== undefined;
  return {
    test,
    remotes,
    opened,
    async run(...args) {
      let stdout = "";
      let stderr = "";
      const output = (write: (chunk: string) => void) => ({
        isTerminal,
        write: async (chunk: string) => write(chunk),
      });
      const onError = (chunk: string) => {
        stderr += chunk;
      };
      const code = await heroku({
        args,
        terminal: {
          stdout: output((chunk) => {
            stdout += chunk;
            options.onOutput?.(chunk);
          }),
          stderr: output(onError),
          columns: columns ?? 80,
          async ask(prompt) {
            if (!isTerminal) return undefined;
            onError(prompt);
            return answer;
          },
        },
        git: {
          remotes: async () => (repository ? [...remotes].map(([name, url]) => ({ name, url })) : undefined),
          setRemote: async (name, url) => void remotes.set(name, url),
          removeRemote: async (name) => void remotes.delete(name),
        },
        browser: { open: async (url) => void opened.push(url) },
        api: test.platform.api,
        env: isTerminal ? { TERM: "xterm-256color", ...env } : env,
        now: () => test.clock.now(),
        signal: options.signal ?? new AbortController().signal,
      });
      return { code, stdout, stderr };
    },
  };
}

/** A session in which the application `hola` was created, pushed and is up. */
export async function createDeployedSession(options: SessionOptions = {}): Promise<Session> {
  const session = await createSession({ ...options });
  await session.test.api("POST", "/apps", { name: "hola" });
  session.remotes.set("heroku", "https://git.heroku.com/hola.git");
  await session.test.push("hola");
  return session;
}

/** Escape sequences made readable. */
export function readable(text: string): string {
  return text.replaceAll("\u001b", "␛");
}
