/**
 * The same lines in our shell and in the machine's bash: same standard output, same errors, same exit code.
 *
 * Known differences, and so not among the lines:
 * - the line number and the quoted source line in messages of `bash -c`, which differ between versions of bash;
 * - the order of `grep -r` and `find` (ours by name), the blocks in `ls -s` and `total` of a directory's parent;
 * - hard links are copies, there is no owner but one, and every process has the same `$$`;
 * - applets of just-bash with other texts: `stat`, `od`, `column`, and their messages for wrong options;
 * - not supported: coproc, `set -v`, traps other than EXIT, stopping jobs with Ctrl-Z.
 */

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newShell, type Ran, run } from "./world";

const SCRATCH = "/home/estudiante";

/** Runs in a fresh directory, whose path is replaced by the one that our shell has. */
async function realBash(source: string): Promise<Ran> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "despliega-bash-")));
  try {
    return await new Promise((resolve, reject) => {
      const child = execFile(
        "bash",
        ["--norc", "-c", source],
        {
          cwd: directory,
          env: { PATH: process.env.PATH, HOME: directory, LC_ALL: "C.UTF-8", LANG: "C.UTF-8", USER: "estudiante" },
        },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== "number") return reject(error);
          const code = typeof error?.code === "number" ? error.code : 0;
          resolve({ stdout: neutral(stdout, directory), stderr: neutral(stderr, directory), code });
        },
      );
      child.stdin?.end();
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Versions and ways of calling differ in how bash names the line of an error, and a program's own path. */
function neutral(text: string, directory: string): string {
  return text
    .replaceAll(directory, SCRATCH)
    .replace(/^(?:bash|environment): (?:-c: )?(?:line \d+: )?/gm, "bash: ")
    .replace(/^bash: `.*'\n/gm, "")
    .replace(/unexpected end of file from `\w+' command on line \d+/, "unexpected end of file");
}

/** Groups start with `#### name`; `%%` separates the scripts of a group. */
const GROUPS = readFileSync(join(import.meta.dirname, "lines.txt"), "utf8")
  .split(/^#### /m)
  .slice(1)
  .map((group): [string, string[]] => {
    const [name = "", ...lines] = group.split("\n");
    return [name, lines.join("\n").trimEnd().split("\n%%\n")];
  });

describe.each(GROUPS)("%s", (_, lines) => {
  test.each(lines)("%s", async (line) => {
    const script = `bash -c '${line.replaceAll("'", "'\\''")}'`;
    const [theirs, ours] = await Promise.all([realBash(line), run(newShell().shell, script)]);
    const mine = { ...ours, stdout: neutral(ours.stdout, SCRATCH), stderr: neutral(ours.stderr, SCRATCH) };
    expect(mine).toEqual(theirs);
  });
});
