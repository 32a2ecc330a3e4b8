/** Programs: found by name or path, run with streams of their own, cut off when interrupted. */

import { FileError, resolvePath } from "../../files/tree";
import { BrokenPipe, type Command, type Sink, type Source } from "../command";
import type { Interpreter } from "./interpreter";
import { complain, copyState, type Frame, output, type State } from "./state";
import { Interrupted, interruptible } from "./tick";
import { Variables } from "./variables";
import { PROGRAM_DIRECTORIES, type World } from "./world";

/** Milliseconds that a program has to end by itself after Ctrl-C; then nobody listens to it any more. */
const GRACE = 500;

export type Found =
  | { readonly kind: "program"; readonly name: string; readonly path: string; readonly command: Command }
  /** A file of the tree; `name` is how it was called. */
  | { readonly kind: "script"; readonly name: string; readonly path: string; readonly text: string }
  | { readonly kind: "missing"; readonly message: string; readonly status: 126 | 127 };

const missing = (message: string, status: 126 | 127 = 127): Found => ({ kind: "missing", message, status });

export function findProgram(name: string, frame: Frame, world: World): Found {
  const { cwd, variables } = frame.state;
  if (name.includes("/")) return atPath(name, resolvePath(cwd, name), world);
  const search = variables.text("PATH");
  if (!search) return missing(`${name}: No such file or directory`);
  for (const directory of search.split(":")) {
    const path = resolvePath(resolvePath(cwd, directory || "."), name);
    if (world.files.isFile(path) && (world.files.stat(path).mode & 0o111) !== 0) return atPath(path, path, world);
    const command = PROGRAM_DIRECTORIES.includes(directory) ? world.program(name) : undefined;
    if (command) return { kind: "program", name, path: `/usr/bin/${name}`, command };
  }
  return missing(`${name}: command not found`);
}

function atPath(name: string, path: string, { files, program }: World): Found {
  const [directory, base] = [path.slice(0, path.lastIndexOf("/")), path.slice(path.lastIndexOf("/") + 1)];
  if (!files.exists(path)) {
    const command = PROGRAM_DIRECTORIES.includes(directory) ? program(base) : undefined;
    if (command) return { kind: "program", name: base, path, command };
    return missing(`${name}: ${reason(() => files.stat(path))}`, files.isFile(directory) ? 126 : 127);
  }
  const stat = files.stat(path);
  if (stat.kind === "directory") return missing(`${name}: Is a directory`, 126);
  if ((stat.mode & 0o111) === 0) return missing(`${name}: Permission denied`, 126);
  const text = files.readText(path);
  if (text.slice(0, 80).includes("\0")) return missing(`${name}: cannot execute binary file: Exec format error`, 126);
  return { kind: "script", name, path, text };
}

function reason(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof FileError) return error.reason;
  }
  return "No such file or directory";
}

export async function callProgram(
  interpreter: Interpreter,
  found: Exclude<Found, { kind: "missing" }>,
  args: readonly string[],
  frame: Frame,
): Promise<number> {
  if (found.kind === "program") return runCommand(found.name, found.command, args, frame, interpreter.world);
  const shebang = /^#!\s*(\S+)(?:[ \t]+(.*?))?[ \t]*$/m.exec(found.text.split("\n", 1)[0] ?? "");
  let [program = "", option] = [shebang?.[1], shebang?.[2]];
  if (program.endsWith("/env") && option) [program = "", option] = [option.replace(/^-S\s*/, ""), undefined];
  const base = program.slice(program.lastIndexOf("/") + 1).split(" ")[0] ?? "";
  if (base === "" || base === "bash" || base === "sh") {
    return runScript(interpreter, found.text, found.name, args, frame);
  }
  const words = [...(option ? [option] : []), found.name, ...args];
  const interpreterFound = findProgram(shebang?.[1]?.endsWith("/env") ? base : program, frame, interpreter.world);
  if (interpreterFound.kind === "missing") {
    const byEnv = shebang?.[1]?.endsWith("/env");
    if (byEnv) await output(frame, 2).write(`/usr/bin/env: ‘${base}’: No such file or directory\n`);
    else await complain(frame, `${found.name}: ${program}: bad interpreter: No such file or directory`);
    return byEnv ? 127 : 126;
  }
  return callProgram(interpreter, interpreterFound, words, frame);
}

/** Runs shell source as a new process: it inherits only the environment. */
export async function runScript(
  interpreter: Interpreter,
  text: string,
  name: string,
  args: readonly string[],
  frame: Frame,
  numbered = true,
): Promise<number> {
  const own: Frame = {
    ...frame,
    state: { ...newProcess(frame.state, name, args), numbered },
    descriptors: new Map(frame.descriptors),
    tested: false,
  };
  return interpreter.process(own, (inner) => interpreter.source(text, inner));
}

export function newProcess(state: State, name: string, args: readonly string[]): State {
  const variables = new Variables();
  for (const [key, value] of Object.entries(state.variables.environment())) {
    variables.setText(key, value);
    variables.export(key);
  }
  return {
    ...copyState(state),
    variables,
    functions: new Map(),
    aliases: new Map(),
    options: new Set(),
    name,
    positional: args,
    interactive: false,
    numbered: true,
    position: 0,
    status: 0,
    lastBackground: undefined,
    loops: 0,
    calls: [],
    sourcing: 0,
    optionCursor: 0,
  };
}

/** Runs a program. Throws Interrupted once it has ended, or was cut off, after an abort. */
export async function runCommand(
  name: string,
  command: Command,
  args: readonly string[],
  frame: Frame,
  world: World,
): Promise<number> {
  const { signal, state } = frame;
  const life = { over: false };
  const stdin = frame.descriptors.get(0)?.source;
  const work = command({
    args,
    stdin: guardedSource(stdin, signal),
    stdout: guardedSink(output(frame, 1), life),
    stderr: guardedSink(output(frame, 2), life),
    cwd: state.cwd,
    env: state.variables.environment(),
    files: world.files,
    signal,
    columns: world.columns,
    rows: world.rows,
  });
  try {
    return await untilInterrupted(work, signal);
  } catch (error) {
    if (signal.aborted || error instanceof Interrupted) throw new Interrupted();
    if (error instanceof BrokenPipe) return 141;
    const message = error instanceof FileError ? error.reason : error instanceof Error ? error.message : String(error);
    await output(frame, 2).write(`${name}: ${message}\n`);
    return 1;
  } finally {
    life.over = true;
  }
}

async function untilInterrupted(work: Promise<number>, signal: AbortSignal): Promise<number> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  const cutOff = new Promise<never>((_, reject) => {
    stop = () => {
      timer = setTimeout(() => reject(new Interrupted()), GRACE);
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    const status = await Promise.race([work, cutOff]);
    if (signal.aborted) throw new Interrupted();
    return status;
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener("abort", stop);
  }
}

function guardedSource(source: Source | undefined, signal: AbortSignal): Source {
  return {
    isTerminal: source?.isTerminal ?? false,
    read: async () => (source ? interruptible(source.read(), signal) : undefined),
  };
}

/** What a program writes after it was cut off goes nowhere. */
function guardedSink(sink: Sink, life: { readonly over: boolean }): Sink {
  return {
    isTerminal: sink.isTerminal,
    async write(chunk) {
      if (life.over) throw new BrokenPipe();
      await sink.write(chunk);
    },
  };
}
