import { describe, expect, it } from "vitest";
import { TERMINAL_THEME } from "../../../src/workbench/terminal-theme";

/** WCAG 2.2, relative luminance and contrast ratio. */
const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const parts = (hex: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
const luminance = (rgb: readonly number[]): number => {
  const [r = 0, g = 0, b = 0] = rgb.map(channel);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: readonly number[], b: readonly number[]): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

const { background, black, cursorAccent, selectionBackground, selectionInactiveBackground, ...texts } = TERMINAL_THEME;

describe("the terminal's colours", () => {
  it.each(Object.entries(texts))("%s is readable on the background", (_name, colour) => {
    expect(contrast(parts(colour), parts(background))).toBeGreaterThanOrEqual(4.5);
  });
  it("text stays readable while it is selected", () => {
    for (const selection of [selectionBackground, selectionInactiveBackground]) {
      expect(contrast(parts(TERMINAL_THEME.foreground), parts(selection))).toBeGreaterThanOrEqual(4.5);
    }
  });
  it("dim text, which xterm shows half transparent, is readable", () => {
    const back = parts(background);
    const dim = parts(TERMINAL_THEME.foreground).map((value, index) => (value + (back[index] ?? 0)) / 2);
    expect(contrast(dim, back)).toBeGreaterThanOrEqual(4.5);
  });
});
