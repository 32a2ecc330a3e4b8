/** Elements without a framework: one function that makes them, one that makes icons. */

type Handlers = { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };

export interface Properties {
  readonly class?: string;
  /** Attributes by their HTML names. `true` sets an empty one; `false` and `undefined` leave it out. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly on?: Handlers;
}

export type Child = Node | string | undefined;

/** A new element. Strings become text nodes, so nothing is parsed as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (properties.class) node.className = properties.class;
  for (const [name, value] of Object.entries(properties.attributes ?? {})) {
    if (value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  listen(node, properties.on ?? {});
  for (const child of children) if (child !== undefined) node.append(child);
  return node;
}

function listen(node: HTMLElement, handlers: Handlers): void {
  for (const [name, handler] of Object.entries(handlers)) {
    if (typeof handler === "function") node.addEventListener(name, handler as EventListener);
  }
}

/** An element whose content is HTML of our own build (never anything a learner wrote). */
export function trustedHtml(className: string, html: string): HTMLDivElement {
  const node = element("div", { class: className });
  node.innerHTML = html;
  return node;
}

const ICONS = {
  back: "M10 3 5 8l5 5",
  check: "m3 8.5 3.2 3L13 4.5",
  chevron: "m6 4 4 4-4 4",
  close: "m4 4 8 8M12 4l-8 8",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  external: "M9 2.5h4.5V7M13.5 2.5 7 9M6 3.5H3.5a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V10",
  file: "M4 1.5h5l3.5 3.5v9.5H4zM9 1.5V5h3.5",
  folder: "M1.5 4V3h4.2l1.5 1.5h7.3v8.5h-13z",
  help: "M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.8M8 12.4v.2M14.5 8a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z",
  lock: "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  newFile: "M9.5 1.5H3.5v13h5M9.5 1.5 13 5v3M9.5 1.5V5H13M11.5 10v5M9 12.5h5",
  newFolder: "M8 12.5H1.5V3h4.2l1.5 1.5h7.3V8M11.5 10v5M9 12.5h5",
  reload: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3.2H9.8",
  rename: "m10.5 3 2.5 2.5L5.5 13H3v-2.5zM9 4.5 11.5 7",
  sidebar: "M2 2.5h12v11H2zM6 2.5v11",
  trash: "M2.5 4h11M6 4V2.5h4V4M4 4l.6 9.5h6.8L12 4M6.7 6.5v4.5M9.3 6.5v4.5",
} as const;
export type IconName = keyof typeof ICONS;

/** A 16 × 16 line drawing in the text's colour, hidden from assistive technology: the control beside it has the name. */
export function icon(name: IconName): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("wb-icon");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon; `label` is its name and its tooltip. */
export function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  return element(
    "button",
    {
      class: "wb-icon-button",
      attributes: { type: "button", "aria-label": label, title: label },
      on: { click: onClick },
    },
    icon(name),
  );
}

/** A button with a text; `kind` is its weight in the page. */
export function textButton(
  label: string,
  kind: "primary" | "plain" | "quiet" | "danger",
  onClick: () => void,
  iconName?: IconName,
): HTMLButtonElement {
  return element(
    "button",
    { class: `wb-button wb-button-${kind}`, attributes: { type: "button" }, on: { click: onClick } },
    iconName && icon(iconName),
    label,
  );
}

let lastId = 0;
/** An id that no other element of this document has. */
export function uniqueId(prefix: string): string {
  lastId += 1;
  return `wb-${prefix}-${lastId}`;
}
