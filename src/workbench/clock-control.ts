import type { Workspace } from "../sandbox/workspace";
import { element, uniqueId } from "./dom";

const RATES = [1, 10, 60] as const;

/** How fast the platform's clock runs, always in view: a dyno that sleeps "after half an hour" must not surprise. */
export function createClockControl(clock: Workspace["clock"], announce: (message: string) => void): HTMLElement {
  const id = uniqueId("clock");
  const select = element(
    "select",
    { class: "wb-select", attributes: { id } },
    ...RATES.map((rate) => element("option", { attributes: { value: rate } }, `×${rate}`)),
  );
  const control = element(
    "div",
    { class: "wb-clock" },
    element("label", { attributes: { for: id } }, "Reloj", element("span", {}, " de la plataforma")),
    select,
  );
  const show = (): void => {
    const rate = clock.rate();
    // A state stored by another version may hold another pace.
    if (!RATES.some((known) => known === rate)) {
      select.append(element("option", { attributes: { value: rate } }, `×${rate}`));
    }
    select.value = String(rate);
    control.classList.toggle("is-fast", rate !== 1);
  };
  show();
  select.addEventListener("change", () => {
    const rate = Number(select.value);
    clock.setRate(rate).then(
      () => {
        show();
        announce(
          rate === 1
            ? "El reloj de la plataforma va al paso normal."
            : `El reloj de la plataforma va ${rate} veces más rápido.`,
        );
      },
      (error: unknown) => {
        show();
        announce(error instanceof Error ? error.message : String(error));
      },
    );
  });
  return control;
}
