import type { Workspace } from "../sandbox/workspace";
import { confirmInDialog } from "./dialogs";
import { element, iconButton, textButton, uniqueId } from "./dom";
import { createEditorPanel } from "./editor-panel";
import { createFileTree } from "./file-tree";
import { FileTreeModel, nameOf, parentOf, resolveNewPath } from "./file-tree-model";

export interface FilesPane {
  readonly element: HTMLElement;
  focus(): void;
  /** Reads the list of files and opens the first one that a learner wants to see. */
  load(): Promise<void>;
  dispose(): void;
}

export interface FilesPaneOptions {
  announce(message: string): void;
  /** Where dialogs go. */
  readonly dialogHost: HTMLElement;
}

/** The file to show at the start, the likeliest first. */
const FIRST_FILES = ["app.py", "main.py", "index.js", "server.js", "README.md"];

export function createFilesPane(workspace: Workspace, options: FilesPaneOptions): FilesPane {
  const { files, folder } = workspace;
  const home = parentOf(folder);
  // Of the home itself only the projects are shown: its dot files are the shell's and git's.
  const model = new FileTreeModel(home, (path) => parentOf(path) === home && nameOf(path).startsWith("."));
  const expanded = new Set([folder]);

  const editor = createEditorPanel(files, {
    announce: options.announce,
    onActive: () => tree.setActive(editor.activePath()),
  });
  const tree = createFileTree(model, expanded, {
    onOpen: (path, byKeyboard) => void editor.open(path, byKeyboard),
    onSelect: () => updateButtons(),
    onRename: () => askRename(),
    onDelete: () => void askDelete(),
  });

  const form = element("div", { class: "wb-tree-form" });
  const newFile = iconButton("newFile", "Nuevo archivo", () => askNew("file"));
  const newFolder = iconButton("newFolder", "Nueva carpeta", () => askNew("directory"));
  const rename = iconButton("rename", "Renombrar", () => askRename());
  const remove = iconButton("trash", "Borrar", () => void askDelete());
  const treePanelId = uniqueId("tree");
  const treePanel = element(
    "div",
    { class: "wb-tree-panel", attributes: { id: treePanelId } },
    element(
      "div",
      { class: "wb-pane-bar" },
      element("h2", { class: "wb-pane-title" }, "Archivos"),
      element(
        "div",
        { class: "wb-tools", attributes: { role: "toolbar", "aria-label": "Acciones sobre archivos" } },
        newFile,
        newFolder,
        rename,
        remove,
      ),
    ),
    form,
    element("div", { class: "wb-tree-scroll" }, tree.element),
  );
  const pane = element("div", { class: "wb-files" }, treePanel, editor.element);

  const relative = (path: string): string => path.slice(home.length + 1);
  /** The selected path, unless it is the exercise's own folder, which stays. */
  const changeable = (): string | undefined => {
    const path = tree.selected();
    return path === undefined || path === folder ? undefined : path;
  };
  const updateButtons = (): void => {
    const path = changeable();
    for (const [button, verb] of [
      [rename, "Renombrar"],
      [remove, "Borrar"],
    ] as const) {
      button.disabled = path === undefined;
      const label = path === undefined ? verb : `${verb} ${nameOf(path)}`;
      button.setAttribute("aria-label", label);
      button.title = label;
    }
  };

  const closeForm = (refocus: boolean): void => {
    form.replaceChildren();
    if (refocus) tree.focus();
  };
  const problem = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  const openForm = (
    label: string,
    value: string,
    action: string,
    submit: (typed: string) => Promise<string | undefined>,
  ): void => {
    const inputId = uniqueId("name");
    const errorId = uniqueId("name-error");
    const error = element("p", { class: "wb-form-error", attributes: { id: errorId, role: "alert" } });
    const input = element("input", {
      class: "wb-input",
      attributes: {
        id: inputId,
        type: "text",
        "aria-describedby": errorId,
        spellcheck: "false",
        autocapitalize: "off",
        autocomplete: "off",
      },
    });
    input.value = value;
    const accept = element("button", { class: "wb-button wb-button-primary", attributes: { type: "submit" } }, action);
    const send = async (): Promise<void> => {
      const reason = await submit(input.value).catch(problem);
      if (reason === undefined) return;
      error.textContent = reason;
      input.setAttribute("aria-invalid", "true");
      input.focus();
    };
    form.replaceChildren(
      element(
        "form",
        {
          on: {
            submit: (event) => {
              event.preventDefault();
              void send();
            },
            keydown: (event) => {
              if (event.key !== "Escape") return;
              event.stopPropagation();
              closeForm(true);
            },
          },
        },
        element("label", { attributes: { for: inputId } }, label),
        input,
        error,
        element(
          "div",
          { class: "wb-form-actions" },
          accept,
          textButton("Cancelar", "plain", () => closeForm(true)),
        ),
      ),
    );
    input.focus();
    const dot = value.lastIndexOf(".");
    input.setSelectionRange(0, dot > 0 ? dot : value.length);
  };

  const askNew = (kind: "file" | "directory"): void => {
    const at = tree.selected() ?? folder;
    const parent = model.kind(at) === "directory" ? at : parentOf(at);
    const label = `${kind === "file" ? "Archivo nuevo" : "Carpeta nueva"} en ${relative(parent)}/`;
    openForm(label, "", "Crear", async (typed) => {
      const target = resolveNewPath(parent, typed, (path) => model.kind(path) !== undefined);
      if (!target.ok) return target.reason;
      await makeParents(target.path);
      if (kind === "directory") await files.makeDirectory(target.path);
      else await files.write(target.path, new Uint8Array());
      model.apply([{ kind: "write", path: target.path, node: kind }]);
      if (kind === "directory") expanded.add(target.path);
      tree.reveal(target.path);
      tree.select(target.path);
      closeForm(kind === "directory");
      if (kind === "file") await editor.open(target.path, true);
      return undefined;
    });
  };

  const makeParents = async (path: string): Promise<void> => {
    const missing: string[] = [];
    for (let at = parentOf(path); model.kind(at) === undefined; at = parentOf(at)) missing.unshift(at);
    for (const directory of missing) await files.makeDirectory(directory);
  };

  const askRename = (): void => {
    const from = changeable();
    if (from === undefined) return;
    openForm(`Nombre nuevo de ${nameOf(from)}`, nameOf(from), "Renombrar", async (typed) => {
      if (typed.trim() === nameOf(from)) {
        closeForm(true);
        return undefined;
      }
      const target = resolveNewPath(parentOf(from), typed, (path) => model.kind(path) !== undefined);
      if (!target.ok) return target.reason;
      await makeParents(target.path);
      if (expanded.delete(from)) expanded.add(target.path);
      editor.moved(from, target.path);
      try {
        await files.rename(from, target.path);
      } catch (error) {
        editor.moved(target.path, from);
        throw error;
      }
      tree.reveal(target.path);
      tree.select(target.path);
      closeForm(true);
      return undefined;
    });
  };

  const askDelete = async (): Promise<void> => {
    const path = changeable();
    if (path === undefined) return;
    const isFolder = model.kind(path) === "directory";
    const sure = await confirmInDialog(options.dialogHost, {
      title: `¿Borrar ${nameOf(path)}?`,
      body: isFolder
        ? "Se borra la carpeta con todo lo que contiene."
        : "El archivo se borra de tu carpeta de trabajo.",
      confirm: "Borrar",
      danger: true,
    });
    if (sure) await files.remove(path).catch((error: unknown) => options.announce(problem(error)));
    tree.focus();
  };

  let frame = 0;
  const unwatch = files.watch((changes) => {
    editor.workspaceChanged(changes);
    if (!model.apply(changes)) return;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      tree.render();
      updateButtons();
    });
  });
  updateButtons();

  return {
    element: pane,
    focus: () => editor.focus(),
    async load() {
      try {
        model.load(await files.list(home));
        tree.render();
        const inFolder = model.files();
        const first = FIRST_FILES.map((name) => `${folder}/${name}`).find((path) => inFolder.includes(path));
        const any = inFolder.filter((path) => parentOf(path) === folder && !nameOf(path).startsWith(".")).sort()[0];
        const path = first ?? any;
        if (path !== undefined) {
          await editor.open(path, false);
          tree.select(path);
        }
      } catch (error) {
        options.announce(problem(error));
      }
    },
    dispose() {
      unwatch();
      cancelAnimationFrame(frame);
      editor.dispose();
    },
  };
}
