/** What a name means: type, command, builtin, which, alias, unalias, hash. */

import { findProgram } from "../interpreter/program";
import { call } from "../interpreter/simple-command";
import { complain, type Frame, output } from "../interpreter/state";
import type { World } from "../interpreter/world";
import type { Builtin } from "./builtin";

const KEYWORDS = new Set(
  "if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc".split(" "),
);
/** They run inside the shell here, but are programs of their own on a real system. */
const PROGRAMS = new Set(["env", "xargs", "timeout", "nohup", "which", "bash", "sh"]);
/** Builtins that exist as programs too. */
const BOTH = new Set(["echo", "printf", "pwd", "test", "[", "kill", "true", "false"]);

export type Meaning =
  | { readonly kind: "alias"; readonly text: string }
  | { readonly kind: "keyword" }
  | { readonly kind: "function"; readonly text: string }
  | { readonly kind: "builtin" }
  | { readonly kind: "file"; readonly path: string };

/** All meanings of a name, the strongest first. */
export function meanings(name: string, frame: Frame, world: World): Meaning[] {
  const { state } = frame;
  const result: Meaning[] = [];
  const alias = state.aliases.get(name);
  if (alias !== undefined) result.push({ kind: "alias", text: alias });
  if (KEYWORDS.has(name)) result.push({ kind: "keyword" });
  const definition = state.functions.get(name);
  if (definition) result.push({ kind: "function", text: definition.text });
  if (world.builtins.has(name) && !PROGRAMS.has(name)) result.push({ kind: "builtin" });
  const path = programPath(name, frame, world);
  if (path !== undefined) result.push({ kind: "file", path });
  return result;
}

function programPath(name: string, frame: Frame, world: World): string | undefined {
  const found = findProgram(name, frame, world);
  if (found.kind !== "missing") return found.path;
  return PROGRAMS.has(name) || BOTH.has(name) ? `/usr/bin/${name}` : undefined;
}

const type: Builtin = async ({ args, frame, interpreter }) => {
  const options = new Set(args.filter((arg) => /^-[afptP]+$/.test(arg)).flatMap((arg) => [...arg.slice(1)]));
  let status = 0;
  for (const name of args.filter((arg) => !/^-[afptP]+$/.test(arg))) {
    const all = meanings(name, frame, interpreter.world);
    const found = options.has("P") ? all.filter(({ kind }) => kind === "file") : all;
    if (found.length === 0) {
      if (!options.has("t") && !options.has("p") && !options.has("P"))
        await complain(frame, `type: ${name}: not found`);
      status = 1;
    }
    for (const meaning of options.has("a") ? found : found.slice(0, 1)) {
      if (options.has("t")) await output(frame).write(`${meaning.kind}\n`);
      else if (options.has("p") || options.has("P")) {
        if (meaning.kind === "file") await output(frame).write(`${meaning.path}\n`);
      } else await output(frame).write(`${explain(name, meaning)}\n`);
    }
  }
  return status;
};

function explain(name: string, meaning: Meaning): string {
  switch (meaning.kind) {
    case "alias":
      return `${name} is aliased to \`${meaning.text}'`;
    case "keyword":
      return `${name} is a shell keyword`;
    case "function":
      return `${name} is a function\n${meaning.text}`;
    case "builtin":
      return `${name} is a shell builtin`;
    case "file":
      return `${name} is ${meaning.path}`;
  }
}

const command: Builtin = async ({ args, frame, interpreter }) => {
  const [first = ""] = args;
  if (first === "-v" || first === "-V") {
    let status = 0;
    for (const name of args.slice(1)) {
      const [meaning] = meanings(name, frame, interpreter.world);
      if (!meaning) {
        if (first === "-V") await complain(frame, `command: ${name}: not found`);
        status = 1;
      } else if (first === "-V") await output(frame).write(`${explain(name, meaning)}\n`);
      else {
        const text =
          meaning.kind === "alias" ? `alias ${name}='${meaning.text}'` : meaning.kind === "file" ? meaning.path : name;
        await output(frame).write(`${text}\n`);
      }
    }
    return status;
  }
  const [name, ...rest] = args.filter((arg, index) => index > 0 || (arg !== "-p" && arg !== "--"));
  return name === undefined ? 0 : call(interpreter, name, rest, frame, true);
};

const builtin: Builtin = async ({ args, frame, interpreter }) => {
  const [name, ...rest] = args;
  if (name === undefined) return 0;
  const found = interpreter.world.builtins.get(name);
  if (found) return found({ name, args: rest, frame, interpreter });
  await complain(frame, `builtin: ${name}: not a shell builtin`);
  return 1;
};

const which: Builtin = async ({ args, frame, interpreter }) => {
  let status = args.length === 0 ? 1 : 0;
  for (const name of args.filter((arg) => !/^-[as]+$/.test(arg))) {
    const path = programPath(name, frame, interpreter.world);
    if (path === undefined) status = 1;
    else if (!args.includes("-s")) await output(frame).write(`${path}\n`);
  }
  return status;
};

const alias: Builtin = async ({ args, frame }) => {
  const { aliases } = frame.state;
  const show = (name: string, text: string) =>
    output(frame).write(`alias ${name}='${text.replaceAll("'", "'\\''")}'\n`);
  let status = 0;
  const operands = args.filter((arg) => arg !== "-p" && arg !== "--");
  if (operands.length === 0)
    for (const [name, text] of [...aliases].sort(([a], [b]) => (a < b ? -1 : 1))) await show(name, text);
  for (const operand of operands) {
    const at = operand.indexOf("=");
    const text = aliases.get(operand);
    if (at > 0) aliases.set(operand.slice(0, at), operand.slice(at + 1));
    else if (text !== undefined) await show(operand, text);
    else {
      await complain(frame, `alias: ${operand}: not found`);
      status = 1;
    }
  }
  return status;
};

const unalias: Builtin = async ({ args, frame }) => {
  const { aliases } = frame.state;
  if (args.includes("-a")) aliases.clear();
  let status = 0;
  for (const name of args.filter((arg) => arg !== "-a")) {
    if (aliases.delete(name)) continue;
    await complain(frame, `unalias: ${name}: not found`);
    status = 1;
  }
  return status;
};

/** Nothing is remembered, so there is nothing to forget. */
const hash: Builtin = async ({ args, frame, interpreter }) => {
  let status = 0;
  for (const name of args.filter((arg) => !arg.startsWith("-"))) {
    if (meanings(name, frame, interpreter.world).length > 0) continue;
    await complain(frame, `hash: ${name}: not found`);
    status = 1;
  }
  return status;
};

export const lookupBuiltins = { type, command, builtin, which, alias, unalias, hash } satisfies Record<string, Builtin>;
