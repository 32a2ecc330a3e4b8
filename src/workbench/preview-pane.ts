import type { PreviewTarget, Workspace } from "../sandbox/workspace";
import { element, icon, iconButton, textButton, uniqueId } from "./dom";
import { findTarget, normalisePath, previewUrl, readLocationMessage, Trail } from "./preview-address";

export interface PreviewPane {
  readonly element: HTMLElement;
  focus(): void;
  /** Shows the page that a link of the terminal means; false when no application has that address. */
  follow(url: string): boolean;
  /** Nothing shown any more: the exercise starts again. */
  clear(): void;
  dispose(): void;
}

export interface PreviewPaneOptions {
  /** An application was opened: bring the pane to where it is seen. */
  onShow(): void;
}

export function createPreviewPane(workspace: Workspace, options: PreviewPaneOptions): PreviewPane {
  let targets: readonly PreviewTarget[] = [];
  let shown: PreviewTarget | undefined;
  let path = "/";
  let frame: HTMLIFrameElement | undefined;
  const trail = new Trail();

  const back = iconButton("back", "Atrás", () => {
    const previous = trail.back();
    if (previous !== undefined) navigate(previous);
  });
  const reload = iconButton("reload", "Recargar", () => load());
  const host = element("span", { class: "wb-address-host" });
  const pathId = uniqueId("path");
  const pathInput = element("input", {
    class: "wb-address-path",
    attributes: {
      id: pathId,
      type: "text",
      "aria-label": "Ruta de la aplicación",
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
    },
  });
  const address = element(
    "form",
    {
      class: "wb-address",
      attributes: { "aria-label": "Dirección de la aplicación" },
      on: {
        submit: (event) => {
          event.preventDefault();
          navigate(normalisePath(pathInput.value));
        },
      },
    },
    icon("lock"),
    host,
    pathInput,
  );
  const outside = element(
    "a",
    {
      class: "wb-icon-button",
      attributes: {
        target: "_blank",
        rel: "noopener",
        "aria-label": "Abrir en otra pestaña",
        title: "Abrir en otra pestaña",
      },
    },
    icon("external"),
  );
  const selector = element("select", {
    class: "wb-select",
    attributes: { "aria-label": "Aplicación que se muestra" },
    on: {
      change: () => {
        const target = targets.find(({ app }) => app === selector.value);
        if (target) open(target, "/");
      },
    },
  });
  const bar = element("div", { class: "wb-pane-bar wb-preview-bar" }, back, reload, address, outside, selector);
  const progress = element("div", { class: "wb-loading", attributes: { role: "status" } });
  const empty = element("div", { class: "wb-empty" });
  const stage = element("div", { class: "wb-preview-stage" }, empty);
  const pane = element("div", { class: "wb-preview" }, bar, progress, stage);

  const render = (): void => {
    const live = shown !== undefined;
    bar.hidden = !live;
    back.disabled = !trail.canGoBack;
    empty.hidden = live;
    if (shown) {
      host.textContent = `https://${shown.host}`;
      host.title = `https://${shown.host}`;
      if (document.activeElement !== pathInput) pathInput.value = path;
      outside.setAttribute("href", previewUrl(shown, path));
    }
    selector.hidden = targets.length < 2;
    selector.replaceChildren(
      ...targets.map(({ app }) => element("option", { attributes: { value: app, selected: app === shown?.app } }, app)),
    );
    if (!live) empty.replaceChildren(...emptyState(targets, (target) => open(target, "/")));
  };

  /** A page that is still coming says so; the router answers within 30 s in any case. */
  const load = (): void => {
    if (!shown) return;
    progress.textContent = "Cargando…";
    progress.classList.add("is-loading");
    const url = previewUrl(shown, path);
    // Neither way leaves an entry in the page's history, so Back still leaves the exercise. `replace` keeps the old page
    // painted until the new one comes; with a fragment it would only scroll.
    if (frame?.contentWindow && !url.includes("#")) {
      frame.contentWindow.location.replace(url);
      render();
      return;
    }
    const next = element("iframe", {
      class: "wb-preview-frame",
      attributes: { title: "Vista previa", allow: "cross-origin-isolated", src: url },
      on: {
        load: () => {
          if (frame !== next) return;
          progress.textContent = "";
          progress.classList.remove("is-loading");
        },
      },
    });
    frame?.remove();
    frame = next;
    stage.append(next);
    render();
  };
  const navigate = (to: string): void => {
    path = to;
    trail.visit(to);
    load();
  };
  const open = (target: PreviewTarget, to: string): void => {
    if (target.base !== shown?.base) trail.clear();
    shown = target;
    navigate(normalisePath(to));
  };
  const close = (): void => {
    shown = undefined;
    path = "/";
    trail.clear();
    frame?.remove();
    frame = undefined;
    progress.textContent = "";
    progress.classList.remove("is-loading");
    render();
  };

  const onMessage = (event: MessageEvent<unknown>): void => {
    if (!shown || !frame || event.source !== frame.contentWindow) return;
    if (event.origin !== new URL(shown.base).origin) return;
    const reported = readLocationMessage(event.data);
    if (reported === undefined) return;
    path = reported;
    trail.visit(reported);
    render();
  };
  addEventListener("message", onMessage);

  const unsubscribe = [
    workspace.onApps((apps) => {
      targets = apps;
      const present = apps.find(({ base }) => base === shown?.base);
      if (shown && !present) close();
      else {
        shown = present;
        render();
      }
    }),
    workspace.onOpen((target, to) => {
      open(target, to);
      options.onShow();
    }),
    workspace.onAppChanged((app) => {
      if (app === shown?.app) load();
    }),
  ];
  render();

  return {
    element: pane,
    focus() {
      if (shown) pathInput.focus();
      else pane.querySelector<HTMLElement>("button:not([hidden])")?.focus();
    },
    follow(url) {
      const found = findTarget(targets, url);
      if (!found) return false;
      open(found.target, found.path);
      options.onShow();
      return true;
    },
    clear: close,
    dispose() {
      removeEventListener("message", onMessage);
      for (const stop of unsubscribe) stop();
      frame?.remove();
    },
  };
}

function emptyState(targets: readonly PreviewTarget[], onOpen: (target: PreviewTarget) => void): readonly Node[] {
  const picture = element("div", { class: "wb-empty-picture", attributes: { "aria-hidden": "true" } });
  picture.append(
    element("span", { class: "wb-empty-dots" }),
    element("span", { class: "wb-empty-line" }),
    element("span", { class: "wb-empty-line" }),
  );
  if (targets.length === 0) {
    return [
      picture,
      element("p", { class: "wb-empty-title" }, "Aquí verás tu aplicación"),
      element(
        "p",
        {},
        "Todavía no has creado ninguna. Sigue los pasos en la terminal; cuando la publiques, ",
        element("code", {}, "heroku open"),
        " la mostrará aquí.",
      ),
    ];
  }
  const several = targets.length > 1;
  return [
    picture,
    element("p", { class: "wb-empty-title" }, several ? "Tus aplicaciones ya existen" : "Tu aplicación ya existe"),
    element(
      "p",
      {},
      "Ábrela con ",
      element("code", {}, "heroku open"),
      " desde su carpeta, o con este botón. Si aún no le enviaste tu código, verás la página de bienvenida de la plataforma.",
    ),
    ...targets.map((target) =>
      textButton(several ? `Abrir ${target.app}` : "Abrir la aplicación", "plain", () => onOpen(target)),
    ),
  ];
}
