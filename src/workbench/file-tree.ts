import { element, icon } from "./dom";
import { type FileTreeModel, parentOf, type TreeNode } from "./file-tree-model";

export interface FileTree {
  readonly element: HTMLElement;
  /** Shows the model as it is now; keeps focus, selection and what is unfolded. */
  render(): void;
  /** The path that commands act on. */
  selected(): string | undefined;
  select(path: string): void;
  /** Unfolds the folders on the way to it. */
  reveal(path: string): void;
  setActive(path: string | undefined): void;
  focus(): void;
}

export interface FileTreeHandlers {
  /** `byKeyboard`: Enter, so the reader wants to go on in the editor. */
  onOpen(path: string, byKeyboard: boolean): void;
  onSelect(): void;
  onRename(): void;
  onDelete(): void;
}

/** A WAI-ARIA tree: one stop for Tab, arrows inside, letters jump to a name. */
export function createFileTree(model: FileTreeModel, expanded: Set<string>, handlers: FileTreeHandlers): FileTree {
  const tree = element("ul", {
    class: "wb-tree",
    attributes: { role: "tree", "aria-label": "Archivos del ejercicio" },
  });
  let selected: string | undefined;
  let active: string | undefined;
  const items = new Map<string, HTMLLIElement>();
  let visible: TreeNode[] = [];

  const item = (node: TreeNode, level: number, position: number, siblings: number): HTMLLIElement => {
    const folder = node.kind === "directory";
    const li = element(
      "li",
      {
        class: "wb-tree-row",
        attributes: {
          role: "treeitem",
          "aria-level": level,
          "aria-posinset": position,
          "aria-setsize": siblings,
          "aria-expanded": folder ? String(expanded.has(node.path)) : undefined,
          "aria-selected": String(node.path === selected),
          "aria-current": node.path === active ? "true" : undefined,
          tabindex: "-1",
        },
        on: { click: () => click(node) },
      },
      folder ? icon("chevron") : element("span", { class: "wb-tree-gap" }),
      icon(folder ? "folder" : "file"),
      element("span", { class: "wb-tree-name", attributes: { title: node.name } }, node.name),
    );
    li.style.setProperty("--wb-level", String(level));
    items.set(node.path, li);
    return li;
  };

  /** The items that are in view, one below the other: levels are attributes, so a name is never its folder's content. */
  const rows = (nodes: readonly TreeNode[], level: number): readonly HTMLLIElement[] =>
    nodes.flatMap((node, index) => {
      visible.push(node);
      const row = item(node, level, index + 1, nodes.length);
      return expanded.has(node.path) ? [row, ...rows(node.children, level + 1)] : [row];
    });

  const render = (): void => {
    const hadFocus = tree.contains(document.activeElement);
    items.clear();
    visible = [];
    if (selected !== undefined && model.kind(selected) === undefined) selected = nearest(selected);
    tree.replaceChildren(...rows(model.tree(), 1));
    const stop = items.get(selected ?? "") ?? items.get(visible[0]?.path ?? "");
    stop?.setAttribute("tabindex", "0");
    if (hadFocus) stop?.focus();
  };

  /** What is selected once the selected path is gone: the folder it was in, if that is still shown. */
  const nearest = (gone: string): string | undefined => {
    for (let path = parentOf(gone); path.length > model.root.length; path = parentOf(path)) {
      if (model.kind(path) !== undefined) return path;
    }
    return undefined;
  };

  const select = (path: string, focus: boolean): void => {
    if (selected !== undefined) {
      items.get(selected)?.setAttribute("aria-selected", "false");
    }
    for (const li of items.values()) li.setAttribute("tabindex", "-1");
    selected = path;
    const li = items.get(path);
    li?.setAttribute("aria-selected", "true");
    li?.setAttribute("tabindex", "0");
    if (focus) {
      li?.focus();
    }
    handlers.onSelect();
  };

  const toggle = (path: string, open = !expanded.has(path)): void => {
    if (open) expanded.add(path);
    else expanded.delete(path);
    render();
  };

  const click = (node: TreeNode): void => {
    select(node.path, true);
    if (node.kind === "directory") toggle(node.path);
    else handlers.onOpen(node.path, false);
  };

  let typed = "";
  let typedAt = 0;
  const jump = (key: string, from: number, now: number): void => {
    typed = now - typedAt > 700 ? key : typed + key;
    typedAt = now;
    const start = typed.length === 1 ? from + 1 : from;
    const rotated = [...visible.slice(start), ...visible.slice(0, start)];
    const found = rotated.find((node) => node.name.toLowerCase().startsWith(typed.toLowerCase()));
    if (found) select(found.path, true);
  };

  tree.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const index = Math.max(
      0,
      visible.findIndex((node) => items.get(node.path) === document.activeElement),
    );
    const node = visible[index];
    if (!node) return;
    const go = (to: TreeNode | undefined): void => {
      if (to) select(to.path, true);
    };
    const folder = node.kind === "directory";
    switch (event.key) {
      case "ArrowDown":
        go(visible[index + 1]);
        break;
      case "ArrowUp":
        go(visible[index - 1]);
        break;
      case "Home":
        go(visible[0]);
        break;
      case "End":
        go(visible.at(-1));
        break;
      case "ArrowRight":
        if (folder && !expanded.has(node.path)) toggle(node.path, true);
        else if (folder) go(node.children[0]);
        break;
      case "ArrowLeft":
        if (folder && expanded.has(node.path)) toggle(node.path, false);
        else go(visible.find(({ path }) => path === parentOf(node.path)));
        break;
      case "Enter":
      case " ":
        select(node.path, true);
        if (folder) toggle(node.path);
        else handlers.onOpen(node.path, event.key === "Enter");
        break;
      case "F2":
        select(node.path, true);
        handlers.onRename();
        break;
      case "Delete":
        select(node.path, true);
        handlers.onDelete();
        break;
      default:
        if (event.key.length !== 1) return;
        jump(event.key, index, event.timeStamp);
    }
    event.preventDefault();
  });

  return {
    element: tree,
    render,
    selected: () => selected,
    select: (path) => select(path, false),
    reveal(path) {
      for (let at = parentOf(path); at.length > model.root.length; at = parentOf(at)) expanded.add(at);
      render();
    },
    setActive(path) {
      if (active !== undefined) items.get(active)?.removeAttribute("aria-current");
      active = path;
      if (path !== undefined) items.get(path)?.setAttribute("aria-current", "true");
    },
    focus() {
      tree.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    },
  };
}
