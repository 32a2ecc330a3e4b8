import { element, textButton, uniqueId } from "./dom";

export interface ConfirmQuestion {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly danger?: boolean;
}

/** Asks in a modal dialog inside `host`. False when the reader cancels, presses Escape or the dialog is taken away. */
export function confirmInDialog(host: HTMLElement, question: ConfirmQuestion): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const titleId = uniqueId("dialog");
  const bodyId = uniqueId("dialog");
  const cancel = textButton("Cancelar", "plain", () => dialog.close("no"));
  const dialog = element(
    "dialog",
    {
      class: "wb-dialog",
      attributes: { "aria-labelledby": titleId, "aria-describedby": bodyId },
      on: {
        close: () => {
          resolve(dialog.returnValue === "yes");
          dialog.remove();
        },
      },
    },
    element("h2", { class: "wb-dialog-title", attributes: { id: titleId } }, question.title),
    element("p", { attributes: { id: bodyId } }, question.body),
    element(
      "div",
      { class: "wb-dialog-actions" },
      cancel,
      textButton(question.confirm, question.danger ? "danger" : "primary", () => dialog.close("yes")),
    ),
  );
  host.append(dialog);
  dialog.showModal();
  // The harmless answer is the one that Enter gives.
  cancel.focus();
  return promise;
}

/** A modal dialog with one button that closes it. */
export function showDialog(host: HTMLElement, title: string, ...content: readonly Node[]): void {
  const titleId = uniqueId("dialog");
  const dialog = element(
    "dialog",
    { class: "wb-dialog", attributes: { "aria-labelledby": titleId }, on: { close: () => dialog.remove() } },
    element("h2", { class: "wb-dialog-title", attributes: { id: titleId } }, title),
    ...content,
    element(
      "div",
      { class: "wb-dialog-actions" },
      textButton("Cerrar", "primary", () => dialog.close()),
    ),
  );
  host.append(dialog);
  dialog.showModal();
}
