import { describe, expect, it } from "vitest";
import { type FileChange, FileError, FileTree, resolvePath } from "../../../src/files/tree";

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof FileError) return error.code;
    throw error;
  }
  return "no error";
};

describe("resolvePath", () => {
  it.each([
    ["/home", "a/b", "/home/a/b"],
    ["/home", "../x", "/x"],
    ["/", "../../x/./y//z/", "/x/y/z"],
    ["/home", "/abs", "/abs"],
    ["/home", ".", "/home"],
  ])("%s + %s = %s", (base, path, expected) => expect(resolvePath(base, path)).toBe(expected));
});

describe("FileTree", () => {
  it("writes, reads, lists and removes", () => {
    const tree = new FileTree();
    tree.makeDirectory("/a/b", { recursive: true });
    tree.writeFile("/a/b/ñandú.txt", "hola");
    tree.appendFile("/a/b/ñandú.txt", ", mundo");
    expect(tree.readText("/a/b/ñandú.txt")).toBe("hola, mundo");
    expect(tree.readDirectory("/a")).toEqual(["b"]);
    expect(tree.size).toBe(11);
    tree.remove("/a", { recursive: true });
    expect(tree.exists("/a/b")).toBe(false);
    expect(tree.size).toBe(0);
  });

  it("fails as the system calls do", () => {
    const tree = new FileTree();
    tree.makeDirectory("/d");
    tree.writeFile("/d/f", "x");
    expect(code(() => tree.readFile("/no"))).toBe("ENOENT");
    expect(code(() => tree.readFile("/d"))).toBe("EISDIR");
    expect(code(() => tree.writeFile("/d/f/g", ""))).toBe("ENOTDIR");
    expect(code(() => tree.writeFile("/no/g", ""))).toBe("ENOENT");
    expect(code(() => tree.makeDirectory("/d"))).toBe("EEXIST");
    expect(code(() => tree.remove("/d"))).toBe("EISDIR");
    expect(code(() => tree.remove("/d", { directory: true }))).toBe("ENOTEMPTY");
    expect(code(() => tree.rename("/d", "/d/e"))).toBe("EINVAL");
    expect(code(() => tree.readDirectory("/d/f"))).toBe("ENOTDIR");
  });

  it("keeps to its capacity, and counts what is replaced once", () => {
    const tree = new FileTree({ capacity: 10 });
    tree.writeFile("/a", "12345678");
    tree.writeFile("/a", "1234567890");
    expect(code(() => tree.writeFile("/b", "1"))).toBe("ENOSPC");
    expect(tree.readText("/a")).toBe("1234567890");
  });

  it("follows links, relative and absolute, and stops at loops", () => {
    const tree = new FileTree();
    tree.makeDirectory("/a/b", { recursive: true });
    tree.writeFile("/a/f", "real");
    tree.symlink("../f", "/a/b/relative");
    tree.symlink("/a/b", "/link");
    tree.symlink("/loop", "/loop");
    expect(tree.readText("/link/relative")).toBe("real");
    expect(tree.realPath("/link/relative")).toBe("/a/f");
    expect(tree.lstat("/link").kind).toBe("symlink");
    tree.writeFile("/link/relative", "changed");
    expect(tree.readText("/a/f")).toBe("changed");
    expect(code(() => tree.readFile("/loop"))).toBe("ELOOP");
    tree.remove("/link");
    expect(tree.exists("/a/b")).toBe(true);
  });

  it("moves a directory over an empty one and keeps its content", () => {
    const tree = new FileTree();
    tree.makeDirectory("/from/sub", { recursive: true });
    tree.writeFile("/from/sub/f", "x");
    tree.makeDirectory("/to");
    tree.rename("/from", "/to");
    expect([...tree.entries()].map(([path]) => path)).toEqual(["/to", "/to/sub", "/to/sub/f"]);
  });

  it("tells listeners every change, so that a copy can follow", () => {
    const tree = new FileTree();
    const changes: FileChange[] = [];
    tree.watch((news) => changes.push(...news));
    tree.makeDirectory("/a/b", { recursive: true });
    tree.writeFile("/a/b/f", "1");
    tree.changeMode("/a/b/f", 0o755);
    tree.rename("/a/b", "/a/c");
    tree.remove("/a/c/f");
    const copy = new Set<string>();
    for (const change of changes) {
      if (change.kind === "write") copy.add(change.path);
      else
        for (const path of [...copy]) if (path === change.path || path.startsWith(`${change.path}/`)) copy.delete(path);
    }
    expect([...copy].sort()).toEqual([...tree.entries()].map(([path]) => path).sort());
  });

  it("restores a snapshot and tells only what differs", () => {
    const tree = new FileTree();
    tree.makeDirectory("/a");
    tree.writeFile("/a/same", "x");
    tree.writeFile("/a/old", "x");
    const snapshot = tree.snapshot();
    tree.writeFile("/a/new", "y");
    tree.remove("/a/old");
    const changes: string[] = [];
    tree.watch((news) => changes.push(...news.map(({ kind, path }) => `${kind} ${path}`)));
    tree.restore(snapshot);
    expect(changes.sort()).toEqual(["remove /a/new", "write /a/old"]);
    expect(tree.readDirectory("/a")).toEqual(["old", "same"]);
    expect(tree.size).toBe(2);
  });

  it("loads what another tree's entries gave", () => {
    const tree = new FileTree();
    tree.makeDirectory("/a/b", { recursive: true });
    tree.writeFile("/a/b/f", "x", { mode: 0o755 });
    tree.symlink("f", "/a/b/l");
    const copy = new FileTree();
    copy.load(tree.entries());
    expect([...copy.entries()]).toEqual([...tree.entries()]);
    expect(copy.size).toBe(tree.size);
  });
});
