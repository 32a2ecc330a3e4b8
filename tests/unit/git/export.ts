/** Writes a FileTree's folder to disk, so that the real Git can look at it. */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FileTree } from "../../../src/files/tree";

/** Calls `use` with a temporary folder that holds what is below `path`; the folder is removed afterwards. */
export function onDisk<T>(files: FileTree, path: string, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "despliega-"));
  try {
    for (const [name, entry] of files.entries(path)) {
      const target = join(folder, name.slice(path.length));
      mkdirSync(dirname(target), { recursive: true });
      if (entry.kind === "directory") mkdirSync(target, { recursive: true });
      else if (entry.kind === "symlink") symlinkSync(entry.target, target);
      else {
        writeFileSync(target, entry.data);
        chmodSync(target, entry.mode);
      }
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the real Git prints; throws when it fails. */
export function realGit(folder: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null", LC_ALL: "C" };
  return execFileSync("git", ["-c", "safe.directory=*", "-C", folder, ...args], {
    env,
    encoding: "utf8",
    stdio: "pipe",
  });
}
