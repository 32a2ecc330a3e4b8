/** The life of one dyno of the formation: start, up, crash, restart, stop. Log lines as the real dyno manager's. */

import type { Context } from "../context";
import { uuid } from "../ids";
import type { Dyno as DynoRecord } from "../model/dyno";
import type { DynoObserver, SourceFiles } from "../ports";
import { restartDelay } from "./crash-policy";
import { type LaunchPlan, planLaunch } from "./launch";
import { DynoRun } from "./run";

/** Source: Dev Center, "Dyno Startup Behavior" and "Dyno Shutdown Behavior". */
const BOOT_TIMEOUT = 60_000;
const EXIT_TIMEOUT = 30_000;

type Phase =
  | { readonly kind: "new" }
  /** The slug is being read; `cancel` stops that. */
  | { readonly kind: "loading"; readonly cancel: () => void }
  | { readonly kind: "booting"; readonly run: DynoRun; readonly cancel: () => void }
  | { readonly kind: "up"; readonly run: DynoRun }
  /** A signal was sent; when the process is gone, it goes on with `next`. */
  | {
      readonly kind: "stopping";
      readonly run: DynoRun;
      readonly cancel: () => void;
      readonly next: "start" | "crash" | "end";
    }
  | { readonly kind: "crashed"; readonly cancel: () => void }
  | { readonly kind: "ended" };

export interface DynoOptions {
  readonly context: Context;
  /** The app's id. */
  readonly app: string;
  /** E.g. `web.1`. */
  readonly name: string;
  readonly type: string;
  /** After every change of the state. */
  readonly changed: () => void;
  /** No process runs any more and none will. */
  readonly ended: () => void;
}

export class Dyno {
  readonly name: string;
  readonly type: string;
  private readonly options: DynoOptions;
  private phase: Phase = { kind: "new" };
  private record: DynoRecord | undefined;
  private crashes = 0;

  constructor(options: DynoOptions) {
    this.options = options;
    this.name = options.name;
    this.type = options.type;
  }

  /** The process that takes requests; undefined unless the dyno is up. */
  get run(): DynoRun | undefined {
    return this.phase.kind === "up" ? this.phase.run : undefined;
  }

  get state(): DynoRecord["state"] | "down" {
    switch (this.phase.kind) {
      case "up":
      case "crashed":
        return this.phase.kind;
      case "ended":
        return "down";
      case "stopping":
        return this.phase.next === "end" ? "down" : "starting";
      default:
        return "starting";
    }
  }

  /** For a new dyno. */
  start(): void {
    if (this.phase.kind === "new") this.load();
  }

  /** Runs the newest release in a new process; the old one is asked to go first. Forgets earlier crashes. */
  restart(): void {
    this.crashes = 0;
    const { phase } = this;
    switch (phase.kind) {
      case "loading":
        phase.cancel();
        this.load();
        break;
      case "booting":
      case "up":
        this.log("Restarting");
        if (phase.kind === "up") this.log("State changed from up to starting");
        this.terminate(phase, "start");
        break;
      case "stopping":
        if (phase.next === "crash") this.phase = { ...phase, next: "start" };
        break;
      case "crashed":
        phase.cancel();
        this.log("State changed from crashed to starting");
        this.load();
        break;
      case "new":
        this.load();
        break;
      case "ended":
        break;
    }
  }

  /** Asks the process to go, and never starts another. */
  stop(): void {
    const { phase } = this;
    if (phase.kind === "ended") return;
    this.log(`State changed from ${this.state} to down`);
    switch (phase.kind) {
      case "booting":
      case "up":
        this.terminate(phase, "end");
        break;
      case "stopping":
        this.phase = { ...phase, next: "end" };
        break;
      default:
        this.kill();
    }
  }

  /** Ends at once and says nothing in the log: the whole app or platform goes. */
  kill(): void {
    const { phase } = this;
    this.phase = { kind: "ended" };
    if ("cancel" in phase) phase.cancel();
    if ("run" in phase) phase.run.signal("SIGKILL");
    if (phase.kind !== "ended") this.options.ended();
  }

