/** The Git server behind real HTTP on the loopback interface, for the real Git as client. */

import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { GitServer } from "../../../src/git-server/server";
import type { Ran } from "./learner";

export interface Loopback {
  /** E.g. `http://127.0.0.1:41234`. */
  readonly url: string;
  close(): Promise<void>;
}

export async function listen(git: GitServer): Promise<Loopback> {
  const server: Server = createServer(async (request, response) => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(", ") : (value ?? ""),
      ]),
    );
    const answer = await git.handle(
      { url: request.url ?? "/", method: request.method ?? "GET", headers, body: chunks(request) },
      gone.signal,
    );
    response.writeHead(answer.status, answer.statusText, answer.headers);
    try {
      for await (const chunk of answer.body) response.write(chunk);
      response.end();
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function* chunks(request: IncomingMessage): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of request) yield new Uint8Array(chunk);
}

/** Runs the real Git without blocking, so that the server of this process can answer it. */
export function runGit(
  cwd: string,
  args: readonly string[],
  onStderr: (text: string) => void = () => {},
): Promise<Ran> {
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    NO_PROXY: "*",
    LC_ALL: "C",
    GIT_AUTHOR_NAME: "Ana",
    GIT_AUTHOR_EMAIL: "a@b.c",
    GIT_COMMITTER_NAME: "Ana",
    GIT_COMMITTER_EMAIL: "a@b.c",
  };
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["-c", "safe.directory=*", "-c", "init.defaultBranch=main", ...args], { cwd, env });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
      onStderr(data.toString());
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}
