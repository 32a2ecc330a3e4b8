/** A simple command: alias, expansion, redirections, assignments, and what its name stands for. */

import { type Assignment, type Command, parse, type Redirection } from "unbash";
import { DiscardLine, ReturnFromFunction } from "./control";
import type { Interpreter } from "./interpreter";
import { callProgram, findProgram } from "./program";
import { isExpected, redirect } from "./redirection";
import { complain, type Frame, output, type ShellFunction } from "./state";
import { tick } from "./tick";
import { ReadOnlyVariable, type Variable } from "./variables";

const MAX_CALLS = 1000;
/** Their arguments of the form `name=(…)` are arrays. */
const DECLARATIONS = new Set(["declare", "typeset", "local", "export", "readonly"]);

export async function runSimple(interpreter: Interpreter, written: Command, frame: Frame): Promise<number> {
  await tick(frame.signal);
  const { state } = frame;
  const node = unalias(written, frame);
  state.position = written.pos;
  const temporaries: string[] = [];
  try {
    return await execute(interpreter, node, frame, temporaries);
  } catch (error) {
    if (!(error instanceof ReadOnlyVariable)) throw error;
    await complain(frame, error.message);
    throw new DiscardLine(1);
  } finally {
    for (const path of temporaries) interpreter.world.files.remove(path);
  }
}

async function execute(interpreter: Interpreter, node: Command, frame: Frame, temporaries: string[]): Promise<number> {
  const { state } = frame;
  const expander = interpreter.expander(frame, temporaries);
  state.substitution = 0;
  const arrays: Assignment[] = [];
  const words: string[] = [];
  await interpreter.guarded(frame, async () => {
    if (node.name) words.push(...(await expander.word(node.name)));
    for (const argument of node.args) {
      if (argument.type === "Word") words.push(...(await expander.word(argument)));
      else if (argument.value.type === "ArrayValue") {
        if (DECLARATIONS.has(words[0] ?? "")) {
          arrays.push(argument);
          words.push(argument.name);
        } else words.push(argument.text);
      } else {
        const head = argument.text.slice(0, argument.value.pos - argument.pos);
        words.push(head + (await expander.value(argument.value)));
      }
    }
  });
  const assignments = node.prefix.filter((part): part is Assignment => part.type === "Assignment");
  const [name, ...args] = words;

  let descriptors: Frame["descriptors"];
  try {
    descriptors = await redirect(node.redirects as readonly Redirection[], frame, interpreter.world.files, expander);
  } catch (error) {
    if (!isExpected(error)) throw error;
    await complain(frame, error.message);
    return 1;
  }
  const inner: Frame = { ...frame, descriptors };

  if (name === undefined) {
    for (const assignment of assignments) {
      await interpreter.guarded(frame, () => assign(assignment, interpreter, frame));
      if (state.options.has("xtrace")) await trace(frame, [assignedText(assignment, frame)], true);
    }
    return state.substitution;
  }

  const saved: (readonly [string, Variable | undefined])[] = [];
  try {
    for (const assignment of assignments) {
      saved.push([assignment.name, state.variables.take(assignment.name)]);
      await interpreter.guarded(frame, () => assign(assignment, interpreter, frame));
      state.variables.export(assignment.name);
    }
    if (state.options.has("xtrace")) await trace(frame, words);
    if (name === "exec" && args.length === 0) {
      for (const [number, descriptor] of descriptors) frame.descriptors.set(number, descriptor);
      return 0;
    }
    const status = await call(interpreter, name, args, inner);
    for (const array of arrays) await interpreter.guarded(frame, () => assign(array, interpreter, frame));
    state.lastArgument = words.at(-1) ?? "";
    return status;
  } finally {
    for (const [variable, value] of saved.reverse()) state.variables.putBack(variable, value);
  }
}

/** Runs what a name stands for: function, builtin, program or script. `skipFunctions` is what `command` does. */
export async function call(
  interpreter: Interpreter,
  name: string,
  args: readonly string[],
  frame: Frame,
  skipFunctions = false,
): Promise<number> {
  const { state } = frame;
  const definition = skipFunctions ? undefined : state.functions.get(name);
  if (definition) return callFunction(interpreter, name, definition, args, frame);
  const builtin = interpreter.world.builtins.get(name);
  if (builtin) return builtin({ name, args, frame, interpreter });
  const found = findProgram(name, frame, interpreter.world);
  if (found.kind === "missing") {
    await complain(frame, found.message);
    return found.status;
  }
  return callProgram(interpreter, found, args, frame);
}

