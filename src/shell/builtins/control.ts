/** Flow: break, continue, return, exit, eval, source, trap, exec, and those that do nothing. */

import { FileError, resolvePath } from "../../files/tree";
import { BreakLoop, ExitShell, ReturnFromFunction } from "../interpreter/control";
import { call } from "../interpreter/simple-command";
import { complain, output } from "../interpreter/state";
import type { Builtin, BuiltinCall } from "./builtin";

const TRAPS = new Set(["EXIT", "ERR", "DEBUG", "RETURN", "INT", "TERM", "HUP", "QUIT", "USR1", "USR2", "PIPE"]);

function breakOrContinue(kind: "break" | "continue"): Builtin {
  return async ({ args, frame }) => {
    const levels = Number(args[0] ?? 1);
    if (frame.state.loops === 0) {
      await complain(frame, `${kind}: only meaningful in a \`for', \`while', or \`until' loop`);
      return 0;
    }
    if (!Number.isInteger(levels) || levels < 1) {
      await complain(frame, `${kind}: ${args[0]}: loop count out of range`);
      return 1;
    }
    throw new BreakLoop(kind, levels);
  };
}

/** The status that `exit` and `return` give: the argument's, or the last command's. */
async function statusArgument({ name, args, frame }: BuiltinCall): Promise<number> {
  const [text] = args;
  if (text === undefined) return frame.state.status;
  if (/^[+-]?\d+$/.test(text.trim())) return Number(text) & 0xff;
  await complain(frame, `${name}: ${text}: numeric argument required`);
  return 2;
}

const exit: Builtin = async (invocation) => {
  throw new ExitShell(await statusArgument(invocation));
};

const returnBuiltin: Builtin = async (invocation) => {
  const { state } = invocation.frame;
  if (state.calls.length === 0 && state.sourcing === 0) {
    await complain(invocation.frame, "return: can only `return' from a function or sourced script");
    return 2;
  }
  throw new ReturnFromFunction(await statusArgument(invocation));
};

const evalBuiltin: Builtin = async ({ args, frame, interpreter }) => {
  frame.state.status = 0;
  return interpreter.source(args.join(" "), frame);
};

const source: Builtin = async ({ name, args, frame, interpreter }) => {
  const { state } = frame;
  const [path, ...rest] = args;
  if (path === undefined) {
    await complain(frame, `${name}: filename argument required`);
    await output(frame, 2).write(`${name}: usage: ${name} filename [arguments]\n`);
    return 2;
  }
  let text: string;
  try {
    const full = resolvePath(state.cwd, path);
    if (interpreter.world.files.isDirectory(full)) {
      await complain(frame, `${name}: ${path}: is a directory`);
      return 1;
    }
    text = interpreter.world.files.readText(full);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await complain(frame, `${path}: ${error.reason}`);
    return 1;
  }
  const { positional } = state;
  if (rest.length > 0) state.positional = rest;
  state.sourcing++;
  state.status = 0;
  try {
    return await interpreter.source(text, frame);
  } catch (error) {
    if (error instanceof ReturnFromFunction && state.calls.length === 0) return error.status;
    throw error;
  } finally {
    state.sourcing--;
    if (rest.length > 0) state.positional = positional;
  }
};

const trap: Builtin = async ({ args, frame }) => {
  const { traps } = frame.state;
  const rest = args.filter((arg) => arg !== "--" && arg !== "-p");
  if (rest.length === 0) {
    for (const [name, action] of traps) {
      const signal = TRAPS.has(name) && !["EXIT", "ERR", "DEBUG", "RETURN"].includes(name) ? `SIG${name}` : name;
      await output(frame).write(`trap -- '${action.replaceAll("'", "'\\''")}' ${signal}\n`);
    }
    return 0;
  }
  const [action = "", ...names] = rest.length === 1 ? ["-", ...rest] : rest;
  let status = 0;
  for (const name of names) {
    const plain =
      name === "0" ? "EXIT" : name === "2" ? "INT" : name === "15" ? "TERM" : name.toUpperCase().replace(/^SIG/, "");
    if (!TRAPS.has(plain)) {
      await complain(frame, `trap: ${name}: invalid signal specification`);
      status = 1;
    } else if (action === "-") traps.delete(plain);
    else traps.set(plain, action);
  }
  return status;
};

/** With a command; without one, the redirections stay (the interpreter does that). */
const exec: Builtin = async ({ args, frame, interpreter }) => {
  const [name, ...rest] = args;
  if (name === undefined) return 0;
  throw new ExitShell(await call(interpreter, name, rest, frame, true));
};

export const controlBuiltins = {
  break: breakOrContinue("break"),
  continue: breakOrContinue("continue"),
  exit,
  logout: exit,
  return: returnBuiltin,
  eval: evalBuiltin,
  source,
  ".": source,
  trap,
  exec,
  ":": async () => 0,
  true: async () => 0,
  false: async () => 1,
} satisfies Record<string, Builtin>;
