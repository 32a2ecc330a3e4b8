/** Which steps are done: pure functions over what is true of the learner's world. */

import type { Check, ExerciseDefinition, StepState } from "./schema";

/** An answer of the application to a probe. */
export interface ProbeAnswer {
  readonly status: number;
  readonly body: string;
}

/** What the checks can see. Everything is of the application that the folder's repository has a remote for. */
export interface ExerciseFacts {
  /** Text of a file of the exercise's folder, by relative path. */
  file(path: string): string | undefined;
  /** Undefined when the folder is not a repository. */
  readonly repository:
    | {
        readonly commits: number;
        /** Paths whose committed content is what the folder holds now. */
        committed(path: string): boolean;
        /** It has a remote for an application. */
        readonly remote: boolean;
      }
    | undefined;
  readonly app:
    | {
        /** Number of the current release; `deployed` when it has a slug. */
        readonly release: number;
        readonly deployed: boolean;
        /** Version of the last release made by a rollback. */
        readonly rolledBack: boolean;
        readonly configVars: Readonly<Record<string, string>>;
        readonly formation: Readonly<Record<string, { readonly quantity: number; readonly size: string }>>;
        readonly dynos: readonly { readonly type: string; readonly state: string }[];
      }
    | undefined;
  /** A person looked at the application. */
  readonly visited: boolean;
  /** Lines that ended with 0. */
  readonly commands: readonly string[];
  /** By path; undefined when it was not asked, or nobody answered. */
  probe(path: string): ProbeAnswer | undefined;
}

/** The paths that pending steps want to ask the application for. */
export function neededProbes(exercise: ExerciseDefinition, steps: readonly StepState[]): string[] {
  const pending = exercise.steps.filter(({ id }) => steps.find((step) => step.id === id)?.state !== "completado");
  const paths = pending.flatMap(({ checks }) => checks.flatMap((check) => (check.tipo === "http" ? [check.ruta] : [])));
  return [...new Set(paths)];
}

/** The steps' states now. What was done before stays done; steps may be done in any order. */
export function evaluateSteps(
  exercise: ExerciseDefinition,
  previous: readonly StepState[],
  facts: ExerciseFacts,
): readonly StepState[] {
  return exercise.steps.map(({ id, checks }) => {
    if (previous.some((step) => step.id === id && step.state === "completado")) return { id, state: "completado" };
    const unmet = checks.find((check) => !isMet(check, facts));
    return unmet ? { id, state: "pendiente", missing: unmet.falta } : { id, state: "completado" };
  });
}

/** Whether one check holds. */
export function isMet(check: Check, facts: ExerciseFacts): boolean {
  const { app, repository } = facts;
  switch (check.tipo) {
    case "archivo": {
      const text = facts.file(check.ruta);
      return text !== undefined && matches(check.contiene, text);
    }
    case "repositorio":
      return (
        repository !== undefined &&
        repository.commits >= check.commits &&
        check.incluye.every((path) => repository.committed(path))
      );
    case "aplicacion":
      return app !== undefined && (!check.remoto || repository?.remote === true);
    case "despliegue":
      return app?.deployed === true && app.release >= check.desde;
    case "config": {
      const value = app && Object.hasOwn(app.configVars, check.variable) ? app.configVars[check.variable] : undefined;
      return value !== undefined && matches(check.valor, value);
    }
    case "dynos": {
      const process = app && Object.hasOwn(app.formation, check.proceso) ? app.formation[check.proceso] : undefined;
      if (!app || !process) return false;
      const enough = check.exacta ? process.quantity === check.cantidad : process.quantity >= check.cantidad;
      if (!enough) return false;
      if (check.clase !== undefined && process.size.toLowerCase() !== check.clase.toLowerCase()) return false;
      const up = app.dynos.filter(({ type, state }) => type === check.proceso && state === "up").length;
      return !check.arriba || up >= check.cantidad;
    }
    case "http": {
      const answer = facts.probe(check.ruta);
      return answer?.status === check.estado && matches(check.contiene, answer.body);
    }
    case "visita":
      return facts.visited;
    case "rollback":
      return app?.rolledBack === true;
    case "orden":
      return facts.commands.some((line) => matches(check.patron, line));
  }
}

function matches(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(pattern, "mu").test(text);
}
