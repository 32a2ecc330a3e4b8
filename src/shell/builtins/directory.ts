/** The working directory: cd, pwd, pushd, popd, dirs. */

import { FileError, resolvePath } from "../../files/tree";
import { complain, type Frame, output } from "../interpreter/state";
import type { World } from "../interpreter/world";
import type { Builtin, BuiltinCall } from "./builtin";

/** Goes to a directory; returns what hinders it, as errno text. */
export function changeDirectory(path: string, frame: Frame, { files }: World): string | undefined {
  const { state } = frame;
  try {
    if (files.stat(path).kind !== "directory") return "Not a directory";
  } catch (error) {
    if (error instanceof FileError) return error.reason;
    throw error;
  }
  state.variables.setText("OLDPWD", state.cwd);
  state.variables.setText("PWD", path);
  state.variables.export("OLDPWD");
  state.variables.export("PWD");
  state.cwd = path;
  return undefined;
}

const cd: Builtin = async ({ args, frame, interpreter }) => {
  const { state } = frame;
  const operands = args.filter((arg) => !/^-[LPe@]+$/.test(arg) && arg !== "--");
  const option = operands.find((arg) => arg.startsWith("-") && arg !== "-");
  if (option) {
    await complain(frame, `cd: ${option.slice(0, 2)}: invalid option`);
    await output(frame, 2).write("cd: usage: cd [-L|[-P [-e]] [-@]] [dir]\n");
    return 2;
  }
  if (operands.length > 1) {
    await complain(frame, "cd: too many arguments");
    return 1;
  }
  let target = operands[0];
  if (target === undefined || target === "-") {
    const variable = target === "-" ? "OLDPWD" : "HOME";
    const value = state.variables.text(variable);
    if (value === undefined) {
      await complain(frame, `cd: ${variable} not set`);
      return 1;
    }
    if (target === "-") await output(frame).write(`${value}\n`);
    target = value;
  }
  if (target === "") return 0;
  const physical = args.some((arg) => /^-\w*P/.test(arg));
  let path = resolvePath(state.cwd, target);
  if (physical && interpreter.world.files.exists(path)) path = interpreter.world.files.realPath(path);
  const failure = changeDirectory(path, frame, interpreter.world);
  if (failure === undefined) return 0;
  await complain(frame, `cd: ${target}: ${failure}`);
  return 1;
};

const pwd: Builtin = async ({ args, frame, interpreter }) => {
  const { cwd } = frame.state;
  const { files } = interpreter.world;
  const physical = args.includes("-P") && files.exists(cwd);
  await output(frame).write(`${physical ? files.realPath(cwd) : cwd}\n`);
  return 0;
};

/** The directories under the current one are kept in a variable, as bash does with DIRSTACK. */
function stack({ frame }: BuiltinCall): string[] {
  const value = frame.state.variables.get("DIRSTACK");
  return value?.kind === "array" ? [...value.items.values()] : [];
}

function setStack({ frame }: BuiltinCall, directories: readonly string[]): void {
  frame.state.variables.set("DIRSTACK", { kind: "array", items: new Map(directories.entries()) });
}

async function show(call: BuiltinCall): Promise<number> {
  const { state } = call.frame;
  const home = state.variables.text("HOME");
  const short = (path: string) =>
    home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
  await output(call.frame).write(`${[state.cwd, ...stack(call)].map(short).join(" ")}\n`);
  return 0;
}

const pushd: Builtin = async (call) => {
  const { frame, args, interpreter } = call;
  const before = frame.state.cwd;
  const directories = stack(call);
  const target = args[0] ?? directories[0];
  if (target === undefined) {
    await complain(frame, "pushd: no other directory");
    return 1;
  }
  const failure = changeDirectory(resolvePath(before, target), frame, interpreter.world);
  if (failure !== undefined) {
    await complain(frame, `pushd: ${target}: ${failure}`);
    return 1;
  }
  setStack(call, [before, ...(args.length > 0 ? directories : directories.slice(1))]);
  return show(call);
};

const popd: Builtin = async (call) => {
  const [target, ...rest] = stack(call);
  if (target === undefined) {
    await complain(call.frame, "popd: directory stack empty");
    return 1;
  }
  const failure = changeDirectory(target, call.frame, call.interpreter.world);
  if (failure !== undefined) {
    await complain(call.frame, `popd: ${target}: ${failure}`);
    return 1;
  }
  setStack(call, rest);
  return show(call);
};

export const directoryBuiltins = { cd, pwd, pushd, popd, dirs: show };
