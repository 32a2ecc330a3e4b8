import { describe, expect, it } from "vitest";
import { FileTreeModel, resolveNewPath, type TreeNode } from "../../../src/workbench/file-tree-model";

const HOME = "/home/ana";
const outline = (nodes: readonly TreeNode[]): readonly unknown[] =>
  nodes.map((node) => (node.kind === "directory" ? [node.name, outline(node.children)] : node.name));

const model = (): FileTreeModel => {
  const tree = new FileTreeModel(HOME, (path) => path.startsWith(`${HOME}/.`));
  tree.load([
    { path: `${HOME}/web`, kind: "directory" },
    { path: `${HOME}/web/b.py`, kind: "file" },
    { path: `${HOME}/web/Árbol.txt`, kind: "file" },
    { path: `${HOME}/web/static`, kind: "directory" },
    { path: `${HOME}/.config/git`, kind: "file" },
  ]);
  return tree;
};

describe("FileTreeModel", () => {
  it("puts folders first and sorts as a Spanish reader does, without what is hidden", () => {
    expect(outline(model().tree())).toEqual([["web", [["static", []], "Árbol.txt", "b.py"]]]);
  });

  it("follows writes and removals, and knows whether anything shown changed", () => {
    const tree = model();
    expect(tree.apply([{ kind: "write", path: `${HOME}/web/b.py`, node: "file" }])).toBe(false);
    expect(tree.apply([{ kind: "write", path: `${HOME}/.gitconfig`, node: "file" }])).toBe(false);
    expect(tree.apply([{ kind: "write", path: `${HOME}/otra/app.py`, node: "file" }])).toBe(true);
    expect(tree.apply([{ kind: "remove", path: `${HOME}/web` }])).toBe(true);
    expect(outline(tree.tree())).toEqual([["otra", ["app.py"]]]);
  });
});

describe("resolveNewPath", () => {
  const exists = (path: string): boolean => path === `${HOME}/web/b.py`;
  it("accepts folders on the way", () => {
    expect(resolveNewPath(`${HOME}/web`, " templates/inicio.html ", exists)).toEqual({
      ok: true,
      path: `${HOME}/web/templates/inicio.html`,
    });
  });
  it.each(["", "  ", "/etc/passwd", "../fuera", "a/./b", "a//b", ".git/config", "b.py"])(
    "refuses %j with a reason",
    (typed) => {
      const result = resolveNewPath(`${HOME}/web`, typed, exists);
      expect(result.ok).toBe(false);
      expect(!result.ok && result.reason).toMatch(/\.$/);
    },
  );
});
