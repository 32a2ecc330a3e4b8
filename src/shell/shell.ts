/** A login shell: what persists from line to line, and the way to run a line. */

import { parse } from "unbash";
import { z } from "zod";
import type { FileTree } from "../files/tree";
import { APPLET_NAMES, Applets } from "./applets";
import { jobLine } from "./builtins/jobs";
import { BUILTINS } from "./builtins/table";
import type { Command, Sink, Source } from "./command";
import { ownPrograms } from "./commands/table";
import { Interpreter } from "./interpreter/interpreter";
import { copyState, type Descriptor, type Frame, type State } from "./interpreter/state";
import { isComplete } from "./interpreter/syntax";
import { Interrupted } from "./interpreter/tick";
import { type Value, Variables } from "./interpreter/variables";
import type { World } from "./interpreter/world";
import { PushbackSource } from "./streams";

const HISTORY_LENGTH = 500;
const FIRST_PID = 1001;

const valueSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("string"), text: z.string() }),
  z.object({ kind: z.literal("array"), items: z.array(z.tuple([z.number(), z.string()])) }),
  z.object({ kind: z.literal("associative"), items: z.array(z.tuple([z.string(), z.string()])) }),
]);

const stateSchema = z.object({
  version: z.literal(1),
  cwd: z.string(),
  variables: z.array(
    z.object({ name: z.string(), value: valueSchema.optional(), exported: z.boolean(), readOnly: z.boolean() }),
  ),
  /** Source text of each function. */
  functions: z.record(z.string(), z.string()),
  aliases: z.record(z.string(), z.string()),
  options: z.array(z.string()),
  history: z.array(z.string()),
});

/** What of a shell survives a reload: plain JSON. Jobs do not. */
export type ShellState = z.infer<typeof stateSchema>;

export interface ShellOptions {
  readonly files: FileTree;
  /** Programs from outside: git, heroku, python. They go before the shell's own of the same name. */
  readonly commands?: Readonly<Record<string, Command>>;
  /** Exported from the start; PATH, HOME and PWD are completed. */
  readonly env?: Readonly<Record<string, string>>;
  /** Absolute; must exist, or the shell starts at `/`. */
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** The streams of one run. */
export interface ShellStreams {
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly columns?: number;
  readonly rows?: number;
}

export type CommandListener = (line: string, exitCode: number) => void;

export class Shell {
  readonly files: FileTree;
  private readonly world: World;
  private readonly interpreter: Interpreter;
  private readonly listeners = new Set<CommandListener>();
  private readonly state: State;
  private running = false;

  constructor(options: ShellOptions) {
    const { files, commands = {}, now = Date.now } = options;
    this.files = files;
    const applets = new Applets(files);
    const own = new Map(Object.entries(commands));
    const programs = ownPrograms(now);
    let pid = FIRST_PID;
    this.world = {
      files,
      builtins: BUILTINS,
      program: (name) => own.get(name) ?? programs.get(name) ?? applets.command(name),
      programs: () => [...new Set([...own.keys(), ...programs.keys(), ...APPLET_NAMES])],
      now,
      columns: 80,
      rows: 24,
      nextPid: () => pid++,
      startedAt: now(),
      history: [],
    };
    this.interpreter = new Interpreter(this.world);
    this.state = {
      variables: new Variables(),
      functions: new Map(),
      aliases: new Map(Object.entries({ ll: "ls -alF", la: "ls -A", l: "ls -CF" })),
      options: new Set(["braceexpand", "hashall", "emacs", "history"]),
      traps: new Map(),
      jobs: new Map(),
      positional: [],
      cwd: files.isDirectory(options.cwd) ? options.cwd : "/",
      name: "bash",
      interactive: true,
      numbered: false,
      position: 0,
      status: 0,
      lastBackground: undefined,
      lastArgument: "bash",
      substitution: 0,
      loops: 0,
      calls: [],
      sourcing: 0,
      optionCursor: 0,
    };
    const env = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: this.state.cwd, SHLVL: "1", ...options.env };
    for (const [name, text] of Object.entries({ ...env, PWD: this.state.cwd })) {
      this.state.variables.setText(name, text);
      this.state.variables.export(name);
    }
    this.state.variables.setText("IFS", " \t\n");
  }

  /** The working directory; `/` when it was removed and nothing is left of it. */
  get cwd(): string {
    return this.state.cwd;
  }

  /** Exit code of the last line. */
  get status(): number {
    return this.state.status;
  }

  /** Lines that a person typed, oldest first. */
  get history(): readonly string[] {
    return this.world.history;
  }

  remember(line: string): void {
    const { history } = this.world;
    if (line.trim() === "" || history.at(-1) === line) return;
    history.push(line);
    if (history.length > HISTORY_LENGTH) history.splice(0, history.length - HISTORY_LENGTH);
  }

