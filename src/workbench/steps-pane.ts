import type { StepState } from "../exercise/schema";
import type { Workspace } from "../sandbox/workspace";
import { confirmInDialog } from "./dialogs";
import { element, icon, textButton, trustedHtml } from "./dom";
import type { ProgressListener, WorkbenchExercise } from "./exercise";
import { createSolution } from "./solution";
import { createStepItem, type StepItem } from "./step-item";

export interface StepsPane {
  readonly element: HTMLElement;
  /** How far the learner is and what comes now, in one line, for where the steps themselves are out of view. */
  readonly summary: HTMLElement;
  focus(): void;
  dispose(): void;
}

export interface StepsPaneOptions {
  readonly dialogHost: HTMLElement;
  readonly progress: ProgressListener;
  announce(message: string): void;
  /** The reader confirmed that the exercise starts again. Rejects with a message fit to show. */
  reset(): Promise<void>;
}

/** The guide: goal, steps with their state, hints and solution, and the way back to the beginning. */
export function createStepsPane(
  exercise: WorkbenchExercise,
  workspace: Workspace,
  options: StepsPaneOptions,
): StepsPane {
  let items: readonly StepItem[] = [];
  let states = new Map<string, StepState>();
  let first = true;

  const list = element("ol", { class: "wb-steps-list", attributes: { "aria-label": "Pasos" } });
  const counter = element("span", { class: "wb-summary-count" });
  const now = element("span", { class: "wb-summary-now" });
  const meter = element("div", { class: "wb-meter", attributes: { "aria-hidden": "true" } }, element("span"));
  const summary = element("div", { class: "wb-summary" }, element("p", {}, counter, now), meter);
  const heading = element("h2", { class: "wb-steps-title", attributes: { tabindex: "-1" } }, "Objetivo");
  const celebration = element("div", { class: "wb-celebration" });
  const solutionPlace = element("div");
  const solutionButton = textButton("Ver la solución", "plain", () => void askSolution());
  const resetButton = textButton("Reiniciar el ejercicio", "quiet", () => void askReset());
  const scroller = element(
    "div",
    { class: "wb-steps-scroll" },
    heading,
    trustedHtml("wb-prose wb-goal", exercise.goalHtml),
    celebration,
    list,
    solutionPlace,
  );
  const pane = element(
    "div",
    { class: "wb-steps" },
    scroller,
    element("div", { class: "wb-steps-foot" }, solutionButton, resetButton),
  );

  /** Moves this column only; `scrollIntoView` would move the page too. */
  const scrollTo = (target: HTMLElement): void => {
    const distance = target.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollBy({ top: distance - 12 });
  };

  const build = (): void => {
    items = exercise.steps.map((step, index) => createStepItem(step, index + 1));
    list.replaceChildren(...items.map((item) => item.element));
  };
  build();

  const show = (steps: readonly StepState[]): void => {
    const before = states;
    states = new Map(steps.map((step) => [step.id, step]));
    const current = exercise.steps.find(({ id }) => states.get(id)?.state !== "completado");
    for (const item of items) item.update(states.get(item.id), item.id === current?.id);
    const done = exercise.steps.filter(({ id }) => states.get(id)?.state === "completado");
    counter.textContent = `${done.length} de ${exercise.steps.length} completados`;
    now.textContent = current ? ` · ${current.title}` : "";
    meter.style.setProperty("--wb-done", `${(100 * done.length) / Math.max(1, exercise.steps.length)}%`);
    const fresh = done.filter(({ id }) => before.get(id)?.state !== "completado");
    for (const step of fresh) options.progress.onStepDone?.(step.id);
    const all = done.length === exercise.steps.length;
    if (all && fresh.length > 0) options.progress.onCompleted?.();
    if (!first) tell(fresh, current, all);
    celebrate(all);
    if (!first && fresh.length > 0 && current) reveal(current.id);
    first = false;
  };

  const reveal = (id: string): void => {
    const item = items.find((other) => other.id === id)?.element;
    if (!item) return;
    const place = item.getBoundingClientRect();
    const seen = scroller.getBoundingClientRect();
    if (place.top < seen.top || place.bottom > seen.bottom) scrollTo(item);
  };

  const tell = (
    fresh: readonly { readonly title: string }[],
    current: { readonly title: string } | undefined,
    all: boolean,
  ): void => {
    const last = fresh.at(-1);
    if (!last) return;
    if (all) options.announce("Ejercicio completado. ¡Bien hecho!");
    else options.announce(`Paso completado: ${last.title}.${current ? ` Sigue: ${current.title}.` : ""}`);
  };

  const celebrate = (all: boolean): void => {
    if (all === celebration.hasChildNodes()) return;
    if (!all) {
      celebration.replaceChildren();
      return;
    }
    celebration.append(
      element("span", { class: "wb-celebration-mark" }, icon("check")),
      element("p", { class: "wb-celebration-title" }, "¡Ejercicio completado!"),
      element("p", {}, "Todo lo que ves funcionando lo hiciste tú. Puedes seguir probando aquí lo que quieras."),
    );
    if (exercise.next) {
      const { href, title } = exercise.next;
      celebration.append(
        element("a", { class: "wb-button wb-button-primary", attributes: { href } }, `Siguiente: ${title}`),
      );
    }
    scrollTo(celebration);
  };

  const closeSolution = (): void => {
    solutionPlace.replaceChildren();
    solutionButton.hidden = false;
    solutionButton.focus();
  };
  const askSolution = async (): Promise<void> => {
    const current = items.find(({ id }) => states.get(id)?.state !== "completado");
    const left = current?.hintsLeft() ?? 0;
    const sure = await confirmInDialog(options.dialogHost, {
      title: "¿Ver la solución?",
      body:
        left === 0
          ? "Verás los archivos terminados y todas las órdenes. Escribirlas tú ayuda a recordarlas."
          : `${left === 1 ? "Aún te queda 1 pista" : `Aún te quedan ${left} pistas`} en el paso actual. La solución muestra los archivos terminados y todas las órdenes.`,
      confirm: "Mostrar la solución",
    });
    if (!sure) return;
    const solution = createSolution(exercise.solution, closeSolution);
    solutionPlace.replaceChildren(solution);
    solutionButton.hidden = true;
    scrollTo(solution);
    solution.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
  };

  const askReset = async (): Promise<void> => {
    const sure = await confirmInDialog(options.dialogHost, {
      title: "¿Reiniciar el ejercicio?",
      body: "Se pierden tus archivos, tus commits y tus aplicaciones de este ejercicio, y todo vuelve a estar como al principio.",
      confirm: "Reiniciar",
      danger: true,
    });
    if (!sure) return;
    resetButton.disabled = true;
    try {
      await options.reset();
      build();
      show([...states.values()]);
      if (solutionPlace.hasChildNodes()) closeSolution();
      options.announce("El ejercicio está otra vez como al principio.");
      heading.focus();
    } catch (error) {
      options.announce(error instanceof Error ? error.message : String(error));
    } finally {
      resetButton.disabled = false;
    }
  };

  const unsubscribe = workspace.onProgress(({ steps }) => show(steps));

  return {
    element: pane,
    summary,
    focus: () => heading.focus({ preventScroll: true }),
    dispose: unsubscribe,
  };
}
