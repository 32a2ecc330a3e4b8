/** Finding a repository, and the small facts about it that need no object: branch, remotes, configuration. */

import { directoryName, type FileTree } from "../files/tree";
import { ConfigFile } from "./config-file";
import { deleteRef, listRefs, readHead } from "./refs";

/** Where a repository is. Both paths absolute. */
export interface RepositoryPlace {
  readonly root: string;
  readonly gitdir: string;
}

export interface Remote {
  readonly name: string;
  readonly url: string;
}

/** The repository that `cwd` is in, looking upwards as Git does. */
export function findRepository(files: FileTree, cwd: string): RepositoryPlace | undefined {
  for (let folder = cwd; ; folder = directoryName(folder)) {
    const gitdir = folder === "/" ? "/.git" : `${folder}/.git`;
    if (files.isFile(`${gitdir}/HEAD`) && files.isDirectory(`${gitdir}/objects`)) return { root: folder, gitdir };
    if (folder === "/") return undefined;
  }
}

/** For the prompt: the branch's name, the short id of a detached HEAD, or undefined outside a repository. */
export function currentBranch(files: FileTree, cwd: string): string | undefined {
  const place = findRepository(files, cwd);
  const head = place && readHead(files, place.gitdir);
  if (!head) return undefined;
  return head.kind === "branch" ? head.ref.replace(/^refs\/heads\//, "") : head.oid.slice(0, 7);
}

/** Sorted by name, as `git remote` lists them; undefined outside a repository. */
export function listRemotes(files: FileTree, cwd: string): readonly Remote[] | undefined {
  const place = findRepository(files, cwd);
  return place && remotesOf(ConfigFile.read(files, `${place.gitdir}/config`));
}

/** Adds the remote, or changes its URL. Does nothing outside a repository; returns whether it did. */
export function setRemote(files: FileTree, cwd: string, name: string, url: string): boolean {
  const place = findRepository(files, cwd);
  if (!place) return false;
  editConfig(files, place, (config) => {
    const known = config.get(`remote.${name}.url`) !== undefined;
    config.set(`remote.${name}.url`, url);
    if (!known) config.set(`remote.${name}.fetch`, `+refs/heads/*:refs/remotes/${name}/*`);
  });
  return true;
}

/** Removes the remote, its tracking branches and what pointed to it; returns whether it was there. */
export function removeRemote(files: FileTree, cwd: string, name: string): boolean {
  const place = findRepository(files, cwd);
  if (!place) return false;
  let found = false;
  editConfig(files, place, (config) => {
    found = config.removeSection(`remote.${name}`);
    if (!found) return;
    for (const entry of config.entries()) {
      const branch = /^branch\.(.+)\.remote$/.exec(entry.name)?.[1];
      if (branch === undefined || entry.value !== name) continue;
      config.unset(`branch.${branch}.remote`);
      config.unset(`branch.${branch}.merge`);
    }
  });
  if (!found) return false;
  for (const [ref] of listRefs(files, place.gitdir, `refs/remotes/${name}/`)) deleteRef(files, place.gitdir, ref);
  return true;
}

export function remotesOf(config: ConfigFile): Remote[] {
  const urls = new Map<string, string>();
  for (const entry of config.entries()) {
    const name = /^remote\.(.+)\.url$/.exec(entry.name)?.[1];
    if (name !== undefined && !urls.has(name)) urls.set(name, entry.value);
  }
  return [...urls].map(([name, url]) => ({ name, url })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function editConfig(files: FileTree, place: RepositoryPlace, edit: (config: ConfigFile) => void): void {
  const path = `${place.gitdir}/config`;
  const config = ConfigFile.read(files, path);
  edit(config);
  files.writeFile(path, config.toString());
}
