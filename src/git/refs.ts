/** References of a repository: loose files first, then `packed-refs`. Synchronous, because the file tree is. */

import type { FileTree } from "../files/tree";
import { directoryName } from "../files/tree";

/** What HEAD says: a branch (that may have no commit yet) or a commit by itself. */
export type Head =
  | { readonly kind: "branch"; readonly ref: string }
  | { readonly kind: "detached"; readonly oid: string };

const OID = /^[0-9a-f]{40}$/;

export function isOid(text: string): boolean {
  return OID.test(text);
}

/** Undefined when HEAD is missing or unreadable. */
export function readHead(files: FileTree, gitdir: string): Head | undefined {
  if (!files.isFile(`${gitdir}/HEAD`)) return undefined;
  const text = files.readText(`${gitdir}/HEAD`).trim();
  if (text.startsWith("ref:")) return { kind: "branch", ref: text.slice(4).trim() };
  return isOid(text) ? { kind: "detached", oid: text } : undefined;
}

export function writeHead(files: FileTree, gitdir: string, head: Head): void {
  files.writeFile(`${gitdir}/HEAD`, head.kind === "branch" ? `ref: ${head.ref}\n` : `${head.oid}\n`);
}

/** The object that a full name (`refs/heads/main`, `HEAD`) points to, through symbolic references. */
export function resolveRef(files: FileTree, gitdir: string, ref: string, depth = 5): string | undefined {
  const path = `${gitdir}/${ref}`;
  if (files.isFile(path)) {
    const text = files.readText(path).trim();
    if (isOid(text)) return text;
    return text.startsWith("ref:") && depth > 0
      ? resolveRef(files, gitdir, text.slice(4).trim(), depth - 1)
      : undefined;
  }
  return packedRefs(files, gitdir).get(ref);
}

/** Full names below `prefix` (e.g. `refs/heads/`) with their objects, sorted by name. */
export function listRefs(files: FileTree, gitdir: string, prefix: string): [ref: string, oid: string][] {
  const found = new Map([...packedRefs(files, gitdir)].filter(([ref]) => ref.startsWith(prefix)));
  const visit = (folder: string): void => {
    const path = `${gitdir}/${folder}`;
    if (!files.isDirectory(path)) return;
    for (const name of files.readDirectory(path)) {
      const ref = `${folder}/${name}`;
      if (files.isDirectory(`${gitdir}/${ref}`)) visit(ref);
      else {
        const oid = resolveRef(files, gitdir, ref);
        if (oid) found.set(ref, oid);
      }
    }
  };
  visit(prefix.replace(/\/$/, ""));
  return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

export function writeRef(files: FileTree, gitdir: string, ref: string, oid: string): void {
  const path = `${gitdir}/${ref}`;
  files.makeDirectory(directoryName(path), { recursive: true });
  files.writeFile(path, `${oid}\n`);
}

/** Removes the reference and the folders that it leaves empty. */
export function deleteRef(files: FileTree, gitdir: string, ref: string): void {
  const path = `${gitdir}/${ref}`;
  if (files.isFile(path)) files.remove(path);
  let folder = directoryName(ref);
  while (folder.split("/").length > 2 && files.isDirectory(`${gitdir}/${folder}`)) {
    if (files.readDirectory(`${gitdir}/${folder}`).length > 0) break;
    files.remove(`${gitdir}/${folder}`, { directory: true });
    folder = directoryName(folder);
  }
  const packed = `${gitdir}/packed-refs`;
  if (!packedRefs(files, gitdir).has(ref)) return;
  const lines = files.readText(packed).split("\n");
  const at = lines.findIndex((line) => line.endsWith(` ${ref}`));
  lines.splice(at, lines[at + 1]?.startsWith("^") ? 2 : 1);
  files.writeFile(packed, lines.join("\n"));
}

/** Whether Git takes `name` as a branch name (git-check-ref-format(1)). */
export function isBranchName(name: string): boolean {
  if (name === "" || name === "@" || name === "HEAD" || name.startsWith("-")) return false;
  if (name.includes("..") || name.includes("@{") || name.endsWith(".")) return false;
  if ([...name].some((character) => character <= " " || "\x7f~^:?*[\\".includes(character))) return false;
  return name.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

function packedRefs(files: FileTree, gitdir: string): Map<string, string> {
  const refs = new Map<string, string>();
  const path = `${gitdir}/packed-refs`;
  if (!files.isFile(path)) return refs;
  for (const line of files.readText(path).split("\n")) {
    const [oid = "", ref] = line.split(" ");
    if (ref && isOid(oid)) refs.set(ref, oid);
  }
  return refs;
}
