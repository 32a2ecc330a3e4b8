import type { StepState } from "../exercise/schema";
import { element, icon, textButton, trustedHtml, uniqueId } from "./dom";
import type { WorkbenchStep } from "./exercise";

export interface StepItem {
  readonly id: string;
  readonly element: HTMLLIElement;
  update(state: StepState | undefined, current: boolean): void;
  hintsLeft(): number;
}

/** One step of the list. The current one is unfolded; the others open and close as the reader likes. */
export function createStepItem(step: WorkbenchStep, number: number): StepItem {
  const bodyId = uniqueId("step");
  const mark = element("span", { class: "wb-step-mark", attributes: { "aria-hidden": "true" } }, String(number));
  const state = element("span", { class: "wb-step-state" });
  const toggle = element(
    "button",
    {
      class: "wb-step-toggle",
      attributes: { type: "button", "aria-expanded": "false", "aria-controls": bodyId },
      on: { click: () => open(body.hidden !== false) },
    },
    element("span", { class: "wb-step-title" }, step.title),
    state,
  );
  const missing = element("p", { class: "wb-step-missing" });
  const hints = element("div", { class: "wb-hints" });
  let given = 0;
  const hintButton = textButton("", "plain", () => giveHint(), "help");
  const body = element(
    "div",
    { class: "wb-step-body", attributes: { id: bodyId, hidden: true } },
    trustedHtml("wb-prose", step.html),
    missing,
    hints,
    hintButton,
  );
  const item = element(
    "li",
    { class: "wb-step" },
    mark,
    element("div", { class: "wb-step-main" }, element("h3", { class: "wb-step-heading" }, toggle), body),
  );

  const open = (unfolded: boolean): void => {
    body.hidden = !unfolded;
    toggle.setAttribute("aria-expanded", String(unfolded));
  };
  const labelHint = (): void => {
    const total = step.hints.length;
    hintButton.hidden = given >= total;
    hintButton.lastChild?.replaceWith(`Pista ${given + 1} de ${total}`);
  };
  const giveHint = (): void => {
    const html = step.hints[given];
    if (html === undefined) return;
    given += 1;
    const hint = trustedHtml("wb-prose wb-hint", html);
    hint.prepend(element("p", { class: "wb-hint-name" }, `Pista ${given}`));
    hint.tabIndex = -1;
    hints.append(hint);
    labelHint();
    // What was asked for is what is read next; and the last press hides the button that had the focus.
    hint.focus();
  };
  labelHint();

  let wasCurrent = false;
  return {
    id: step.id,
    element: item,
    update(next, current) {
      const done = next?.state === "completado";
      state.textContent = done ? "completado" : "pendiente";
      item.classList.toggle("is-done", done);
      item.classList.toggle("is-current", current);
      if (current) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
      if (done) mark.replaceChildren(icon("check"));
      else mark.replaceChildren(String(number));
      const lack = !done && current ? next?.missing : undefined;
      missing.hidden = lack === undefined;
      if (missing.textContent !== (lack ?? "")) missing.textContent = lack ?? "";
      // The reader who is in the middle of a step's text keeps it.
      if (current !== wasCurrent && !body.contains(document.activeElement)) open(current);
      wasCurrent = current;
    },
    hintsLeft: () => step.hints.length - given,
  };
}
