/** Opens the workshop of an exercise page: fetches the exercise, the workbench and the engine, when asked and not before. */

import type { TallerData } from "../components/taller-data";
import type { ExerciseDone, StepDone } from "../progress/events";

const page = document.querySelector<HTMLElement>("[data-exercise-page]");
const button = page?.querySelector<HTMLButtonElement>("[data-open-workbench]");
const place = page?.querySelector<HTMLElement>("[data-workbench]");
const status = page?.querySelector<HTMLElement>("[data-workbench-status]");

async function exerciseData(slug: string): Promise<TallerData> {
  const response = await fetch(`/ejercicios/${slug}/ejercicio.json`);
  if (!response.ok) throw new Error(`ejercicio.json: ${response.status}`);
  return response.json();
}

/** One of several origins that the setting may name: the first. Undefined where it is computed from the address. */
function sandboxOrigin(): string | undefined {
  const setting: unknown = import.meta.env.PUBLIC_SANDBOX_ORIGIN;
  return typeof setting === "string" ? setting.split(/\s+/).find(Boolean) : undefined;
}

/** Kept by the page's own script (`reading.ts`). */
function announce<Detail>(name: "despliega:step-done" | "despliega:exercise-done", detail: Detail): void {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

async function open(slug: string, host: HTMLElement, container: HTMLElement): Promise<void> {
  const [data, { mountWorkbench }, { integrado }] = await Promise.all([
    exerciseData(slug),
    import("../workbench/mount"),
    import("../sandbox/integrado"),
  ]);
  const origin = sandboxOrigin();
  container.dataset.open = "";
  host.hidden = false;
  mountWorkbench(host, {
    exercise: data.exercise,
    spec: data.spec,
    engine: integrado(origin === undefined ? {} : { origin }),
    storage: {
      onStepDone: (step) => announce<StepDone>("despliega:step-done", { exercise: slug, step }),
      onCompleted: () => announce<ExerciseDone>("despliega:exercise-done", { exercise: slug }),
    },
  });
  // What stood above has stepped aside: header and workshop fill the window together.
  scrollTo({ top: 0, behavior: "instant" });
}

if (page && button && place && status) {
  const slug = button.dataset.openWorkbench ?? "";
  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = "Abriendo el taller…";
    open(slug, place, page).then(
      () => {
        status.textContent = "";
      },
      (error: unknown) => {
        console.error(error);
        button.disabled = false;
        // Also what happens when a new version of the site replaced the files of this page.
        status.textContent = "El taller no llegó. Comprueba la conexión, recarga la página y vuelve a intentarlo.";
      },
    );
  });
}
