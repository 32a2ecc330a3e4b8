import type { WorkspaceSpec } from "../sandbox/workspace";
import type { WorkbenchExercise } from "../workbench/exercise";

/** `/ejercicios/<slug>/ejercicio.json`. */
export interface TallerData {
  readonly spec: WorkspaceSpec;
  readonly exercise: WorkbenchExercise;
}
