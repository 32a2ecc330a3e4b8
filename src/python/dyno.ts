/** The inside of a dyno worker: one interpreter, one program, one request at a time. Host-neutral. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import type { HeaderFields } from "../platform/ports";
import { normalised, type PythonAssets } from "./assets";
import { bootPython } from "./boot";
import { deriveByPbkdf2, deriveByScrypt } from "./key-derivation";
import { LineCutter } from "./lines";
import type { ProgramFile, ProgramSpec, ToWorker, WorkerScope } from "./protocol";
import { rest, sleepNow } from "./sleep";

/** Bytes of a response that may wait for their reader. */
const UNREAD_LIMIT = 1024 * 1024;
/** Milliseconds of streaming after which the worker looks for messages. */
const LOOK_AROUND = 20;
/** Exit status of a process that the kernel stopped for a bad memory access (SIGSEGV). */
const SEGMENTATION_FAULT = 139;

/** The exchange that is being answered. */
interface Answering {
  readonly id: number;
  unread: number;
  answered: boolean;
  abandoned: boolean;
  /** Wakes the writer when the reader took something or left. */
  wake: () => void;
}

interface Interpreter {
  readonly python: PyodideAPI;
  call(name: string, ...args: unknown[]): unknown;
}

/** Serves `scope` until its worker is terminated. */
export function runDyno(scope: WorkerScope): void {
  const dyno = new Dyno(scope);
  // One after the other: a start waits for the boot, a request for the start. What must be heard at once is not queued.
  let queue = Promise.resolve();
  scope.onMessage((message) => {
    if (message.type === "taken" || message.type === "abandon") dyno.reader(message);
    else queue = queue.then(() => dyno.handle(message));
  });
}

class Dyno {
  private interpreter: Interpreter | undefined;
  private answering: Answering | undefined;
  private exited = false;
  private readonly stdout: LineCutter;
  private readonly stderr: LineCutter;

  constructor(private readonly scope: WorkerScope) {
    const to = (stream: "stdout" | "stderr") =>
      new LineCutter((line) => this.exited || scope.post({ type: "output", stream, line }));
    this.stdout = to("stdout");
    this.stderr = to("stderr");
  }

  async handle(message: Exclude<ToWorker, { type: "taken" | "abandon" }>): Promise<void> {
    if (this.exited) return;
    switch (message.type) {
      case "boot":
        return this.boot(message.assets, message.warm);
      case "start":
        return this.start(message.spec, message.files);
      case "request":
        return this.request(message.id, message.raw);
      case "terminate":
        return this.guard(() => this.leave(this.interpreter?.call("terminate")));
    }
  }

  reader(message: Extract<ToWorker, { type: "taken" | "abandon" }>): void {
    const answering = this.answering;
    if (answering?.id !== message.id) return;
    if (message.type === "taken") answering.unread -= message.bytes;
    else answering.abandoned = true;
    answering.wake();
  }

  private async boot(assets: PythonAssets, warm: boolean): Promise<void> {
    try {
      const python = await bootPython(assets, this.scope);
      python.setStdin({ error: true });
      for (const [set, cutter] of [
        [python.setStdout, this.stdout],
        [python.setStderr, this.stderr],
      ] as const) {
        set({
          isatty: false,
          write: (buffer) => {
            cutter.write(buffer);
            return buffer.length;
          },
        });
      }
      python.registerJsModule("_despliega_host", this.hostModule(assets));
      const main: PyProxy = python.runPython(
        "import sys; sys.path.insert(0, '/lib/despliega.zip'); import despliega.main; despliega.main",
      );
      this.interpreter = {
        python,
        call: (name, ...args) => {
          const callable: PyCallable = main[name];
          try {
            return callable(...args);
          } finally {
            callable.destroy();
          }
        },
      };
      const { archives, packages, rest } = assets.manifest;
      const modules = Object.fromEntries(
        packages.flatMap((entry) => entry.modules.map((module) => [module, normalised(entry.name)])),
      );
      this.interpreter.call("prepare", JSON.stringify({ archives, modules, rest }));
      if (warm) this.interpreter.call("warm", JSON.stringify(Object.keys(archives)));
      this.scope.post({ type: "ready" });
    } catch (error) {
      this.exited = true;
      this.scope.post({ type: "failed", reason: String(error) });
    }
  }

