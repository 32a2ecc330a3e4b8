/** Variables and options: export, unset, declare, local, readonly, set, shift, shopt, let. */

import { textValue } from "../interpreter/arithmetic";
import { complain, type Frame, output } from "../interpreter/state";
import type { Value } from "../interpreter/variables";
import type { Builtin, BuiltinCall } from "./builtin";

const NAME = /^[A-Za-z_]\w*$/;
const LETTERS: Record<string, string> = {
  a: "allexport",
  e: "errexit",
  u: "nounset",
  x: "xtrace",
  f: "noglob",
  C: "noclobber",
  v: "verbose",
  n: "noexec",
  b: "notify",
  m: "monitor",
  h: "hashall",
  B: "braceexpand",
  E: "errtrace",
};
const OPTIONS = [...Object.values(LETTERS), "pipefail", "emacs", "vi", "history", "ignoreeof", "posix"].sort();

function quoted(text: string): string {
  return `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}

function shown(value: Value | undefined): string {
  if (!value) return "";
  if (value.kind === "string") return `=${quoted(value.text)}`;
  return `=(${[...value.items].map(([key, text]) => `[${key}]=${quoted(text)}`).join(" ")}${value.kind === "associative" && value.items.size > 0 ? " " : ""})`;
}

function declaration(name: string, { state }: Frame): string {
  const variable = state.variables.take(name);
  const letters = [
    variable?.value?.kind === "array" ? "a" : "",
    variable?.value?.kind === "associative" ? "A" : "",
    variable?.readOnly ? "r" : "",
    variable?.exported ? "x" : "",
  ].join("");
  return `declare -${letters || "-"} ${name}${shown(variable?.value)}\n`;
}

/** Assigns `name`, `name=value` or `name+=value`; returns false, after a complaint, when the name is none. */
async function assignArgument(
  { name, frame }: BuiltinCall,
  text: string,
  integer = false,
): Promise<string | undefined> {
  const [, variable = "", append, value] = /^([^=+]*)(\+)?(?:=([\s\S]*))?$/.exec(text) ?? [];
  if (!NAME.test(variable)) {
    await complain(frame, `${name}: \`${text}': not a valid identifier`);
    return undefined;
  }
  const { variables } = frame.state;
  if (value !== undefined) {
    const full = append ? (variables.text(variable) ?? "") + value : value;
    variables.setText(variable, integer ? String(await number(full, frame)) : full);
  }
  return variable;
}

async function number(text: string, { state }: Frame): Promise<bigint> {
  return textValue(text, {
    get: (name) => state.variables.text(name),
    set: (name, value) => state.variables.setText(name, value),
    expand: async (word) => ("value" in word ? word.value : "0"),
  });
}

/** export, readonly, declare, local, typeset: all of them give attributes to variables. */
const declare: Builtin = async (call) => {
  const { name, args, frame } = call;
  const { state } = frame;
  const { variables } = state;
  const options = new Set<string>();
  let from = 0;
  for (; from < args.length && /^[-+]./.test(args[from] ?? ""); from++) {
    if (args[from] === "--") continue;
    for (const letter of args[from]?.slice(1) ?? "") options.add((args[from]?.[0] ?? "-") + letter);
  }
  const operands = args.slice(from);
  if (name === "local" && state.calls.length === 0) {
    await complain(frame, "local: can only be used in a function");
    return 1;
  }
  if (options.has("-f") || options.has("-F")) {
    if (name === "export") return 0;
    let status = 0;
    for (const wanted of operands.length > 0 ? operands : [...state.functions.keys()].sort()) {
      const definition = state.functions.get(wanted);
      if (!definition) status = 1;
      else if (options.has("-F"))
        await output(frame).write(operands.length > 0 ? `${wanted}\n` : `declare -f ${wanted}\n`);
      else await output(frame).write(`${definition.text}\n`);
    }
    return status;
  }
  const exports = name === "export" || options.has("-x");
  const readOnly = name === "readonly" || options.has("-r");
  const remove = options.has("-n") && name === "export";
  if (operands.length === 0 || (options.has("-p") && name !== "export")) {
    const names = operands.length > 0 ? operands : variables.names().filter((each) => variables.has(each));
    let status = 0;
    for (const each of names) {
      if (!variables.has(each)) {
        await complain(frame, `${name}: ${each}: not found`);
        status = 1;
        continue;
      }
      if (exports && operands.length === 0 && !variables.isExported(each)) continue;
      if (readOnly && operands.length === 0 && !variables.isReadOnly(each)) continue;
      await output(frame).write(declaration(each, frame));
    }
    return status;
  }
  const local =
    name === "local" || ((name === "declare" || name === "typeset") && state.calls.length > 0 && !options.has("-g"));
  let status = 0;
  for (const operand of operands) {
    const [plain = ""] = operand.split(/\+?=/, 1);
    if (local && NAME.test(plain)) variables.declareLocal(plain);
    if (options.has("-A") && variables.get(plain)?.kind !== "associative") {
      variables.set(plain, { kind: "associative", items: new Map() });
    } else if (options.has("-a") && variables.get(plain)?.kind !== "array") {
      variables.set(plain, { kind: "array", items: new Map() });
    }
    const variable = await assignArgument(call, operand, options.has("-i"));
    if (variable === undefined) {
      status = 1;
      continue;
    }
    if (options.has("-u") || options.has("-l")) {
      const text = variables.text(variable);
      if (text !== undefined) variables.setText(variable, options.has("-u") ? text.toUpperCase() : text.toLowerCase());
    }
    if (exports) variables.export(variable, !remove);
    else if (options.has("+x")) variables.export(variable, false);
    if (readOnly) variables.makeReadOnly(variable);
  }
  return status;
};

