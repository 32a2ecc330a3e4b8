import { copyButton } from "./copy-button";
import { element, iconButton, uniqueId } from "./dom";
import type { WorkbenchExercise } from "./exercise";

/** The exercise's solution: what the files become and what is typed. */
export function createSolution(solution: WorkbenchExercise["solution"], onClose: () => void): HTMLElement {
  const titleId = uniqueId("solution");
  const heading = element(
    "h3",
    { class: "wb-solution-title", attributes: { id: titleId, tabindex: "-1" } },
    "Solución",
  );
  const script = solution.script.trimEnd();
  return element(
    "section",
    { class: "wb-solution", attributes: { "aria-labelledby": titleId } },
    element("div", { class: "wb-solution-head" }, heading, iconButton("close", "Ocultar la solución", onClose)),
    ...solution.files.map((file) => listing(file.path, file.text)),
    script === "" ? undefined : listing("Lo que se escribe en la terminal", script),
  );
}

function listing(title: string, text: string): HTMLElement {
  return element(
    "figure",
    { class: "wb-listing" },
    element("figcaption", {}, element("span", {}, title), copyButton(title, text)),
    // Focusable because it scrolls: a reader without a mouse must reach the end of the line.
    element("pre", { attributes: { tabindex: "0", role: "group", "aria-label": title } }, element("code", {}, text)),
  );
}