  /** Everything that the Python side asks of us. */
  private hostModule(assets: PythonAssets) {
    return {
      listening: (host: string, port: number, details: string) =>
        this.scope.post({ type: "listening", host, port, details: JSON.parse(details) }),
      handlesSigterm: (handles: boolean) => this.scope.post({ type: "handles-sigterm", handles }),
      head: (status: number, reason: string, fields: string) => {
        if (!this.answering) return;
        const headers: HeaderFields = JSON.parse(fields);
        this.answering.answered = true;
        this.scope.post({ type: "head", id: this.answering.id, status, reason, headers });
      },
      chunk: (data: Uint8Array<ArrayBuffer>) => {
        if (!this.answering) return;
        this.answering.unread += data.length;
        this.scope.post({ type: "chunk", id: this.answering.id, data }, [data.buffer]);
      },
      sleep: sleepNow,
      readArchive: (name: string) => this.scope.readNow(assets.location + name),
      pbkdf2: deriveByPbkdf2,
      scrypt: deriveByScrypt,
    };
  }

  private start(spec: ProgramSpec, files: readonly ProgramFile[]): void {
    this.guard(() => {
      const { interpreter } = this;
      if (!interpreter) return;
      const { FS } = interpreter.python;
      for (const { path, data, executable } of files) {
        const target = `/app/${path}`;
        FS.mkdirTree(target.slice(0, target.lastIndexOf("/")));
        FS.writeFile(target, data);
        if (executable) FS.chmod(target, 0o755);
      }
      FS.mkdirTree(spec.cwd);
      this.leave(interpreter.call("start", JSON.stringify(spec)));
    });
  }

  private async request(id: number, raw: Uint8Array): Promise<void> {
    const { interpreter } = this;
    if (!interpreter) return;
    const answering: Answering = { id, unread: 0, answered: false, abandoned: false, wake: () => {} };
    this.answering = answering;
    try {
      const exchange = interpreter.call("request", raw);
      if (!(exchange instanceof interpreter.python.ffi.PyProxy)) throw new Error("no exchange");
      const step: PyCallable = exchange.step;
      let looked = performance.now();
      while (step()) {
        if (performance.now() - looked > LOOK_AROUND) {
          await rest();
          looked = performance.now();
        }
        while (answering.unread > UNREAD_LIMIT && !answering.abandoned) {
          await new Promise<void>((resolve) => {
            answering.wake = resolve;
          });
        }
        if (answering.abandoned) {
          exchange.abandon();
          break;
        }
      }
      step.destroy();
      exchange.destroy();
      this.scope.post({ type: "end", id, complete: answering.answered });
    } catch (error) {
      this.die(error);
    } finally {
      this.answering = undefined;
    }
  }

  private guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.die(error);
    }
  }

  /** @param status what Python returned: a number when the program ended, undefined when it serves. */
  private leave(status: unknown): void {
    if (typeof status !== "number") return;
    this.stdout.end();
    this.stderr.end();
    this.exited = true;
    this.scope.post({ type: "exited", code: status & 0xff });
  }

  /** The interpreter itself ended: os._exit, a signal, or a fatal error. */
  private die(error: unknown): void {
    if (typeof error === "object" && error !== null && "status" in error && typeof error.status === "number") {
      this.leave(error.status);
      return;
    }
    this.stderr.end();
    this.scope.post({ type: "output", stream: "stderr", line: `Fatal Python error: ${firstLine(error)}` });
    this.leave(SEGMENTATION_FAULT);
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message.trim() : String(error);
  return text.split("\n").at(-1) ?? text;
}
