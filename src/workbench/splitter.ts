import { element } from "./dom";
import { readNumber, writeNumber } from "./preferences";

export interface SplitterOptions {
  /** Name of the separator, e.g. "Ancho de los pasos", and of the remembered size. */
  readonly label: string;
  readonly name: string;
  /** The separator's own direction: a vertical one divides left from right. */
  readonly orientation: "vertical" | "horizontal";
  /** Where the size goes: a custom property, in percent of the container, of the pane before or after the separator. */
  readonly container: HTMLElement;
  readonly property: string;
  readonly sized: "before" | "after";
  readonly controls: string;
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

const STEP = 2;
const BIG_STEP = 10;

/** A separator between two panes: dragged with a pointer, or moved with the arrow keys, Home, End; Enter puts it back. */
export function createSplitter(options: SplitterOptions): HTMLElement {
  const { container, orientation } = options;
  const clamp = (value: number): number => Math.min(options.max, Math.max(options.min, value));
  let size = clamp(readNumber(options.name, options.initial));
  const separator = element("div", {
    class: `wb-splitter wb-splitter-${orientation}`,
    attributes: {
      role: "separator",
      tabindex: "0",
      "aria-label": options.label,
      "aria-orientation": orientation,
      "aria-controls": options.controls,
      "aria-valuemin": options.min,
      "aria-valuemax": options.max,
    },
  });

  const show = (): void => {
    container.style.setProperty(options.property, `${size}%`);
    separator.setAttribute("aria-valuenow", String(Math.round(size)));
    separator.setAttribute("aria-valuetext", `${Math.round(size)} %`);
  };
  const set = (value: number): void => {
    size = clamp(value);
    show();
    writeNumber(options.name, size);
  };
  show();

  separator.addEventListener("keydown", (event) => {
    const sign = options.sized === "before" ? 1 : -1;
    const step = event.shiftKey ? BIG_STEP : STEP;
    const backward = orientation === "vertical" ? "ArrowLeft" : "ArrowUp";
    const forward = orientation === "vertical" ? "ArrowRight" : "ArrowDown";
    if (event.key === backward) set(size - sign * step);
    else if (event.key === forward) set(size + sign * step);
    else if (event.key === "Home") set(options.min);
    else if (event.key === "End") set(options.max);
    else if (event.key === "Enter") set(options.initial);
    else return;
    event.preventDefault();
  });

  separator.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    separator.focus({ preventScroll: true });
    // Capture keeps the drag alive over the preview's frame, which would swallow the pointer.
    separator.setPointerCapture(event.pointerId);
    separator.classList.add("is-dragging");
    const move = (moved: PointerEvent): void => {
      const box = container.getBoundingClientRect();
      const vertical = orientation === "vertical";
      const length = vertical ? box.width : box.height;
      if (length === 0) return;
      const before = ((vertical ? moved.clientX - box.left : moved.clientY - box.top) / length) * 100;
      set(options.sized === "before" ? before : 100 - before);
    };
    const end = (): void => {
      separator.removeEventListener("pointermove", move);
      separator.classList.remove("is-dragging");
    };
    separator.addEventListener("pointermove", move);
    separator.addEventListener("lostpointercapture", end, { once: true });
  });
  separator.addEventListener("dblclick", () => set(options.initial));
  return separator;
}