  private load(): void {
    const { context, app } = this.options;
    const plan = planLaunch(context, app, this.type, this.name);
    if (!plan) {
      this.kill();
      return;
    }
    const read = new AbortController();
    const expire = context.clock.after(BOOT_TIMEOUT, () => {
      read.abort();
      this.platformError("the slug cannot be read", new Error("timed out"));
    });
    const cancel = () => {
      expire();
      read.abort();
    };
    this.phase = { kind: "loading", cancel };
    const now = context.clock.now();
    this.record = {
      id: uuid(context.random),
      app,
      name: this.name,
      type: this.type,
      command: plan.command,
      size: plan.size,
      state: "starting",
      release: plan.release,
      createdAt: now,
      updatedAt: now,
    };
    this.tell("starting");
    context.source.read(app, plan.commit, read.signal).then(
      (files) => {
        expire();
        if (!read.signal.aborted) this.launch(plan, files);
      },
      (error: unknown) => {
        expire();
        if (!read.signal.aborted) this.platformError("the slug cannot be read", error);
      },
    );
  }

  private launch(plan: LaunchPlan, files: SourceFiles): void {
    const { context, app, name, type } = this.options;
    const { command, packages, env, port } = plan;
    this.log(`Starting process with command \`${command}\``);
    for (const line of plan.bootLines) context.logs.append(app, "app", name, line);
    const spec = { app, name, type, command, files, packages, env, port };
    const run: DynoRun = new DynoRun(
      context.runtime,
      spec,
      this.observe(() => run, port),
    );
    const web = type === "web";
    const cancel = web ? context.clock.after(BOOT_TIMEOUT, () => this.bootTimeout(run)) : () => undefined;
    this.phase = { kind: "booting", run, cancel };
    try {
      run.start();
    } catch (error) {
      cancel();
      this.platformError("the process cannot be started", error);
      return;
    }
    // Only the router's dynos have to bind a port.
    if (!web) this.up(run);
  }

  private observe(run: () => DynoRun, port: number): DynoObserver {
    return {
      output: (_stream, line) => {
        // A killed process may still speak; its app's log may be gone.
        if (this.phase.kind === "ended") return;
        this.options.context.logs.append(this.options.app, "app", this.name, line);
      },
      listening: (bound) => {
        if (bound === port) this.up(run());
      },
      exited: (code) => this.exited(run(), code),
    };
  }

  private up(run: DynoRun): void {
    const { phase } = this;
    if (phase.kind !== "booting" || phase.run !== run || run.exited) return;
    phase.cancel();
    this.phase = { kind: "up", run };
    this.log("State changed from starting to up");
    this.tell("up");
  }

  private bootTimeout(run: DynoRun): void {
    this.log("Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch");
    this.log("Stopping process with SIGKILL");
    this.phase = { kind: "stopping", run, cancel: () => undefined, next: "crash" };
    run.signal("SIGKILL");
  }

  private terminate(phase: Extract<Phase, { run: DynoRun }>, next: "start" | "end"): void {
    const { run } = phase;
    if (phase.kind === "booting") phase.cancel();
    this.log("Stopping all processes with SIGTERM");
    const cancel = this.options.context.clock.after(EXIT_TIMEOUT, () => {
      this.log("Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM");
      this.log("Stopping remaining processes with SIGKILL");
      run.signal("SIGKILL");
    });
    this.phase = { kind: "stopping", run, cancel, next };
    if (next === "start") this.tell("starting");
    run.signal("SIGTERM");
  }

  private exited(run: DynoRun, code: number): void {
    const { phase } = this;
    if (!("run" in phase) || phase.run !== run) return;
    this.log(`Process exited with status ${code}`);
    if (phase.kind !== "up") phase.cancel();
    const next = phase.kind === "stopping" ? phase.next : "crash";
    if (next === "start") this.load();
    else if (next === "end") this.kill();
    else this.crash(phase.kind === "up" ? "up" : "starting");
  }

  private crash(from: "starting" | "up"): void {
    this.log(`State changed from ${from} to crashed`);
    this.crashes += 1;
    const delay = restartDelay(this.crashes);
    const again = () => {
      this.log("State changed from crashed to starting");
      this.load();
    };
    if (delay === 0) {
      again();
      return;
    }
    this.phase = { kind: "crashed", cancel: this.options.context.clock.after(delay, again) };
    this.tell("crashed");
  }

  private platformError(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.log(`Error R99 (Platform error) -> Failed to launch the dyno: ${what} (${reason})`);
    this.crash("starting");
  }

  private tell(state: DynoRecord["state"]): void {
    if (!this.record) return;
    const { context, app, changed } = this.options;
    const at = context.clock.now();
    this.record = { ...this.record, state, updatedAt: at };
    context.store.record({ type: "dyno-changed", at, app, dyno: this.record });
    changed();
  }

  private log(message: string): void {
    this.options.context.logs.append(this.options.app, "heroku", this.name, message);
  }
}