const unset: Builtin = async ({ args, frame }) => {
  const { variables, functions } = frame.state;
  const onlyFunctions = args.includes("-f");
  for (const name of args.filter((arg) => !/^-[fvn]$/.test(arg))) {
    const item = /^(\w+)\[(.*)\]$/.exec(name);
    if (item) variables.unsetItem(item[1] ?? "", item[2] ?? "");
    else if (onlyFunctions || (!variables.has(name) && functions.has(name))) functions.delete(name);
    else if (variables.isReadOnly(name)) {
      await complain(frame, `unset: ${name}: cannot unset: readonly variable`);
      return 1;
    } else variables.unset(name);
  }
  return 0;
};

const set: Builtin = async ({ args, frame }) => {
  const { state } = frame;
  if (args.length === 0) {
    for (const name of state.variables.names()) {
      const value = state.variables.get(name);
      if (value)
        await output(frame).write(`${name}${value.kind === "string" ? `=${plainQuote(value.text)}` : shown(value)}\n`);
    }
    return 0;
  }
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--" || arg === "-") {
      state.positional = args.slice(at + 1);
      return 0;
    }
    if (!/^[-+]./.test(arg)) {
      state.positional = args.slice(at);
      return 0;
    }
    const on = arg.startsWith("-");
    for (const letter of arg.slice(1)) {
      const option = letter === "o" ? args[++at] : LETTERS[letter];
      if (letter === "o" && option === undefined) {
        for (const name of OPTIONS) {
          const active = state.options.has(name);
          await output(frame).write(
            on ? `${name.padEnd(15)}\t${active ? "on" : "off"}\n` : `set ${active ? "-" : "+"}o ${name}\n`,
          );
        }
        return 0;
      }
      if (option === undefined || !OPTIONS.includes(option)) {
        if (letter === "o") {
          await complain(frame, `set: ${option}: invalid option name`);
          return 1;
        }
        await complain(frame, `set: ${arg.slice(0, 1)}${letter}: invalid option`);
        await output(frame, 2).write("set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n");
        return 2;
      }
      if (on) state.options.add(option);
      else state.options.delete(option);
    }
  }
  return 0;
};

function plainQuote(text: string): string {
  return /^[\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const shift: Builtin = async ({ args, frame }) => {
  const count = Number(args[0] ?? 1);
  if (!Number.isInteger(count) || count < 0) {
    await complain(frame, `shift: ${args[0]}: numeric argument required`);
    return 1;
  }
  if (count > frame.state.positional.length) return 1;
  frame.state.positional = frame.state.positional.slice(count);
  return 0;
};

const shopt: Builtin = async ({ args, frame }) => {
  const { options } = frame.state;
  const names = args.filter((arg) => !arg.startsWith("-"));
  if (args.includes("-s")) for (const name of names) options.add(name);
  else if (args.includes("-u")) for (const name of names) options.delete(name);
  else {
    if (!args.includes("-q"))
      for (const name of names) await output(frame).write(`${name.padEnd(15)}\t${options.has(name) ? "on" : "off"}\n`);
    return names.every((name) => options.has(name)) ? 0 : 1;
  }
  return 0;
};

const letBuiltin: Builtin = async ({ args, frame, interpreter }) => {
  const scope = interpreter.expander(frame).arithmeticScope;
  let last = 0n;
  for (const expression of args) last = await interpreter.guarded(frame, () => textValue(expression, scope));
  return last === 0n ? 1 : 0;
};

export const variableBuiltins = {
  export: declare,
  readonly: declare,
  declare,
  typeset: declare,
  local: declare,
  unset,
  set,
  shift,
  shopt,
  let: letBuiltin,
} satisfies Record<string, Builtin>;
