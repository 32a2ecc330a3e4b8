/** What the page gives the workbench of an exercise: texts already rendered. */

export interface WorkbenchStep {
  readonly id: string;
  readonly title: string;
  /** Trusted HTML, made at build time from the exercise's Markdown; so are the other `Html` fields. */
  readonly html: string;
  /** From a nudge to the command itself, each one HTML. */
  readonly hints: readonly string[];
}

export interface WorkbenchExercise {
  readonly slug: string;
  readonly title: string;
  readonly goalHtml: string;
  readonly steps: readonly WorkbenchStep[];
  readonly solution: {
    /** Paths relative to the exercise's folder. */
    readonly files: readonly { readonly path: string; readonly text: string }[];
    /** What the solution types, one command per line. */
    readonly script: string;
  };
  /** Where to go when every step is done. */
  readonly next?: { readonly title: string; readonly href: string } | undefined;
}

/** Told as the learner advances; the page keeps the progress. */
export interface ProgressListener {
  /** Once per completed step and workspace start, so also for steps that were done before: must be idempotent. */
  onStepDone?(stepId: string): void;
  /** Every step is completed. Same promise as above. */
  onCompleted?(): void;
}
