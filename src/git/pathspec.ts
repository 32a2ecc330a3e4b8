/** Arguments that name files: paths relative to the current directory, folders, and patterns that the shell did not expand. */

import { resolvePath } from "../files/tree";
import { Fatal } from "./failures";
import type { Repository } from "./invocation";

export interface Pathspec {
  /** As it was typed. */
  readonly text: string;
  /** Whether a path of the repository (a folder with or without trailing slash) is meant by it. */
  matches(path: string): boolean;
  /** The path of the repository that it names literally; "" for the root. */
  readonly path: string;
}

/** Throws Git's complaint for a path outside the repository. */
export function pathspec(repository: Repository, cwd: string, text: string): Pathspec {
  if (text === "")
    throw new Fatal("empty string is not a valid pathspec. please use . instead if you meant to match all paths");
  const { root } = repository.place;
  const top = text.startsWith(":/") || text.startsWith(":(top)");
  const plain = top ? text.replace(/^:\/|^:\(top\)/, "") : text;
  const absolute = resolvePath(top ? root : cwd, plain === "" ? "." : plain);
  const base = root === "/" ? "/" : `${root}/`;
  if (absolute !== root && !absolute.startsWith(base))
    throw new Fatal(`${text}: '${text}' is outside repository at '${root}'`);
  const path = absolute === root ? "" : absolute.slice(base.length);
  const pattern = /[*?[]/.test(path) ? globPattern(path) : undefined;
  return {
    text,
    path,
    matches: (candidate) => {
      const clean = candidate.replace(/\/$/, "");
      if (path === "" || clean === path || clean.startsWith(`${path}/`)) return true;
      return pattern?.test(clean) ?? false;
    },
  };
}

export function pathspecs(repository: Repository, cwd: string, texts: readonly string[]): Pathspec[] {
  return texts.map((text) => pathspec(repository, cwd, text));
}

/** Git's default wildcards: `*` crosses slashes; a matched folder takes what is in it. */
function globPattern(glob: string): RegExp {
  let source = "";
  for (let i = 0; i < glob.length; i++) {
    const character = glob[i] ?? "";
    if (character === "*") source += ".*";
    else if (character === "?") source += ".";
    else if (character === "[") {
      const end = glob.indexOf("]", i + 2);
      if (end < 0) source += "\\[";
      else {
        source += `[${glob
          .slice(i + 1, end)
          .replace(/^!/, "^")
          .replace(/\\/g, "\\\\")}]`;
        i = end;
      }
    } else source += character.replace(/[.+^${}()|\\\]]/g, "\\$&");
  }
  return new RegExp(`^${source}(?:/.*)?$`);
}
