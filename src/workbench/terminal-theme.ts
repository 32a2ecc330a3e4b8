import type { ITheme } from "@xterm/xterm";

/**
 * The terminal is dark in both themes of the site. Every colour but the two blacks has at least 4.5 : 1 on the
 * background (a unit test computes it); black text, which programs use on coloured grounds, is lifted by xterm's
 * `minimumContrastRatio`.
 */
export const TERMINAL_THEME = {
  background: "#0b1d25",
  foreground: "#eaf3f3",
  cursor: "#ffc04f",
  cursorAccent: "#0b1d25",
  selectionBackground: "#2b5768",
  selectionInactiveBackground: "#1f4250",
  black: "#24424d",
  red: "#ff8085",
  green: "#5fd39a",
  yellow: "#f2c666",
  blue: "#82aaff",
  magenta: "#d19cff",
  cyan: "#5fd0df",
  white: "#eaf3f3",
  brightBlack: "#8fabb2",
  brightRed: "#ffa3a6",
  brightGreen: "#8ee6b8",
  brightYellow: "#f7d98f",
  brightBlue: "#a9c5ff",
  brightMagenta: "#e2bfff",
  brightCyan: "#93e3ef",
  brightWhite: "#ffffff",
} as const satisfies ITheme;
