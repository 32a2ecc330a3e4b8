/** One dyno: its command line, and the worker that runs the program of the moment. */

import {
  DynoGone,
  type DynoObserver,
  type DynoProcess,
  type DynoRequest,
  type DynoResponse,
  type DynoSignal,
  type DynoSpec,
} from "../platform/ports";
import { normalised } from "./assets";
import { expandValue, expandWord, parseCommandLine } from "./command-line";
import { Exchange } from "./exchange";
import { internalServerError, logLine } from "./gunicorn";
import type { BootedWorker, WorkerPool } from "./pool";
import type { FromWorker, ProgramSpec, ServerDetails } from "./protocol";
import { rawRequest } from "./raw-request";

const PYTHONS = ["python", "python3", "python3.14"];
/** Commands of installed distributions that can run here. */
const SCRIPTS: Readonly<Record<string, string>> = { gunicorn: "gunicorn", flask: "flask" };
const NOT_FOUND = 127;
const KILLED = 137;
const TERMINATED = 143;
/** What bash answers to a line that it cannot parse. */
const MISUSE = 2;
const WORKER_LOST = 134;

type GunicornDetails = Extract<ServerDetails, { timeout: number }>;

export class PythonProcess implements DynoProcess {
  private worker: BootedWorker | undefined;
  private program: ProgramSpec | undefined;
  /** What serves, once it does. */
  private server: ServerDetails | undefined;
  private announced = false;
  private handlesSigterm = false;
  private exchange: Exchange | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private nextId = 1;
  private gone = false;
  private finished: (status: number) => void = () => {};
  /** A request that waits for a worker to serve. */
  private waiting: { readonly exchange: Exchange; readonly request: DynoRequest } | undefined;

  constructor(
    private readonly spec: DynoSpec,
    private readonly pool: Promise<WorkerPool>,
    private readonly observer: DynoObserver,
  ) {
    void this.main();
  }

  /** Runs the whole line. Begins after the constructor returned, so that the caller has the process in hand. */
  private async main(): Promise<void> {
    await Promise.resolve();
    const line = parseCommandLine(this.spec.command);
    if (line.status === "refused") {
      this.print("stderr", line.message);
      this.exit(MISUSE);
      return;
    }
    const env: Record<string, string> = { ...this.spec.env };
    let cwd = "/app";
    let status = 0;
    for (const command of line.commands) {
      if (this.gone) return;
      if ((command.connector === "&&" && status !== 0) || (command.connector === "||" && status === 0)) continue;
      const words = command.words.flatMap((word) => expandWord(word, env));
      const own = { ...env };
      for (const { name, value } of command.assignments) own[name] = expandValue(value, own);
      if (words[0] === "exec") words.shift();
      if (words.length === 0) Object.assign(env, own);
      else if (words[0] === "cd") {
        const moved = this.changeDirectory(cwd, words[1] ?? "/app");
        status = moved === undefined ? 1 : 0;
        cwd = moved ?? cwd;
      } else status = this.builtin(words, env) ?? (await this.run(words, own, cwd));
    }
    this.exit(status);
  }

  private changeDirectory(cwd: string, to: string): string | undefined {
    const target = decodeURI(new URL(to, `file://${cwd}/`).pathname).replace(/(.)\/$/, "$1");
    const inside = `${target.replace(/^\/app\/?/, "")}/`;
    if (target === "/app" || target === "/" || [...this.spec.files.keys()].some((path) => path.startsWith(inside))) {
      return target;
    }
    this.print("stderr", `bash: line 1: cd: ${to}: No such file or directory`);
    return undefined;
  }

  /** @returns its exit status, or undefined when it is not one of bash's own. */
  private builtin(words: readonly string[], env: Record<string, string>): number | undefined {
    switch (words[0]) {
      case "echo":
        this.print("stdout", words.slice(1).join(" "));
        return 0;
      case "export":
        for (const word of words.slice(1)) {
          const equals = word.indexOf("=");
          if (equals > 0) env[word.slice(0, equals)] = word.slice(equals + 1);
        }
        return 0;
      case "true":
      case ":":
        return 0;
      case "false":
        return 1;
    }
    return undefined;
  }

