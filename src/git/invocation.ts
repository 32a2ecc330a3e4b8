/** One run of a subcommand, and the repository that it works on. */

import { type FileTree, resolvePath } from "../files/tree";
import { ConfigFile, normalizeName } from "./config-file";
import { Fatal } from "./failures";
import { type Index, readIndex, writeIndex } from "./index-file";
import { ObjectStore, type TreeFiles } from "./objects";
import type { GitContext } from "./ports";
import { type Head, readHead, resolveRef } from "./refs";
import { findRepository, type RepositoryPlace } from "./repository";
import { readWorktree, type Worktree } from "./worktree";

/** A subcommand: resolves with the exit code; throws `Failure` for an expected end. */
export type GitCommand = (run: Invocation) => Promise<number>;

export class Repository {
  readonly objects: ObjectStore;

  constructor(
    readonly files: FileTree,
    readonly place: RepositoryPlace,
    /** The current directory inside the repository: "" or ending in "/". */
    readonly prefix: string,
  ) {
    this.objects = new ObjectStore(files, place.gitdir);
  }

  get gitdir(): string {
    return this.place.gitdir;
  }

  /** Absolute path of a path relative to the root. */
  absolute(path: string): string {
    return resolvePath(this.place.root, path);
  }

  readIndex(): Index {
    return readIndex(this.files, `${this.gitdir}/index`);
  }

  writeIndex(index: Index): void {
    writeIndex(this.files, `${this.gitdir}/index`, index);
  }

  head(): Head {
    const head = readHead(this.files, this.gitdir);
    if (!head) throw new Fatal("your current branch appears to be broken");
    return head;
  }

  /** Id of the commit that HEAD points to; undefined before the first commit. */
  headOid(): string | undefined {
    return resolveRef(this.files, this.gitdir, "HEAD");
  }

  /** Files of HEAD's commit; empty before the first one. */
  async headFiles(): Promise<TreeFiles> {
    return this.objects.tree(this.headOid());
  }

  worktree(index: Index): Promise<Worktree> {
    return readWorktree(this.files, this.place, index);
  }
}

/** Short name of a reference, e.g. `main`, `heroku/main`, `v1`. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|remotes)\//, "");
}

export class Invocation {
  private opened: Repository | undefined;

  constructor(
    readonly context: GitContext,
    readonly name: string,
    /** What follows the subcommand's name. */
    readonly args: readonly string[],
    readonly cwd: string,
    /** From `git -c name=value`; the last wins. */
    private readonly overrides: readonly (readonly [string, string])[],
  ) {}

  get files(): FileTree {
    return this.context.files;
  }

  out(text: string): Promise<void> {
    return text === "" ? Promise.resolve() : this.context.stdout.write(text);
  }

  err(text: string): Promise<void> {
    return text === "" ? Promise.resolve() : this.context.stderr.write(text);
  }

  /** Throws Git's complaint outside a repository. */
  repository(): Repository {
    if (this.opened) return this.opened;
    const place = findRepository(this.files, this.cwd);
    if (!place) throw new Fatal("not a git repository (or any of the parent directories): .git");
    if (`${this.cwd}/`.startsWith(`${place.gitdir}/`)) throw new Fatal("this operation must be run in a work tree");
    const inside = this.cwd === place.root ? "" : `${this.cwd.slice(place.root === "/" ? 1 : place.root.length + 1)}/`;
    this.opened = new Repository(this.files, place, inside);
    return this.opened;
  }

  /** Where the user's own configuration is. */
  get globalConfigPath(): string {
    return resolvePath("/", `${this.context.env.HOME ?? "/root"}/.gitconfig`);
  }

  /** `-c`, then the repository's configuration, then the user's. */
  config(name: string): string | undefined {
    const wanted = normalizeName(name);
    const override = this.overrides.findLast(([key]) => normalizeName(key) === wanted);
    if (override) return override[1];
    const place = findRepository(this.files, this.cwd);
    const own = place && ConfigFile.read(this.files, `${place.gitdir}/config`).get(name);
    return own ?? ConfigFile.read(this.files, this.globalConfigPath).get(name);
  }

  get identitySources() {
    return {
      env: this.context.env,
      config: (name: string) => this.config(name),
      now: () => this.context.now(),
    };
  }

  /** Whether colours are wanted on `stream`. */
  colours(stream: "stdout" | "stderr"): boolean {
    const setting = this.config("color.ui");
    if (setting === "always") return true;
    if (setting === "false" || setting === "never") return false;
    return this.context[stream].isTerminal && this.context.env.TERM !== "dumb";
  }
}
