/** Programs that run other programs: bash, sh, env, xargs, timeout, nohup. They live here because they need the interpreter. */

import { FileError, resolvePath } from "../../files/tree";
import { callProgram, findProgram, newProcess, runScript } from "../interpreter/program";
import { call } from "../interpreter/simple-command";
import { type Frame, output } from "../interpreter/state";
import { Interrupted } from "../interpreter/tick";
import { readAll } from "../streams";
import type { Builtin, BuiltinCall } from "./builtin";

/** A frame whose variables are the environment only, so that functions and aliases do not leak into programs. */
function programFrame(frame: Frame): Frame {
  return { ...frame, state: newProcess(frame.state, frame.state.name, []), tested: true };
}

/** Runs a builtin that is a program too, or a program; undefined when there is none of that name. */
async function runProgram(
  { interpreter }: BuiltinCall,
  name: string,
  args: readonly string[],
  frame: Frame,
): Promise<number | undefined> {
  if (interpreter.world.builtins.has(name))
    return interpreter.process(frame, (own) => call(interpreter, name, args, own));
  const found = findProgram(name, frame, interpreter.world);
  return found.kind === "missing" ? undefined : callProgram(interpreter, found, args, frame);
}

const bash: Builtin = async ({ name, args, frame, interpreter }) => {
  let at = 0;
  let source: string | undefined;
  const options: string[] = [];
  for (; at < args.length && /^[-+]./.test(args[at] ?? ""); at++) {
    const arg = args[at] ?? "";
    if (arg === "--version") {
      await output(frame).write("GNU bash, version 5.2.21(1)-release (x86_64-pc-linux-gnu)\n");
      return 0;
    }
    if (arg === "--") {
      at++;
      break;
    }
    if (arg.startsWith("--")) continue;
    if (arg.includes("c")) {
      source = args[++at];
      if (source === undefined) {
        await output(frame, 2).write(`${name}: -c: option requires an argument\n`);
        return 2;
      }
      const flags = arg.replace(/[cli]/g, "");
      if (flags !== "-") options.push(flags);
    } else if (arg === "-o" || arg === "+o") options.push(arg, args[++at] ?? "");
    else if (!/^-[lis]+$/.test(arg)) options.push(arg);
  }
  const rest = args.slice(at);
  const prepare = options.length > 0 ? `set ${options.join(" ")}; ` : "";
  if (source !== undefined) {
    const [zero = name, ...positional] = rest;
    return runScript(interpreter, prepare + source, zero, positional, frame, false);
  }
  const [path, ...positional] = rest;
  if (path === undefined) {
    const stdin = frame.descriptors.get(0)?.source;
    if (stdin?.isTerminal) {
      await output(frame, 2).write(`${name}: this terminal has one shell; use -c or a script\n`);
      return 1;
    }
    const text = stdin ? new TextDecoder().decode(await readAll(stdin)) : "";
    return runScript(interpreter, prepare + text, name, [], frame, false);
  }
  try {
    const text = interpreter.world.files.readText(resolvePath(frame.state.cwd, path));
    return await runScript(interpreter, prepare + text, path, positional, frame);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const code = error.code === "EISDIR" ? 126 : 127;
    await output(frame, 2).write(`${name}: ${path}: ${error.reason}\n`);
    return code;
  }
};

const env: Builtin = async (invocation) => {
  const { args, frame } = invocation;
  const own = programFrame(frame);
  const { variables } = own.state;
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "-i" || arg === "-" || arg === "--ignore-environment")
      for (const name of variables.names()) variables.unset(name);
    else if (arg === "-u" || arg === "--unset") variables.unset(args[++at] ?? "");
    else if (/^-u./.test(arg)) variables.unset(arg.slice(2));
    else if (arg.startsWith("--unset=")) variables.unset(arg.slice(8));
    else if (arg === "-0" || arg === "--") continue;
    else if (/^-/.test(arg)) {
      const text = arg.startsWith("--") ? `unrecognized option '${arg}'` : `invalid option -- '${arg[1]}'`;
      await output(frame, 2).write(`env: ${text}\nTry 'env --help' for more information.\n`);
      return 125;
    } else if (/^[^=]+=/.test(arg)) {
      const name = arg.slice(0, arg.indexOf("="));
      variables.setText(name, arg.slice(name.length + 1));
      variables.export(name);
    } else break;
  }
  const [name, ...rest] = args.slice(at);
  if (name === undefined) {
    for (const [key, value] of Object.entries(variables.environment())) await output(frame).write(`${key}=${value}\n`);
    return 0;
  }
  const status = await runProgram(invocation, name, rest, own);
  if (status !== undefined) return status;
  await output(frame, 2).write(`env: ‘${name}’: No such file or directory\n`);
  return 127;
};

/** Splits as xargs does: blanks and newlines, with quotes and backslashes. */
function splitItems(text: string): string[] {
  const items: string[] = [];
  for (const match of text.matchAll(/(?:\\[\s\S]|'[^'\n]*'|"[^"\n]*"|[^\s'"\\])+/g)) {
    items.push(
      match[0].replace(
        /\\([\s\S])|'([^']*)'|"([^"]*)"/g,
        (_, escaped?: string, single?: string, double?: string) => escaped ?? single ?? double ?? "",
      ),
    );
  }
  return items;
}

