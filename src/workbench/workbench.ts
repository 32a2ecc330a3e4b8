import type { Workspace } from "../sandbox/workspace";
import type { Announcer } from "./announcer";
import { createClockControl } from "./clock-control";
import { element, iconButton } from "./dom";
import type { ProgressListener, WorkbenchExercise } from "./exercise";
import { createFilesPane } from "./files-pane";
import { showKeyboardHelp } from "./keyboard-help";
import { createLayout } from "./layout";
import { createNotices } from "./notices";
import { createPreviewPane } from "./preview-pane";
import { createStepsPane } from "./steps-pane";
import { createTerminalPane } from "./terminal-pane";

export interface Workbench {
  readonly element: HTMLElement;
  /** Call it once the element is in the document: a terminal is measured there. */
  open(): void;
  dispose(): void;
}

export interface WorkbenchOptions {
  readonly exercise: WorkbenchExercise;
  readonly progress: ProgressListener;
  readonly announcer: Announcer;
  /** The engine died and the reader wants another one. */
  onRestart(): void;
}

/** A started workspace with everything that the learner sees of it. */
export function createWorkbench(workspace: Workspace, options: WorkbenchOptions): Workbench {
  const announce = (message: string): void => options.announcer.announce(message);
  const bench = element("div", { class: "wb-bench" });

  const preview = createPreviewPane(workspace, { onShow: () => layout.show("vista") });
  const terminal = createTerminalPane(workspace, {
    onLink(url) {
      if (preview.follow(url)) return;
      if (/^https?:\/\/(localhost|127\.|0\.0\.0\.0|\[::1?\])/.test(url) || /\.herokuapp\.com(?=[:/]|$)/.test(url)) {
        announce("Ninguna aplicación de este ejercicio responde en esa dirección.");
      } else open(url, "_blank", "noopener,noreferrer");
    },
  });
  const files = createFilesPane(workspace, { announce, dialogHost: bench });
  const steps = createStepsPane(options.exercise, workspace, {
    dialogHost: bench,
    progress: options.progress,
    announce,
    async reset() {
      await workspace.reset();
      preview.clear();
      terminal.restart();
      await files.load();
    },
  });
  const layout = createLayout({ pasos: steps, archivos: files, terminal, vista: preview });
  const notices = createNotices(workspace, () => options.onRestart());

  bench.append(
    element(
      "div",
      { class: "wb-bar" },
      steps.summary,
      createClockControl(workspace.clock, announce),
      iconButton("help", "Atajos de teclado", () => showKeyboardHelp(bench)),
    ),
    notices.element,
    layout.element,
  );

  return {
    element: bench,
    open() {
      terminal.open();
      // The start screen had the focus; the guide is where to begin.
      steps.focus();
      void files.load();
    },
    dispose() {
      files.dispose();
      terminal.dispose();
      preview.dispose();
      steps.dispose();
      notices.dispose();
      layout.dispose();
      bench.remove();
    },
  };
}
