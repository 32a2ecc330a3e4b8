/** Runs the syntax tree of a script: lists, pipelines, compound commands. Everything streams; everything can be interrupted. */

import {
  type AndOr,
  type Function as FunctionNode,
  type ParsedScript,
  parse,
  type Redirected,
  type Statement,
  type SyntaxNode,
} from "unbash";
import { BrokenPipe } from "../command";
import { Collector, NULL_SOURCE, PushbackSource } from "../streams";
import { testExpression } from "./bracket-test";
import { BreakLoop, DiscardLine, ExitShell, ExpansionError, ReturnFromFunction } from "./control";
import { Expander } from "./expand";
import { runArithmeticFor, runCase, runFor, runSelect, runWhile } from "./loops";
import { runPipeline } from "./pipeline";
import { isExpected, redirect } from "./redirection";
import { runSimple } from "./simple-command";
import { specialParameter } from "./special-parameters";
import { complain, copyState, type Frame, type Job, lineOf, output } from "./state";
import { syntaxFault } from "./syntax";
import { Interrupted, tick } from "./tick";
import type { World } from "./world";

/** Process substitutions keep their output in files of this prefix while the command runs. */
const SUBSTITUTION_PREFIX = "/tmp/.sh-np-";

export class Interpreter {
  constructor(readonly world: World) {}

  /** Runs a source text: the lines before a syntax error too. Returns the status; throws what leaves the shell. */
  async source(text: string, frame: Frame): Promise<number> {
    const script = parse(text);
    const fault = syntaxFault(script, text);
    const inner: Frame = { ...frame, source: text };
    const end = fault ? text.lastIndexOf("\n", Math.max(0, fault.pos - 1)) + 1 : Number.POSITIVE_INFINITY;
    await this.lines(script.commands, inner, end, fault !== undefined);
    if (fault) {
      frame.state.position = fault.pos;
      await complain(inner, fault.message);
      if (!frame.state.interactive && fault.message.includes("near")) {
        await complain(inner, `\`${text.split("\n")[lineOf(inner) - 1] ?? ""}'`);
      }
      frame.state.status = 2;
    }
    return frame.state.status;
  }

  /** Top-level statements up to a position; an expansion error discards the rest of its line. */
  private async lines(statements: readonly Statement[], frame: Frame, end: number, fault: boolean): Promise<void> {
    let skipTo = 0;
    for (const statement of statements) {
      // Of a statement that is broken itself, the parser knows no end.
      if (statement.end > end || (fault && statement.end <= statement.pos)) return;
      if (statement.pos < skipTo) continue;
      try {
        await this.statement(statement, frame);
      } catch (error) {
        if (!(error instanceof DiscardLine)) throw error;
        frame.state.status = error.status;
        const next = frame.source.indexOf("\n", statement.end);
        skipTo = next < 0 || frame.state.interactive ? Number.POSITIVE_INFINITY : next;
      }
    }
  }

  /**
   * Runs `body` as a process of its own: `exit`, a broken pipe and a failed expansion end only it, its EXIT trap runs.
   * The frame's state must already be the process's own.
   */
  async process(frame: Frame, body: (frame: Frame) => Promise<number>): Promise<number> {
    const { state } = frame;
    const status = await this.contained(() => body(frame));
    state.status = status;
    const trap = state.traps.get("EXIT");
    if (!trap) return status;
    state.traps.delete("EXIT");
    return this.contained(async () => {
      await this.source(trap, { ...frame, tested: false });
      return status;
    });
  }