  private async run(words: readonly string[], env: Record<string, string>, cwd: string): Promise<number> {
    const name = (words[0] ?? "").replace(/^\/app\/\.heroku\/python\/bin\//, "");
    const packages = this.spec.packages.map((entry) => normalised(entry.name));
    const needed = SCRIPTS[name];
    if (!PYTHONS.includes(name) && !(needed && packages.includes(needed))) {
      const reason = name.includes("/") ? "No such file or directory" : "command not found";
      this.print("stderr", `bash: line 1: ${words[0]}: ${reason}`);
      return NOT_FOUND;
    }
    this.program = { argv: [name, ...words.slice(1)], env, cwd, packages, port: this.spec.port, replaces: 0 };
    return this.launch(this.program);
  }

  /** Runs a program in a worker. Resolves with its exit status. */
  private async launch(program: ProgramSpec): Promise<number> {
    let pool: WorkerPool;
    try {
      pool = await this.pool;
    } catch (error) {
      this.print("stderr", `Python no está disponible: ${error instanceof Error ? error.message : error}`);
      return WORKER_LOST;
    }
    return new Promise((resolve) => {
      if (this.gone) return;
      this.finished = resolve;
      this.attach(pool.take(), program);
    });
  }

  private attach(worker: BootedWorker, program: ProgramSpec): void {
    this.worker = worker;
    worker.adopt(
      (message) => {
        if (this.worker === worker) this.receive(message);
      },
      (reason) => {
        if (this.worker !== worker) return;
        this.print("stderr", `Fatal Python error: ${reason}`);
        this.release();
        this.finished(WORKER_LOST);
      },
    );
    const files = [...this.spec.files].map(([path, file]) => ({ path, ...file }));
    worker.post({ type: "start", spec: program, files });
  }

  private receive(message: FromWorker): void {
    switch (message.type) {
      case "output":
        this.print(message.stream, message.line);
        return;
      case "listening":
        this.listening(message.host, message.port, message.details);
        return;
      case "handles-sigterm":
        this.handlesSigterm = message.handles;
        return;
      case "head":
        if (this.exchange?.id === message.id) this.exchange.head(message.status, message.reason, message.headers);
        return;
      case "chunk":
        if (this.exchange?.id === message.id) this.exchange.chunk(message.data);
        return;
      case "end":
        if (this.exchange?.id !== message.id) return;
        clearTimeout(this.watchdog);
        if (message.complete) this.exchange.complete();
        else this.exchange.fail();
        this.exchange = undefined;
        return;
      case "exited":
        this.release();
        this.finished(message.code);
        return;
    }
  }

  private listening(host: string, port: number, details: ServerDetails): void {
    this.server = details;
    // Only what other machines can reach counts.
    if (!this.announced && !["127.0.0.1", "localhost", "::1"].includes(host)) {
      this.announced = true;
      this.observer.listening(port);
    }
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) this.send(waiting.exchange, waiting.request);
  }

  request(request: DynoRequest): Promise<DynoResponse> {
    if (this.gone) return Promise.reject(new DynoGone(this.spec.name));
    const exchange = new Exchange(this.nextId++, {
      name: this.spec.name,
      taken: (id, bytes) => this.worker?.post({ type: "taken", id, bytes }),
      abandon: (id) => this.worker?.post({ type: "abandon", id }),
    });
    if (this.server) this.send(exchange, request);
    else this.waiting = { exchange, request };
    return exchange.response;
  }

  private send(exchange: Exchange, request: DynoRequest): void {
    const raw = rawRequest(request);
    this.exchange = exchange;
    this.worker?.post({ type: "request", id: exchange.id, raw }, [raw.buffer]);
    if (this.server && "timeout" in this.server) this.watch(this.server, request);
  }

  /** gunicorn's master kills a worker whose request takes too long, and boots another. */
  private watch(gunicorn: GunicornDetails, { method, target }: DynoRequest): void {
    clearTimeout(this.watchdog);
    if (gunicorn.timeout === 0) return;
    this.watchdog = setTimeout(() => {
      const { exchange, program, worker } = this;
      if (!exchange || !program || !worker) return;
      this.print("stderr", logLine(gunicorn.master, "CRITICAL", `WORKER TIMEOUT (pid:${gunicorn.worker})`));
      this.print("stderr", logLine(gunicorn.worker, "ERROR", `Error handling request ${method} ${target}`));
      this.print("stderr", logLine(gunicorn.worker, "INFO", `Worker exiting (pid: ${gunicorn.worker})`));
      worker.terminate();
      this.worker = undefined;
      this.server = undefined;
      this.exchange = undefined;
      if (exchange.answered) exchange.fail();
      else {
        const { status, reason, headers, body } = internalServerError();
        exchange.head(status, reason, headers);
        exchange.chunk(body);
        exchange.complete();
      }
      this.program = { ...program, replaces: program.replaces + 1 };
      const next = this.program;
      void this.pool.then((pool) => {
        if (!this.gone) this.attach(pool.take(), next);
      });
    }, gunicorn.timeout * 1000);
  }

  signal(signal: DynoSignal): void {
    if (this.gone) return;
    if (signal === "SIGKILL") this.exit(KILLED);
    else if (this.worker && this.handlesSigterm) this.worker.post({ type: "terminate" });
    // Nobody handles it: the kernel ends the process, whatever it is doing.
    else this.exit(TERMINATED);
  }

  private print(stream: "stdout" | "stderr", line: string): void {
    if (!this.gone) this.observer.output(stream, line);
  }

  /** Lets go of the worker, whose program ended. */
  private release(): void {
    clearTimeout(this.watchdog);
    this.worker?.terminate();
    this.worker = undefined;
    this.server = undefined;
    this.handlesSigterm = false;
    this.exchange?.fail();
    this.exchange = undefined;
    this.waiting?.exchange.fail();
    this.waiting = undefined;
  }

  private exit(code: number): void {
    if (this.gone) return;
    this.gone = true;
    this.release();
    this.observer.exited(code);
  }
}
