import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { WorkspaceFileChange, WorkspaceFiles } from "../sandbox/workspace";
import { element, iconButton, uniqueId } from "./dom";
import { createEditorState, fromWorkspace } from "./editor";
import { nameOf } from "./file-tree-model";
import { type OpenDocument, OpenDocuments } from "./open-documents";

export interface EditorPanel {
  readonly element: HTMLElement;
  /** Shows a file. `focus`: the keyboard goes to it. */
  open(path: string, focus: boolean): Promise<void>;
  focus(): void;
  activePath(): string | undefined;
  workspaceChanged(changes: readonly WorkspaceFileChange[]): void;
  moved(from: string, to: string): void;
  dispose(): void;
}

export interface EditorPanelOptions {
  announce(message: string): void;
  /** The path on screen is another one, or none. */
  onActive(): void;
}

export function createEditorPanel(files: WorkspaceFiles, options: EditorPanelOptions): EditorPanel {
  const descriptionId = uniqueId("editor");
  const tabs = element("ul", { class: "wb-file-tabs", attributes: { "aria-label": "Archivos abiertos" } });
  const status = element("p", { class: "wb-save-status" });
  const host = element("div", { class: "wb-editor-host" });
  const message = element("div", { class: "wb-empty" });
  const panel = element(
    "div",
    { class: "wb-editor" },
    element("div", { class: "wb-pane-bar wb-editor-bar" }, tabs, status),
    host,
    message,
    element(
      "p",
      { class: "wb-visually-hidden", attributes: { id: descriptionId } },
      "Lo que escribes se guarda solo. Mientras escribes, Tab pone sangría; para salir con el teclado pulsa Escape y después Tab, o F6.",
    ),
  );
  let view: EditorView | undefined;
  let shown: OpenDocument | undefined;
  let shownPath: string | undefined;

  const createState = (path: string, text: string): EditorState =>
    createEditorState(path, text, descriptionId, {
      onEdit: (changes) => documents.edited(changes),
      onBlur: () => documents.flushAll(),
    });

  const documents = new OpenDocuments(files, {
    createState,
    applyChange(document, changes) {
      if (document.body.kind !== "text") return;
      const transaction = { changes, annotations: [fromWorkspace.of(true)] };
      if (document === shown && view) view.dispatch(transaction);
      else document.body.state = document.body.state.update(transaction).state;
    },
    storeState(document) {
      if (document === shown && view && document.body.kind === "text") document.body.state = view.state;
    },
    changed: () => render(),
    removedOutside: (path) => options.announce(`${nameOf(path)} ya no existe: se borró fuera del editor.`),
  });

  const show = (document: OpenDocument | undefined): void => {
    shown = document;
    if (document?.body.kind !== "text") {
      host.hidden = true;
      message.hidden = false;
      message.replaceChildren(...explain(document));
      return;
    }
    host.hidden = false;
    message.hidden = true;
    if (!view) view = new EditorView({ state: document.body.state, parent: host });
    else if (view.state !== document.body.state) view.setState(document.body.state);
  };

  let rendered: { document: OpenDocument; body: OpenDocument["body"]; path: string } | undefined;
  const render = (): void => {
    const { active, list } = documents;
    const fresh =
      active !== rendered?.document ||
      active?.body !== rendered?.body ||
      (active?.path ?? undefined) !== rendered?.path;
    if (fresh) {
      rendered = active && { document: active, body: active.body, path: active.path };
      show(active);
    } else if (!active) show(undefined);
    renderTabs(list, active);
    renderStatus(active);
    if (active?.path !== shownPath) {
      shownPath = active?.path;
      options.onActive();
    }
  };

  const renderTabs = (list: readonly OpenDocument[], active: OpenDocument | undefined): void => {
    const signature = list.map((document) => `${document.path}${document === active ? "*" : ""}`).join("\n");
    if (tabs.dataset.signature === signature) return;
    tabs.dataset.signature = signature;
    const hadFocus = tabs.contains(document.activeElement);
    tabs.replaceChildren(
      ...list.map((open) => {
        const name = tabName(open, list);
        const close = iconButton("close", `Cerrar ${name}`, () => documents.close(open));
        close.classList.add("wb-file-tab-close");
        return element(
          "li",
          { class: `wb-file-tab${open === active ? " is-active" : ""}` },
          element(
            "button",
            {
              class: "wb-file-tab-name",
              attributes: { type: "button", title: open.path, "aria-current": open === active ? "true" : undefined },
              on: {
                click: () => documents.activate(open),
                auxclick: (event) => {
                  if (event.button === 1) documents.close(open);
                },
              },
            },
            name,
          ),
          close,
        );
      }),
    );
    const current = tabs.querySelector<HTMLElement>("[aria-current]");
    current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (hadFocus) (current ?? message).focus();
  };

  const renderStatus = (active: OpenDocument | undefined): void => {
    const state = active?.body.kind === "text" ? active.status : undefined;
    status.hidden = state === undefined;
    status.classList.toggle("is-failed", state?.kind === "failed");
    if (state?.kind === "failed") status.setAttribute("role", "alert");
    else status.removeAttribute("role");
    status.textContent =
      state === undefined
        ? ""
        : state.kind === "saved"
          ? "Guardado"
          : state.kind === "saving"
            ? "Guardando…"
            : `No se pudo guardar: ${state.reason}`;
  };

  const flush = (): void => {
    if (document.visibilityState === "hidden") documents.flushAll();
  };
  const leave = (): void => documents.flushAll();
  document.addEventListener("visibilitychange", flush);
  addEventListener("pagehide", leave);
  render();

  return {
    element: panel,
    async open(path, focus) {
      try {
        const opened = await documents.open(path);
        if (!opened) options.announce(`${nameOf(path)} ya no existe.`);
        else if (focus) view?.focus();
      } catch (error) {
        options.announce(error instanceof Error ? error.message : String(error));
      }
    },
    focus() {
      if (documents.active?.body.kind === "text") view?.focus();
      else (tabs.querySelector<HTMLElement>("button") ?? message).focus();
    },
    activePath: () => documents.active?.path,
    workspaceChanged: (changes) => documents.workspaceChanged(changes),
    moved: (from, to) => documents.moved(from, to),
    dispose() {
      documents.dispose();
      document.removeEventListener("visibilitychange", flush);
      removeEventListener("pagehide", leave);
      view?.destroy();
    },
  };
}

/** The file's name; with its folder when two open files share the name. */
function tabName(document: OpenDocument, list: readonly OpenDocument[]): string {
  const name = nameOf(document.path);
  const shared = list.some((other) => other !== document && nameOf(other.path) === name);
  return shared ? document.path.split("/").slice(-2).join("/") : name;
}

function explain(document: OpenDocument | undefined): readonly Node[] {
  if (!document) {
    return [
      element("p", { class: "wb-empty-title" }, "Ningún archivo abierto"),
      element("p", {}, "Elige uno en la lista de archivos o crea uno nuevo."),
    ];
  }
  const name = nameOf(document.path);
  if (document.body.kind === "too-big") {
    const megabytes = (document.body.bytes / 1_048_576).toLocaleString("es", { maximumFractionDigits: 1 });
    return [
      element("p", { class: "wb-empty-title" }, "Es demasiado grande para el editor"),
      element("p", {}, `${name} ocupa ${megabytes} MiB. Puedes verlo por partes en la terminal, por ejemplo con head.`),
    ];
  }
  return [
    element("p", { class: "wb-empty-title" }, "No es un archivo de texto"),
    element("p", {}, `${name} contiene datos binarios y no se puede editar aquí.`),
  ];
}
