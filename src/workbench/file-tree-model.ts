import type { FileInfo, WorkspaceFileChange } from "../sandbox/workspace";

export interface TreeNode {
  readonly path: string;
  readonly name: string;
  readonly kind: FileInfo["kind"];
  readonly children: readonly TreeNode[];
}

/** The files below one folder as a tree: folders first, then by name as a Spanish reader sorts. */
export class FileTreeModel {
  readonly root: string;
  readonly #kinds = new Map<string, FileInfo["kind"]>();
  readonly #hidden: (path: string) => boolean;

  /** @param hidden of these paths nothing is shown, nor of what lies below them */
  constructor(root: string, hidden: (path: string) => boolean = () => false) {
    this.root = root;
    this.#hidden = hidden;
  }

  load(files: readonly FileInfo[]): void {
    this.#kinds.clear();
    for (const file of files) this.#add(file.path, file.kind);
  }

  /** True if what is shown may have changed. */
  apply(changes: readonly WorkspaceFileChange[]): boolean {
    let changed = false;
    for (const change of changes) {
      if (change.kind === "write") changed = this.#add(change.path, change.node) || changed;
      else changed = this.#remove(change.path) || changed;
    }
    return changed;
  }

  kind(path: string): FileInfo["kind"] | undefined {
    return path === this.root ? "directory" : this.#kinds.get(path);
  }

  /** The paths of all files (not folders), in no particular order. */
  files(): readonly string[] {
    return [...this.#kinds].filter(([, kind]) => kind !== "directory").map(([path]) => path);
  }

  tree(): readonly TreeNode[] {
    const byParent = new Map<string, string[]>();
    for (const path of this.#kinds.keys()) {
      const parent = parentOf(path);
      const siblings = byParent.get(parent);
      if (siblings) siblings.push(path);
      else byParent.set(parent, [path]);
    }
    const below = (folder: string): readonly TreeNode[] =>
      (byParent.get(folder) ?? [])
        .map((path) => ({
          path,
          name: nameOf(path),
          kind: this.#kinds.get(path) ?? "file",
          children: below(path),
        }))
        .sort(compareNodes);
    return below(this.root);
  }

  #add(path: string, kind: FileInfo["kind"]): boolean {
    if (!isBelow(path, this.root) || this.#isHidden(path)) return false;
    if (this.#kinds.get(path) === kind) return false;
    this.#kinds.set(path, kind);
    for (let parent = parentOf(path); isBelow(parent, this.root); parent = parentOf(parent)) {
      this.#kinds.set(parent, "directory");
    }
    return true;
  }

  #remove(path: string): boolean {
    let changed = this.#kinds.delete(path);
    for (const other of this.#kinds.keys()) {
      if (isBelow(other, path)) changed = this.#kinds.delete(other) || changed;
    }
    return changed;
  }

  #isHidden(path: string): boolean {
    for (let at = path; isBelow(at, this.root); at = parentOf(at)) if (this.#hidden(at)) return true;
    return false;
  }
}

export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder === "/" ? "/" : `${folder}/`) && path !== folder;

const order = new Intl.Collator("es", { numeric: true });
const compareNodes = (a: TreeNode, b: TreeNode): number => {
  const folders = Number(b.kind === "directory") - Number(a.kind === "directory");
  return folders || order.compare(a.name, b.name);
};

/**
 * A new entry's path from what the reader typed, or why it cannot be, in Spanish. A slash makes folders on the way.
 * @param folder where it goes
 */
export function resolveNewPath(
  folder: string,
  typed: string,
  exists: (path: string) => boolean,
): { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string } {
  const name = typed.trim().replace(/\/+$/, "");
  if (name === "") return { ok: false, reason: "Escribe un nombre." };
  if (name.startsWith("/")) return { ok: false, reason: "Escribe un nombre sin «/» al principio." };
  const parts = name.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) {
    return { ok: false, reason: "El nombre no puede contener «.», «..» ni «//»." };
  }
  if (parts.some((part) => part === ".git")) return { ok: false, reason: "La carpeta .git la administra git." };
  if (name.includes("\0")) return { ok: false, reason: "El nombre contiene un carácter que no se permite." };
  const path = `${folder === "/" ? "" : folder}/${name}`;
  if (exists(path)) return { ok: false, reason: `Ya existe «${name}».` };
  return { ok: true, path };
}