async function callFunction(
  interpreter: Interpreter,
  name: string,
  definition: ShellFunction,
  args: readonly string[],
  frame: Frame,
): Promise<number> {
  const { state } = frame;
  if (state.calls.length >= MAX_CALLS) {
    await complain(frame, `${name}: maximum function nesting level exceeded (${MAX_CALLS})`);
    return 1;
  }
  const { positional, loops, calls } = state;
  state.positional = args;
  state.loops = 0;
  state.calls = [name, ...calls];
  state.variables.pushScope();
  try {
    return await interpreter.run(definition.body, { ...frame, source: definition.source });
  } catch (error) {
    if (error instanceof ReturnFromFunction) return error.status;
    throw error;
  } finally {
    state.variables.popScope();
    state.positional = positional;
    state.loops = loops;
    state.calls = calls;
  }
}

async function assign(assignment: Assignment, interpreter: Interpreter, frame: Frame): Promise<void> {
  const { variables } = frame.state;
  const expander = interpreter.expander(frame);
  const { name, value, append, index } = assignment;
  if (variables.isReadOnly(name)) throw new ReadOnlyVariable(name);
  if (value.type === "ArrayValue") {
    const old = variables.get(name);
    if (old?.kind === "associative") {
      const items = new Map(append ? old.items : []);
      for (const element of value.elements) {
        const [, key = "", text = ""] = /^\[([^\]]*)\]=([\s\S]*)$/.exec(await expander.text(element)) ?? [];
        items.set(key, text);
      }
      variables.set(name, { kind: "associative", items });
      return;
    }
    const before = old?.kind === "array" ? [...old.items] : old ? [[0, old.text] as const] : [];
    const items = new Map<number, string>(append ? before : []);
    let next = Math.max(-1, ...items.keys()) + 1;
    for (const element of value.elements) {
      const keyed = /^\[([^\]]+)\]=/.exec(element.text);
      if (keyed) {
        const text = await expander.text(element);
        next = Number(await expander.index(name, { ...element, text: keyed[1] ?? "", parts: undefined }));
        items.set(next++, text.slice(text.indexOf("=") + 1));
      } else for (const text of await expander.word(element)) items.set(next++, text);
    }
    variables.set(name, { kind: "array", items: new Map([...items].sort(([a], [b]) => a - b)) });
    return;
  }
  const text = await expander.value(value);
  if (index) {
    const key = await expander.index(name, index);
    const old = append ? (expander.arithmeticScope.get(`${name}[${key}]`) ?? "") : "";
    variables.setItem(name, key, old + text);
  } else variables.setText(name, append ? (variables.text(name) ?? "") + text : text);
  if (frame.state.options.has("allexport")) variables.export(name);
}

function assignedText(assignment: Assignment, frame: Frame): string {
  if (assignment.value.type === "ArrayValue") return assignment.text;
  return `${assignment.name}=${quote(frame.state.variables.text(assignment.name) ?? "")}`;
}

/** `set -x` */
async function trace(frame: Frame, words: readonly string[], raw = false): Promise<void> {
  const prompt = frame.state.variables.text("PS4") ?? "+ ";
  await output(frame, 2).write(`${prompt}${(raw ? words : words.map(quote)).join(" ")}\n`);
}

function quote(word: string): string {
  return word !== "" && !/[^\w@%+=:,./-]/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Replaces an alias by its text, when that is a simple command. */
function unalias(node: Command, { state }: Frame): Command {
  const seen = new Set<string>();
  let result = node;
  for (;;) {
    const name = result.name?.text ?? "";
    const text = seen.has(name) ? undefined : state.aliases.get(name);
    if (text === undefined) return result;
    seen.add(name);
    const aliased = parse(text).commands[0]?.command;
    if (aliased?.type !== "Command" || !aliased.name) return result;
    const [args, redirects] = [
      [...aliased.args, ...result.args],
      [...aliased.redirects, ...result.redirects],
    ];
    const prefix = [...aliased.prefix, ...result.prefix];
    result = { ...result, name: aliased.name, prefix, suffix: [...aliased.suffix, ...result.suffix], args, redirects };
  }
}
