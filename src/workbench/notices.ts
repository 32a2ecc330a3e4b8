import type { Workspace } from "../sandbox/workspace";
import { element, iconButton, textButton } from "./dom";

export interface Notices {
  readonly element: HTMLElement;
  dispose(): void;
}

/** What the reader must know above everything else: an engine in trouble, a stored state that could not be read. */
export function createNotices(workspace: Workspace, onRestart: () => void): Notices {
  const place = element("div", { class: "wb-notices" });
  const urls: string[] = [];

  const add = (kind: "danger" | "warning", ...content: readonly (Node | string)[]): void => {
    const notice = element(
      "div",
      { class: `wb-notice is-${kind}`, attributes: { role: kind === "danger" ? "alert" : "status" } },
      ...content,
      iconButton("close", "Cerrar el aviso", () => notice.remove()),
    );
    place.append(notice);
  };

  const unsubscribe = workspace.onTrouble(({ reason, remedy, fatal }) => {
    const text = element("p", {}, element("strong", {}, reason), " ", remedy);
    if (fatal) add("danger", text, textButton("Reintentar", "plain", onRestart, "reload"));
    else add("warning", text);
  });

  const { recovered } = workspace;
  if (recovered) {
    const url = URL.createObjectURL(new Blob([new Uint8Array(recovered.data)]));
    urls.push(url);
    add(
      "warning",
      element("p", {}, element("strong", {}, "El ejercicio empieza de nuevo."), " ", recovered.reason),
      element(
        "a",
        { class: "wb-button wb-button-plain", attributes: { href: url, download: recovered.fileName } },
        "Descargar lo guardado",
      ),
    );
  }

  return {
    element: place,
    dispose() {
      unsubscribe();
      for (const url of urls) URL.revokeObjectURL(url);
    },
  };
}
