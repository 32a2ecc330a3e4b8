/** Parameters that the shell itself keeps: `$?`, `$$`, `$RANDOM`, … */

import { type Frame, lineOf } from "./state";
import type { World } from "./world";

/** The shell's own process number: there is one. */
const SHELL_PID = "1000";

/** Undefined when `name` is none of them (or none at this moment). */
export function specialParameter(name: string, frame: Frame, world: World): string | undefined {
  const { state } = frame;
  switch (name) {
    case "?":
      return String(state.status);
    case "$":
      return SHELL_PID;
    case "!":
      return state.lastBackground === undefined ? undefined : String(state.lastBackground);
    case "0":
      return state.name;
    case "-":
      return `${state.options.has("errexit") ? "e" : ""}hB${state.interactive ? "i" : ""}`;
    case "_":
      return state.lastArgument;
    case "LINENO":
      return String(lineOf(frame));
    case "RANDOM":
      return state.variables.has("RANDOM") ? undefined : String(Math.floor(Math.random() * 32768));
    case "SECONDS":
      return String(Math.floor((world.now() - world.startedAt) / 1000));
    case "EPOCHSECONDS":
      return String(Math.floor(world.now() / 1000));
    case "FUNCNAME":
      return state.calls[0];
    case "UID":
    case "EUID":
      return "1000";
    case "BASH_VERSION":
      return "5.2.21(1)-release";
    case "COLUMNS":
      return state.variables.text("COLUMNS") ?? String(world.columns);
    case "LINES":
      return state.variables.text("LINES") ?? String(world.rows);
    default:
      return undefined;
  }
}
