import { element, uniqueId } from "./dom";
import { createSplitter } from "./splitter";

export type PaneName = "pasos" | "archivos" | "terminal" | "vista";

export interface PaneContent {
  readonly element: HTMLElement;
  focus(): void;
}

export interface Layout {
  readonly element: HTMLElement;
  /** Brings the pane into view where only one fits; elsewhere it is in view already. */
  show(name: PaneName): void;
  dispose(): void;
}

const LABELS: Record<PaneName, string> = {
  pasos: "Pasos",
  archivos: "Archivos",
  terminal: "Terminal",
  vista: "Vista previa",
};
const ORDER: readonly PaneName[] = ["pasos", "archivos", "terminal", "vista"];

/** From here on all panes fit. */
const WIDE = "(min-width: 1000px)";
/** From here on the steps stay beside one other pane. Below, one pane at a time. */
const MEDIUM = "(min-width: 800px)";

/**
 * Puts the four panes on the screen: all at once, the steps beside one other, or one at a time with tabs. F6 and Shift F6
 * go round the panes in every arrangement.
 */
export function createLayout(contents: Readonly<Record<PaneName, PaneContent>>): Layout {
  const wide = matchMedia(WIDE);
  const medium = matchMedia(MEDIUM);
  let active: PaneName = "pasos";
  let beside: PaneName = "archivos";

  const panes = mapPanes((name) =>
    element(
      "section",
      { class: `wb-pane wb-pane-${name}`, attributes: { id: uniqueId(`pane-${name}`) } },
      contents[name].element,
    ),
  );
  const tabs = mapPanes((name) =>
    element(
      "button",
      {
        class: "wb-tab",
        attributes: { type: "button", role: "tab", id: uniqueId(`tab-${name}`), "aria-controls": panes[name].id },
        on: { click: () => show(name) },
      },
      LABELS[name],
    ),
  );
  const tablist = element(
    "div",
    { class: "wb-tabs", attributes: { role: "tablist", "aria-label": "Paneles del ejercicio" } },
    ...ORDER.map((name) => tabs[name]),
  );

  const top = element("div", { class: "wb-top" });
  const work = element("div", { class: "wb-work" });
  const body = element("div", { class: "wb-body" });
  top.append(
    panes.archivos,
    createSplitter({
      label: "Ancho de la vista previa",
      name: "preview",
      orientation: "vertical",
      container: top,
      property: "--wb-preview-size",
      sized: "after",
      controls: panes.vista.id,
      initial: 38,
      min: 20,
      max: 70,
    }),
    panes.vista,
  );
  work.append(
    top,
    createSplitter({
      label: "Alto de la terminal",
      name: "terminal",
      orientation: "horizontal",
      container: work,
      property: "--wb-terminal-size",
      sized: "after",
      controls: panes.terminal.id,
      initial: 42,
      min: 15,
      max: 80,
    }),
    panes.terminal,
  );
  body.append(
    panes.pasos,
    createSplitter({
      label: "Ancho de los pasos",
      name: "steps",
      orientation: "vertical",
      container: body,
      property: "--wb-steps-size",
      sized: "before",
      controls: panes.pasos.id,
      initial: 25,
      min: 16,
      max: 50,
    }),
    work,
  );
  const layout = element("div", { class: "wb-layout" }, tablist, body);

  const arrangement = (): "wide" | "medium" | "narrow" =>
    wide.matches ? "wide" : medium.matches ? "medium" : "narrow";

  const arrange = (): void => {
    const kind = arrangement();
    layout.dataset.arrangement = kind;
    tablist.hidden = kind === "wide";
    const front = kind === "medium" ? beside : active;
    for (const name of ORDER) {
      const pane = panes[name];
      const tabbed = kind === "narrow" || (kind === "medium" && name !== "pasos");
      pane.hidden = tabbed && name !== front;
      pane.setAttribute("role", tabbed ? "tabpanel" : "region");
      if (tabbed) {
        pane.setAttribute("aria-labelledby", tabs[name].id);
        pane.removeAttribute("aria-label");
      } else {
        pane.setAttribute("aria-label", name === "pasos" ? "Guía del ejercicio" : LABELS[name]);
        pane.removeAttribute("aria-labelledby");
      }
      tabs[name].hidden = !tabbed;
      tabs[name].setAttribute("aria-selected", String(name === front));
      tabs[name].tabIndex = name === front ? 0 : -1;
    }
  };

  const show = (name: PaneName): void => {
    active = name;
    if (name !== "pasos") beside = name;
    arrange();
  };

  tablist.addEventListener("keydown", (event) => {
    const names = ORDER.filter((name) => !tabs[name].hidden);
    const index = names.findIndex((name) => tabs[name] === document.activeElement);
    if (index < 0) return;
    const to =
      event.key === "ArrowRight"
        ? (index + 1) % names.length
        : event.key === "ArrowLeft"
          ? (index - 1 + names.length) % names.length
          : event.key === "Home"
            ? 0
            : event.key === "End"
              ? names.length - 1
              : undefined;
    const name = to === undefined ? undefined : names[to];
    if (!name) return;
    event.preventDefault();
    show(name);
    tabs[name].focus();
  });

  const cycle = (event: KeyboardEvent): void => {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const here = ORDER.findIndex((name) => panes[name].contains(document.activeElement));
    const from = here < 0 ? (event.shiftKey ? 0 : -1) : here;
    const to = ORDER[(from + (event.shiftKey ? -1 : 1) + ORDER.length) % ORDER.length];
    if (!to) return;
    show(to);
    contents[to].focus();
  };
  // In the capture phase, before the terminal takes every key for its shell.
  layout.addEventListener("keydown", cycle, { capture: true });

  wide.addEventListener("change", arrange);
  medium.addEventListener("change", arrange);
  arrange();

  return {
    element: layout,
    show,
    dispose() {
      wide.removeEventListener("change", arrange);
      medium.removeEventListener("change", arrange);
    },
  };
}

function mapPanes<T>(make: (name: PaneName) => T): Record<PaneName, T> {
  return { pasos: make("pasos"), archivos: make("archivos"), terminal: make("terminal"), vista: make("vista") };
}