  variable(name: string): string | undefined {
    return this.state.variables.text(name);
  }

  variableNames(): string[] {
    return this.state.variables.names();
  }

  /** Everything that can stand at the start of a command. */
  commandNames(): string[] {
    const { functions, aliases } = this.state;
    return [...new Set([...BUILTINS.keys(), ...this.world.programs(), ...functions.keys(), ...aliases.keys()])].sort();
  }

  /** False when a person surely wants to go on: an open quote or here-document, `|`, `&&`, `do`, a backslash at the end. */
  isComplete(source: string): boolean {
    return isComplete(source);
  }

  /** Calls `listener` after each run, with its source and exit code; returns how to stop. */
  onCommand(listener: CommandListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Runs source text in this shell; resolves with the exit code: 130 when `signal` was aborted, 2 after a syntax error.
   * While one run is under way, another one works on a copy of the shell's state, like a second terminal.
   */
  async run(source: string, streams: ShellStreams, signal: AbortSignal): Promise<number> {
    const state = this.running ? copyState(this.state) : this.state;
    this.world.columns = streams.columns ?? 80;
    this.world.rows = streams.rows ?? 24;
    const stdout = { sink: streams.stdout };
    const frame: Frame = {
      state,
      descriptors: new Map<number, Descriptor>([
        [0, { source: new PushbackSource(streams.stdin) }],
        [1, stdout],
        [2, streams.stderr === streams.stdout ? stdout : { sink: streams.stderr }],
      ]),
      signal,
      source,
      tested: false,
    };
    if (state === this.state) this.running = true;
    let status = 1;
    try {
      status = await this.interpreter.contained(() => this.interpreter.source(source, frame));
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      status = 130;
    } finally {
      // An interruption leaves loops and functions half-way.
      state.loops = 0;
      state.calls = [];
      state.sourcing = 0;
      state.variables.toOutermost();
      state.status = status;
      if (state === this.state) this.running = false;
    }
    for (const listener of [...this.listeners]) listener(source, status);
    return status;
  }

  /** Lines about jobs that ended since the last call, as bash prints them before a prompt. */
  finishedJobs(): string {
    const { jobs } = this.state;
    const all = [...jobs.values()];
    let text = "";
    for (const [index, job] of all.entries()) {
      if (job.status === undefined) continue;
      text += jobLine(job, index === all.length - 1);
      jobs.delete(job.number);
    }
    return text;
  }

  /** Ends what runs in the background. */
  dispose(): void {
    for (const job of this.state.jobs.values()) job.control.abort();
  }

  snapshot(): ShellState {
    const { variables, functions, aliases, options, cwd } = this.state;
    return {
      version: 1,
      cwd,
      variables: variables.names().flatMap((name) => {
        const variable = variables.take(name);
        if (!variable) return [];
        const { value, exported, readOnly } = variable;
        return [{ name, value: value && storedValue(value), exported, readOnly }];
      }),
      functions: Object.fromEntries([...functions].map(([name, { text }]) => [name, text])),
      aliases: Object.fromEntries(aliases),
      options: [...options],
      history: [...this.world.history],
    };
  }

  /** Takes up a stored state; anything that is none (an older version, nothing) leaves the shell as it is. */
  restore(stored: unknown): void {
    const parsed = stateSchema.safeParse(stored);
    if (!parsed.success) return;
    const saved = parsed.data;
    const { state } = this;
    for (const { name, value, exported, readOnly } of saved.variables) {
      const own =
        value?.kind === "array"
          ? { kind: "array" as const, items: new Map(value.items) }
          : value?.kind === "associative"
            ? { kind: "associative" as const, items: new Map(value.items) }
            : value;
      state.variables.putBack(name, { value: own, exported, readOnly });
    }
    for (const [name, text] of Object.entries(saved.functions)) {
      const node = parse(text).commands[0]?.command;
      if (node?.type === "Function") state.functions.set(name, { body: node.body, source: text, text });
    }
    state.aliases.clear();
    for (const [name, text] of Object.entries(saved.aliases)) state.aliases.set(name, text);
    state.options.clear();
    for (const option of saved.options) state.options.add(option);
    this.world.history.splice(0, Number.POSITIVE_INFINITY, ...saved.history);
    if (this.files.isDirectory(saved.cwd)) state.cwd = saved.cwd;
    state.variables.setText("PWD", state.cwd);
  }
}

function storedValue(value: Value): z.infer<typeof valueSchema> {
  switch (value.kind) {
    case "string":
      return value;
    case "array":
      return { kind: "array", items: [...value.items] };
    case "associative":
      return { kind: "associative", items: [...value.items] };
  }
}
