import type { StartFailure, StartStage, Workspace, WorkspaceEngine, WorkspaceSpec } from "../sandbox/workspace";
import { element, icon, textButton, trustedHtml } from "./dom";
import type { WorkbenchExercise } from "./exercise";

/** An engine has deadlines of its own; after so long without news from it the reader can stop waiting for them. */
const SILENCE_MS = 15_000;

const STATE_WORDS: Record<StartStage["state"], string> = {
  pendiente: "pendiente",
  "en-curso": "en curso",
  listo: "listo",
  fallido: "falló",
};

export interface StartScreen {
  readonly element: HTMLElement;
  /** Starts the engine and shows how it goes, again and again if the reader asks, until one start works. */
  start(signal: AbortSignal): Promise<Workspace>;
}

export function createStartScreen(
  exercise: WorkbenchExercise,
  spec: WorkspaceSpec,
  engine: WorkspaceEngine,
): StartScreen {
  const stages = element("ol", { class: "wb-stages", attributes: { "aria-label": "Etapas del arranque" } });
  const live = element("p", { class: "wb-visually-hidden", attributes: { role: "status" } });
  const outcome = element("div", { class: "wb-start-outcome" });
  const heading = element("h2", { class: "wb-start-title", attributes: { tabindex: "-1" } }, "Preparando tu ejercicio");
  const screen = element(
    "section",
    { class: "wb-start", attributes: { "aria-label": "Arranque del ejercicio" } },
    element(
      "div",
      { class: "wb-start-card" },
      element("p", { class: "wb-start-exercise" }, exercise.title),
      heading,
      trustedHtml("wb-prose wb-start-goal", exercise.goalHtml),
      stages,
      outcome,
      live,
    ),
  );

  const showStages = (list: readonly StartStage[]): void => {
    stages.replaceChildren(...list.map(stageItem));
    const running = list.find((stage) => stage.state === "en-curso");
    if (running) live.textContent = `${running.label}: en curso`;
  };

  const attempt = async (signal: AbortSignal): Promise<Workspace | "again"> => {
    const abort = new AbortController();
    const own = AbortSignal.any([signal, abort.signal]);
    outcome.replaceChildren();
    heading.textContent = "Preparando tu ejercicio";
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => outcome.replaceChildren(slowNotice(() => abort.abort())), SILENCE_MS);
    };
    heard();
    try {
      const result = await engine.start(
        spec,
        {
          stages: (list) => {
            if (own.aborted) return;
            outcome.replaceChildren();
            heard();
            showStages(list);
          },
        },
        own,
      );
      clearTimeout(silence);
      if (result.status === "started") return result.workspace;
      return await askAgain(result.failure, signal);
    } catch (error) {
      clearTimeout(silence);
      if (signal.aborted) throw error;
      if (abort.signal.aborted) return "again";
      return await askAgain(unexpected(error), signal);
    }
  };

  const askAgain = (failure: StartFailure, signal: AbortSignal): Promise<"again"> => {
    const { promise, resolve, reject } = Promise.withResolvers<"again">();
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    heading.textContent = "No se pudo preparar el ejercicio";
    live.textContent = "";
    outcome.replaceChildren(failureCard(failure, () => resolve("again")));
    return promise;
  };

  return {
    element: screen,
    async start(signal) {
      for (;;) {
        const result = await attempt(signal);
        if (result !== "again") return result;
        stages.replaceChildren();
        heading.focus();
      }
    },
  };
}

function stageItem(stage: StartStage): HTMLElement {
  const mark = element("span", { class: "wb-stage-mark" });
  if (stage.state === "listo") mark.append(icon("check"));
  if (stage.state === "fallido") mark.append(icon("close"));
  return element(
    "li",
    { class: `wb-stage is-${stage.state}` },
    mark,
    element("span", { class: "wb-stage-label" }, stage.label),
    element("span", { class: "wb-stage-state" }, STATE_WORDS[stage.state]),
  );
}

function failureCard(failure: StartFailure, onRetry: () => void): HTMLElement {
  return element(
    "div",
    { class: "wb-failure", attributes: { role: "alert" } },
    element("p", { class: "wb-failure-reason" }, failure.reason),
    element("p", {}, failure.remedy),
    textButton("Reintentar", "primary", onRetry, "reload"),
    element(
      "details",
      { class: "wb-failure-detail" },
      element("summary", {}, "Detalle técnico"),
      element("code", {}, failure.detail),
    ),
  );
}

function slowNotice(onRetry: () => void): HTMLElement {
  return element(
    "div",
    { class: "wb-slow", attributes: { role: "status" } },
    element(
      "p",
      {},
      "Esto tarda más de lo normal. La primera vez hay que descargar varios megabytes; puedes esperar o empezar de nuevo.",
    ),
    textButton("Empezar de nuevo", "plain", onRetry, "reload"),
  );
}

function unexpected(error: unknown): StartFailure {
  return {
    stage: "",
    reason: "El arranque se interrumpió por un error inesperado.",
    remedy: "Vuelve a intentarlo. Si se repite, recarga la página.",
    detail: error instanceof Error ? error.message : String(error),
  };
}
