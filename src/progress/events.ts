/** What the workshop tells the page's script, which keeps the progress. Types only: the two scripts share no code. */

export interface StepDone {
  readonly exercise: string;
  readonly step: string;
}

export interface ExerciseDone {
  readonly exercise: string;
}

declare global {
  interface DocumentEventMap {
    "despliega:step-done": CustomEvent<StepDone>;
    "despliega:exercise-done": CustomEvent<ExerciseDone>;
  }
}