const xargs: Builtin = async (invocation) => {
  const { args, frame } = invocation;
  let perCommand = Number.POSITIVE_INFINITY;
  let replace: string | undefined;
  let delimiter: string | undefined;
  let skipEmpty = false;
  let verbose = false;
  let at = 0;
  for (; at < args.length && /^-./.test(args[at] ?? ""); at++) {
    const arg = args[at] ?? "";
    const value = () => arg.slice(2) || (args[++at] ?? "");
    if (arg === "-0" || arg === "--null") delimiter = "\0";
    else if (arg === "-r" || arg === "--no-run-if-empty") skipEmpty = true;
    else if (arg === "-t" || arg === "--verbose") verbose = true;
    else if (arg.startsWith("-n") || arg.startsWith("-L")) perCommand = Number(value());
    else if (arg.startsWith("-I")) replace = value();
    else if (arg.startsWith("-d")) delimiter = value().replace("\\n", "\n").replace("\\t", "\t");
    else if (arg.startsWith("-P")) value();
    else {
      const text = arg.startsWith("--") ? `unrecognized option '${arg}'` : `invalid option -- '${arg[1]}'`;
      await output(frame, 2).write(`xargs: ${text}\nTry 'xargs --help' for more information.\n`);
      return 1;
    }
  }
  const [name = "echo", ...fixed] = args.slice(at);
  const stdin = frame.descriptors.get(0)?.source;
  const text = stdin ? new TextDecoder().decode(await readAll(stdin)) : "";
  const items =
    delimiter !== undefined
      ? text
          .replace(new RegExp(`${delimiter === "\n" ? "\\n" : "\\0"}$`), "")
          .split(delimiter)
          .filter((item) => text !== "" || item !== "")
      : replace !== undefined
        ? text
            .split("\n")
            .map((line) => line.trim())
            .filter((line) => line !== "")
        : splitItems(text);
  if (items.length === 0 && (skipEmpty || replace !== undefined)) return 0;

  const groups: string[][] = [];
  if (replace !== undefined)
    for (const item of items) groups.push(fixed.map((arg) => arg.replaceAll(replace ?? "", item)));
  else if (items.length === 0) groups.push(fixed);
  else
    for (let from = 0; from < items.length; from += perCommand)
      groups.push([...fixed, ...items.slice(from, from + perCommand)]);
  let status = 0;
  for (const group of groups) {
    if (verbose) await output(frame, 2).write(`${[name, ...group].join(" ")}\n`);
    const result = await runProgram(
      invocation,
      name,
      group,
      programFrame({ ...frame, descriptors: new Map(frame.descriptors) }),
    );
    if (result === undefined) {
      await output(frame, 2).write(`xargs: ${name}: No such file or directory\n`);
      return 127;
    }
    if (result === 255) return 124;
    if (result !== 0) status = 123;
  }
  return status;
};

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const timeout: Builtin = async (invocation) => {
  const { frame } = invocation;
  const args = invocation.args.filter((arg) => !/^--(foreground|preserve-status)$/.test(arg));
  let at = 0;
  while (/^-[ks]$/.test(args[at] ?? "")) at += 2;
  const [duration, name, ...rest] = args.slice(at);
  if (duration === undefined || name === undefined) {
    await output(frame, 2).write("timeout: missing operand\nTry 'timeout --help' for more information.\n");
    return 125;
  }
  const match = /^(\d*\.?\d+)([smhd]?)$/.exec(duration);
  if (!match) {
    await output(frame, 2).write(
      `timeout: invalid time interval ‘${duration}’\nTry 'timeout --help' for more information.\n`,
    );
    return 125;
  }
  const limit = AbortSignal.timeout(Number(match[1]) * (UNITS[match[2] || "s"] ?? 1000));
  const own = programFrame({ ...frame, signal: AbortSignal.any([frame.signal, limit]) });
  try {
    const status = await runProgram(invocation, name, rest, own);
    if (status !== undefined) return status;
  } catch (error) {
    if (error instanceof Interrupted && !frame.signal.aborted) return 124;
    throw error;
  }
  await output(frame, 2).write(`timeout: failed to run command ‘${name}’: No such file or directory\n`);
  return 127;
};

/** There is no hang-up to be protected from. */
const nohup: Builtin = async (invocation) => {
  const { args, frame } = invocation;
  const [name, ...rest] = args;
  if (name === undefined) {
    await output(frame, 2).write("nohup: missing operand\nTry 'nohup --help' for more information.\n");
    return 125;
  }
  const status = await runProgram(invocation, name, rest, programFrame(frame));
  if (status !== undefined) return status;
  await output(frame, 2).write(`nohup: failed to run command '${name}': No such file or directory\n`);
  return 127;
};

export const processBuiltins = { bash, sh: bash, env, xargs, timeout, nohup } satisfies Record<string, Builtin>;
