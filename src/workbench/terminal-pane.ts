import { FitAddon } from "@xterm/addon-fit";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import type { Workspace, WorkspaceTerminal } from "../sandbox/workspace";
import { element, textButton, uniqueId } from "./dom";
import { TERMINAL_THEME } from "./terminal-theme";

export interface TerminalPane {
  readonly element: HTMLElement;
  /** Fits the terminal to its pane and connects a shell. Call it once the element is in the document. */
  open(): void;
  focus(): void;
  /** A new shell on an empty screen. */
  restart(): void;
  dispose(): void;
}

export interface TerminalPaneOptions {
  /** The reader followed a link that the terminal shows. */
  onLink(url: string): void;
}

/** Wide enough for the lines that git and heroku write, where the terminal cannot be measured (its pane is hidden). */
const UNMEASURED = { columns: 80, rows: 24 };

const TOUCH_KEYS = [
  { label: "Tab", data: "\t", name: "Tabulador" },
  { label: "Ctrl C", data: "\x03", name: "Control C" },
  { label: "Ctrl D", data: "\x04", name: "Control D" },
  { label: "↑", data: "\x1b[A", name: "Flecha arriba" },
  { label: "↓", data: "\x1b[B", name: "Flecha abajo" },
] as const;

export function createTerminalPane(workspace: Workspace, options: TerminalPaneOptions): TerminalPane {
  const terminal = new Terminal({
    theme: { ...TERMINAL_THEME },
    fontFamily: monospace(),
    fontSize: 13,
    lineHeight: 1.25,
    scrollback: 5_000,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    minimumContrastRatio: 4.5,
    screenReaderMode: true,
    // Option makes the characters | @ # { } of Spanish keyboards on a Mac.
    macOptionIsMeta: false,
  });
  terminal.loadAddon(new WebLinksAddon((_event, url) => options.onLink(url)));
  const fit = new FitAddon();
  terminal.loadAddon(fit);

  const host = element("div", { class: "wb-terminal-host" });
  const descriptionId = uniqueId("terminal");
  const reader = element("input", {
    attributes: { type: "checkbox", checked: true },
    on: { change: () => (terminal.options.screenReaderMode = reader.checked) },
  });
  const pane = element(
    "div",
    { class: "wb-terminal" },
    element(
      "div",
      { class: "wb-pane-bar" },
      element("h2", { class: "wb-pane-title" }, "Terminal"),
      element(
        "label",
        { class: "wb-check", attributes: { title: "Lee en voz alta lo que la terminal escribe" } },
        reader,
        "Lector de pantalla",
      ),
    ),
    host,
    element(
      "div",
      { class: "wb-touch-keys", attributes: { role: "group", "aria-label": "Teclas de la terminal" } },
      ...TOUCH_KEYS.map((key) => {
        const button = textButton(key.label, "quiet", () => {
          shell?.write(key.data);
          terminal.focus();
        });
        button.setAttribute("aria-label", key.name);
        return button;
      }),
    ),
    element(
      "p",
      { class: "wb-visually-hidden", attributes: { id: descriptionId } },
      "La tecla Tab completa nombres en la terminal. Para salir con el teclado pulsa Escape y después Tab, o F6.",
    ),
  );

  let shell: WorkspaceTerminal | undefined;
  let unsubscribe: (() => void) | undefined;

  const connect = (): void => {
    const size = fit.proposeDimensions();
    shell = workspace.openTerminal(
      size ? { columns: size.cols, rows: size.rows } : { columns: UNMEASURED.columns, rows: UNMEASURED.rows },
    );
    unsubscribe = shell.onData((data) => terminal.write(data));
  };
  const disconnect = (): void => {
    unsubscribe?.();
    shell?.dispose();
    shell = undefined;
  };

  terminal.onData((data) => shell?.write(data));
  terminal.onBinary((data) => shell?.write(data));
  terminal.onResize(({ cols, rows }) => shell?.resize(cols, rows));
  terminal.attachCustomKeyEventHandler(keyHandler(terminal));

  const refit = (): void => {
    // A hidden pane measures nothing; fitting to it would break the lines of what is already written.
    if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
  };
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(refit);
  });

  return {
    element: pane,
    open() {
      terminal.open(host);
      terminal.textarea?.setAttribute("aria-label", "Terminal");
      terminal.textarea?.setAttribute("aria-describedby", descriptionId);
      refit();
      observer.observe(host);
      connect();
    },
    focus: () => terminal.focus(),
    restart() {
      disconnect();
      terminal.reset();
      connect();
    },
    dispose() {
      observer.disconnect();
      cancelAnimationFrame(frame);
      disconnect();
      terminal.dispose();
    },
  };
}

/**
 * Keys that are the browser's and not the shell's. Returns false for those: Tab right after Escape moves the focus (no
 * keyboard trap), Ctrl V pastes, Ctrl C copies while something is selected and interrupts otherwise.
 */
function keyHandler(terminal: Terminal): (event: KeyboardEvent) => boolean {
  let escaped = false;
  return (event) => {
    if (event.type !== "keydown") return true;
    if (event.key === "Shift") return true;
    const leaving = escaped && event.key === "Tab";
    escaped = event.key === "Escape";
    if (leaving || event.key === "F6") return false;
    if (!event.ctrlKey || event.altKey || event.metaKey) return true;
    const key = event.key.toLowerCase();
    if (key === "v") return false;
    if (key !== "c") return true;
    if (terminal.hasSelection()) {
      void navigator.clipboard?.writeText(terminal.getSelection());
      terminal.clearSelection();
      event.preventDefault();
      return false;
    }
    if (event.shiftKey) {
      // Nothing to copy; without this Chromium opens its inspector.
      event.preventDefault();
      return false;
    }
    return true;
  };
}

/** The site's monospaced stack. xterm measures a canvas font, where `var()` means nothing. */
function monospace(): string {
  const stack = getComputedStyle(document.documentElement).getPropertyValue("--font-mono").trim();
  return stack || "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
}
