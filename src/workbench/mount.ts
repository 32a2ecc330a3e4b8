/// <reference types="vite/client" />
/** The only way into the workbench; a page imports it when the reader asks for it, and not before. */
import "./workbench.css";
import type { Workspace, WorkspaceEngine, WorkspaceSpec } from "../sandbox/workspace";
import { createAnnouncer } from "./announcer";
import { element } from "./dom";
import type { ProgressListener, WorkbenchExercise } from "./exercise";
import { createStartScreen } from "./start-screen";
import { createWorkbench, type Workbench } from "./workbench";

export type { ProgressListener, WorkbenchExercise, WorkbenchStep } from "./exercise";

export interface MountOptions {
  readonly exercise: WorkbenchExercise;
  readonly spec: WorkspaceSpec;
  readonly engine: WorkspaceEngine;
  readonly storage?: ProgressListener;
}

/**
 * Starts the engine and shows the workbench in `root`, whose content it replaces. A start that fails is shown with its
 * reason and can be tried again; so can one whose engine dies later.
 * `dispose` stops everything and empties `root`.
 */
export function mountWorkbench(root: HTMLElement, options: MountOptions): { dispose(): void } {
  const abort = new AbortController();
  const announcer = createAnnouncer();
  const place = element("div", { class: "wb-place" });
  const frame = element("div", { class: "wb" }, place, announcer.element);
  root.replaceChildren(frame);

  let workspace: Workspace | undefined;
  let workbench: Workbench | undefined;

  const close = (): void => {
    workbench?.dispose();
    workbench = undefined;
    // What a dying engine still says is of no use to anybody.
    workspace?.dispose().catch(() => undefined);
    workspace = undefined;
  };

  const run = async (): Promise<void> => {
    const screen = createStartScreen(options.exercise, options.spec, options.engine);
    place.replaceChildren(screen.element);
    const started = await screen.start(abort.signal);
    if (abort.signal.aborted) {
      await started.dispose();
      return;
    }
    workspace = started;
    workbench = createWorkbench(started, {
      exercise: options.exercise,
      progress: options.storage ?? {},
      announcer,
      onRestart() {
        close();
        begin();
      },
    });
    place.replaceChildren(workbench.element);
    workbench.open();
  };
  const begin = (): void => {
    run().catch((error: unknown) => {
      if (!abort.signal.aborted) console.error(error);
    });
  };
  begin();

  return {
    dispose() {
      abort.abort();
      close();
      announcer.dispose();
      frame.remove();
    },
  };
}
