/** A shell over a small tree, and what its runs printed. */

import { FileTree } from "../../../src/files/tree";
import type { Command, Source } from "../../../src/shell/command";
import { Shell } from "../../../src/shell/shell";
import { bytesSource, Collector, toBytes } from "../../../src/shell/streams";

export const HOME = "/home/estudiante";

export function newShell(commands: Record<string, Command> = {}, env: Record<string, string> = {}) {
  const files = new FileTree();
  files.makeDirectory(HOME, { recursive: true });
  files.makeDirectory("/tmp");
  const shell = new Shell({
    files,
    commands,
    cwd: HOME,
    env: { HOME, USER: "estudiante", LANG: "C.UTF-8", ...env },
  });
  return { files, shell };
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Runs a source without a terminal. */
export async function run(
  shell: Shell,
  source: string,
  options: { stdin?: string | Source; signal?: AbortSignal } = {},
): Promise<Ran> {
  const stdout = new Collector();
  const stderr = new Collector();
  const { stdin = "", signal = new AbortController().signal } = options;
  const input = typeof stdin === "string" ? bytesSource(toBytes(stdin)) : stdin;
  const code = await shell.run(source, { stdin: input, stdout, stderr }, signal);
  return { stdout: stdout.text(), stderr: stderr.text(), code };
}