  /** Turns what leaves a process into its status. */
  async contained(run: () => Promise<number>): Promise<number> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof ExitShell || error instanceof DiscardLine || error instanceof ReturnFromFunction) {
        return error.status;
      }
      if (error instanceof BreakLoop) return 0;
      if (error instanceof BrokenPipe) return 141;
      throw error;
    }
  }

  subshell(frame: Frame, body: (frame: Frame) => Promise<number>): Promise<number> {
    const own: Frame = { ...frame, state: copyState(frame.state), descriptors: new Map(frame.descriptors) };
    return this.process(own, body);
  }

  async list(statements: readonly Statement[], frame: Frame): Promise<number> {
    for (const statement of statements) await this.statement(statement, frame);
    return frame.state.status;
  }

  private async statement(statement: Statement, frame: Frame): Promise<number> {
    await tick(frame.signal);
    if (!statement.background) return this.run(statement.command, frame);
    await this.background(frame, frame.source.slice(statement.pos, statement.end).replace(/\s*&$/, ""), (own) =>
      this.run(statement.command, own),
    );
    frame.state.status = 0;
    return 0;
  }

  /** Starts a job and returns at once. */
  private async background(frame: Frame, text: string, body: (frame: Frame) => Promise<number>): Promise<void> {
    const { state } = frame;
    const control = new AbortController();
    const own: Frame = {
      ...frame,
      state: copyState(state),
      descriptors: new Map(frame.descriptors).set(0, { source: new PushbackSource(NULL_SOURCE) }),
      signal: control.signal,
    };
    const done = this.process(own, body).catch((error: unknown) => {
      if (error instanceof Interrupted) return 143;
      throw error;
    });
    const job: Job = {
      number: Math.max(0, ...state.jobs.keys()) + 1,
      pid: this.world.nextPid(),
      text,
      control,
      done,
      status: undefined,
    };
    done.then((status) => {
      job.status = status;
    });
    state.jobs.set(job.number, job);
    state.lastBackground = job.pid;
    if (state.interactive) await output(frame, 2).write(`[${job.number}] ${job.pid}\n`);
  }

  /** Runs any node that is a command. */
  async run(node: SyntaxNode, frame: Frame): Promise<number> {
    const { state } = frame;
    switch (node.type) {
      case "Command":
        return this.settle(await runSimple(this, node, frame), frame);
      case "Pipeline":
        return runPipeline(this, node, frame);
      case "AndOr":
        return this.andOr(node, frame);
      case "CompoundList":
        return this.list(node.commands, frame);
      case "BraceGroup":
        return this.list(node.body.commands, frame);
      case "Subshell":
        return this.settle(await this.subshell(frame, (own) => this.list(node.body.commands, own)), frame);
      case "If": {
        for (const branch of [node, ...node.elif]) {
          const test = await this.list(branch.clause.commands, { ...frame, tested: true });
          if (test === 0) return this.list(branch.then.commands, frame);
        }
        state.status = 0;
        return node.else ? this.list(node.else.commands, frame) : 0;
      }
      case "While":
        return runWhile(this, node, frame);
      case "For":
        return runFor(this, node, frame);
      case "ArithmeticFor":
        return runArithmeticFor(this, node, frame);
      case "Select":
        return runSelect(this, node, frame);
      case "Case":
        return runCase(this, node, frame);
      case "Function":
        return this.define(node, frame);
      case "Redirected":
        return this.redirected(node, frame);
      case "TestCommand":
        state.position = node.pos;
        return this.settle(await this.guarded(frame, () => testExpression(node.expression, frame, this)), frame);
      case "ArithmeticCommand":
        state.position = node.pos;
        return this.settle(
          await this.guarded(frame, async () =>
            (await this.expander(frame).arithmetic(node.expression, `((: ${node.body}`, node.pos - 2)) !== 0n ? 0 : 1,
          ),
          frame,
        );
      case "Coproc":
        await complain(frame, "coproc: not supported");
        return this.settle(1, frame);
      default:
        throw new Error(`not a command: ${node.type}`);
    }
  }

  /** Sets `$?`; under `set -e` a failure that nobody tests ends the shell. */
  settle(status: number, frame: Frame): number {
    frame.state.status = status;
    if (status !== 0 && !frame.tested && frame.state.options.has("errexit")) throw new ExitShell(status);
    return status;
  }

  /** Runs an expansion; when it fails, says so and discards the line (or ends the script). */
  async guarded<T>(frame: Frame, body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } catch (error) {
      if (!isExpected(error)) throw error;
      await complain(frame, error.message);
      const { interactive, numbered } = frame.state;
      const fatal = error instanceof ExpansionError && error.fatal && !interactive;
      // bash gives 127 where it has the text from `-c`, 1 elsewhere.
      const status = fatal && !numbered ? 127 : 1;
      frame.state.status = status;
      if (fatal) throw new ExitShell(status);
      throw new DiscardLine(status);
    }
  }

  expander(frame: Frame, temporaries?: string[]): Expander {
    const { state } = frame;
    return new Expander({
      variables: state.variables,
      files: this.world.files,
      cwd: state.cwd,
      positional: state.positional,
      options: state.options,
      special: (name) => specialParameter(name, frame, this.world),
      substitute: (script) => this.substitute(script, frame),
      processSubstitution: async (script, operator) => {
        const path = `${SUBSTITUTION_PREFIX}${this.world.nextPid()}`;
        const { files } = this.world;
        files.makeDirectory("/tmp", { recursive: true });
        files.writeFile(path, "");
        temporaries?.push(path);
        if (operator === "<") {
          const collector = new Collector();
          const descriptors = new Map(frame.descriptors).set(1, { sink: collector });
          await this.subshell({ ...frame, descriptors }, (own) => this.script(script, own));
          files.writeFile(path, collector.bytes());
        }
        return path;
      },
    });
  }

  private script(script: ParsedScript, frame: Frame): Promise<number> {
    return this.list(script.commands, script.source === undefined ? frame : { ...frame, source: script.source });
  }

  private async substitute(script: ParsedScript, frame: Frame): Promise<string> {
    const collector = new Collector();
    const descriptors = new Map(frame.descriptors).set(1, { sink: collector });
    const status = await this.subshell({ ...frame, descriptors, tested: false }, (own) => {
      own.state.options.delete("errexit");
      return this.script(script, own);
    });
    frame.state.substitution = status;
    return collector.text().replaceAll("\0", "");
  }

  private async andOr(node: AndOr, frame: Frame): Promise<number> {
    let status = 0;
    for (const [index, command] of node.commands.entries()) {
      const operator = node.operators[index - 1];
      if (operator === "&&" && status !== 0) continue;
      if (operator === "||" && status === 0) continue;
      const last = index === node.commands.length - 1;
      status = await this.run(command, last ? frame : { ...frame, tested: true });
    }
    return status;
  }

  private async redirected(node: Redirected, frame: Frame): Promise<number> {
    frame.state.position = node.pos;
    let descriptors: Frame["descriptors"];
    try {
      descriptors = await redirect(node.redirects, frame, this.world.files, this.expander(frame));
    } catch (error) {
      if (!isExpected(error)) throw error;
      await complain(frame, error.message);
      return this.settle(1, frame);
    }
    return this.run(node.command, { ...frame, descriptors });
  }

  private async define(node: FunctionNode, frame: Frame): Promise<number> {
    const { state, source } = frame;
    state.functions.set(node.name.text, { body: node.body, source, text: source.slice(node.pos, node.end) });
    state.status = 0;
    return 0;
  }
}
