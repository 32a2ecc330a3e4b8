import type { ITheme } from "@xterm/xterm";

/**
 * The terminal is dark in both themes of the site. Every colour but the two blacks has at least 4.5 : 1 on the
 * background (a unit test computes it); black text, which programs use on coloured grounds, is lifted by xterm's
 * `minimumContrastRatio`.
 */
export const TERMINAL_THEME = {
  background: "#12141d",
  foreground: "#eceef5",
  cursor: "#b9a8ff",
  cursorAccent: "#12141d",
  selectionBackground: "#3d4266",
  selectionInactiveBackground: "#2d3148",
  black: "#2b3045",
  red: "#ff8085",
  green: "#5fd39a",
  yellow: "#ecc468",
  blue: "#82aaff",
  magenta: "#d19cff",
  cyan: "#5ccfe0",
  white: "#eceef5",
  brightBlack: "#8b92a8",
  brightRed: "#ffa3a6",
  brightGreen: "#8ee6b8",
  brightYellow: "#f7d98f",
  brightBlue: "#a9c5ff",
  brightMagenta: "#e2bfff",
  brightCyan: "#93e3ef",
  brightWhite: "#ffffff",
} as const satisfies ITheme;
