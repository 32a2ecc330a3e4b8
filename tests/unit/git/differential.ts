/** Runs the same commands with the real Git on disk and with ours in a FileTree, at the same path. */

import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { learner, type Ran } from "./learner";

export type Step =
  | { readonly git: readonly string[]; readonly in?: string }
  | { readonly write: string; readonly text: string; readonly executable?: boolean }
  | { readonly remove: string }
  | { readonly move: string; readonly to: string }
  | { readonly folder: string };

export interface Outcome {
  readonly command: string;
  readonly real: Ran;
  readonly ours: Ran;
}

const CONFIG = "[user]\n\tname = Ana Ruiz\n\temail = ana@example.com\n[init]\n\tdefaultBranch = main\n";

/** Splits a command line at spaces; single quotes hold what has spaces. */
export function g(line: string): Step {
  return { git: (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'|'$/g, "")) };
}

export function w(path: string, text: string): Step {
  return { write: path, text };
}

/**
 * Runs `steps` in an empty folder and returns what both sides printed for each command.
 * Dates are fixed and move one minute per command, so that commits have the same ids on both sides.
 * @param config the user's ~/.gitconfig.
 */
export async function differential(steps: readonly Step[], config = CONFIG): Promise<Outcome[]> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "despliega-")));
  try {
    const [home, folder] = [join(base, "home"), join(base, "proyecto")];
    mkdirSync(home);
    mkdirSync(folder);
    writeFileSync(join(home, ".gitconfig"), config);
    const ours = learner({ cwd: folder, env: { HOME: home } });
    ours.files.writeFile(`${home}/.gitconfig`, config);
    const outcomes: Outcome[] = [];
    let clock = 1_790_000_000;
    for (const step of steps) {
      if ("git" in step) {
        clock += 60;
        const cwd = step.in ? join(folder, step.in) : folder;
        const env = {
          HOME: home,
          GIT_AUTHOR_DATE: `${clock} +0200`,
          GIT_COMMITTER_DATE: `${clock} +0200`,
          TERM: "dumb",
          GIT_CONFIG_NOSYSTEM: "1",
          LC_ALL: "C.UTF-8",
          PATH: process.env.PATH,
        };
        const real = spawnSync("git", step.git, { cwd, env, encoding: "utf8", input: "" });
        Object.assign(ours.env, { GIT_AUTHOR_DATE: env.GIT_AUTHOR_DATE, GIT_COMMITTER_DATE: env.GIT_COMMITTER_DATE });
        ours.cwd = cwd;
        outcomes.push({
          command: step.git.join(" "),
          real: { code: real.status ?? -1, stdout: real.stdout, stderr: real.stderr },
          ours: await ours.git(...step.git),
        });
      } else if ("write" in step) {
        const path = join(folder, step.write);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, step.text);
        if (step.executable) chmodSync(path, 0o755);
        ours.files.makeDirectory(dirname(path), { recursive: true });
        ours.files.writeFile(path, step.text, { mode: step.executable ? 0o755 : undefined });
      } else if ("remove" in step) {
        rmSync(join(folder, step.remove), { recursive: true });
        ours.files.remove(join(folder, step.remove), { recursive: true });
      } else if ("move" in step) {
        renameSync(join(folder, step.move), join(folder, step.to));
        ours.files.rename(join(folder, step.move), join(folder, step.to));
      } else {
        mkdirSync(join(folder, step.folder), { recursive: true });
        ours.files.makeDirectory(join(folder, step.folder), { recursive: true });
      }
    }
    return outcomes;
  } finally {
    rmSync(base, { recursive: true });
  }
}

/** The version whose texts are compared; others word some things otherwise. */
export const comparesHere = /^git version 2\.39\./.test(
  spawnSync("git", ["--version"], { encoding: "utf8" }).stdout ?? "",
);

/** Leaves out what newer versions, which ours follows, say otherwise: advice, and option lists after a usage line. */
export function comparable(ran: Ran): Ran {
  const plain = (text: string): string =>
    text
      .replace(/^hint:.*\n/gm, "")
      .replace(/^If you are sure you want to delete it, run .*\n/gm, "")
      .replace(/^error: (?:The|the) branch ('.*' is not fully merged)\.?$/gm, "error: the branch $1")
      .replace(/^(error: branch '.*' not found)\.$/gm, "$1")
      .replace(
        /^error: Cannot delete branch ('.*') checked out at/gm,
        "error: cannot delete branch $1 used by worktree at",
      )
      .replace(/^\n {4}-[\s\S]*/gm, "");
  return { code: ran.code, stdout: plain(ran.stdout), stderr: plain(ran.stderr) };
}
