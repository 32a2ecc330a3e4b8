import { element, icon } from "./dom";

/** Copies a text and says so on the button itself. `what` completes its name: "Copiar app.py". */
export function copyButton(what: string, text: string): HTMLButtonElement {
  const label = element("span", {}, "Copiar");
  const status = element("span", { class: "wb-visually-hidden", attributes: { role: "status" } });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (message: string): void => {
    label.textContent = message;
    status.textContent = message;
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = "Copiar";
      status.textContent = "";
    }, 2_500);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      tell("Copiado");
    } catch {
      tell("No se pudo copiar");
    }
  };
  return element(
    "button",
    {
      class: "wb-button wb-button-quiet wb-copy",
      attributes: { type: "button" },
      on: { click: () => void copy() },
    },
    icon("copy"),
    label,
    element("span", { class: "wb-visually-hidden" }, ` ${what}`),
    status,
  );
}
