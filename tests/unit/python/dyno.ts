/** Runs dynos in real worker threads with real Pyodide and real Flask. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nodePythonRuntime } from "../../../src/node/python-runtime";
import type { DynoProcess, DynoRequest, DynoResponse, HeaderFields, Package } from "../../../src/platform/ports";
import { type PythonManifest, packageIndex } from "../../../src/python/assets";
import type { PythonRuntime } from "../../../src/python/runtime";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

export function python(options: { spare: boolean }): Promise<PythonRuntime> {
  return nodePythonRuntime({ root, ...options });
}

const manifest: PythonManifest = JSON.parse(readFileSync(`${root}/.cache/python/assets/manifest.json`, "utf8"));

/** A requirement and everything that it needs. */
export function installed(...names: string[]): Package[] {
  const index = packageIndex(manifest);
  const found = new Map<string, Package>();
  const add = (name: string) => {
    const entry = index.find(name);
    if (!entry) throw new Error(`no package ${name}`);
    if (found.has(entry.name)) return;
    found.set(entry.name, entry);
    for (const requirement of entry.requires) add(requirement.name);
  };
  for (const name of names) add(name);
  return [...found.values()];
}

export interface Answer {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly text: string;
}

export interface Program {
  readonly command?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly requirements?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** A dyno under test, with what it told. */
export class TestDyno {
  readonly output: string[] = [];
  readonly exited: Promise<number>;
  readonly process: DynoProcess;
  private readonly ports: Promise<number>;

  constructor(runtime: PythonRuntime, program: Program) {
    const port = program.port ?? 5006;
    let listening: (port: number) => void = () => {};
    let exited: (code: number) => void = () => {};
    this.ports = new Promise((resolve) => {
      listening = resolve;
    });
    this.exited = new Promise((resolve) => {
      exited = resolve;
    });
    this.process = runtime.start(
      {
        app: "app",
        name: "web.1",
        type: "web",
        command: program.command ?? "gunicorn app:app",
        files: new Map(
          Object.entries(program.files).map(([path, text]) => [
            path,
            { data: new TextEncoder().encode(text), executable: false },
          ]),
        ),
        packages: installed(...(program.requirements ?? ["flask", "gunicorn"])),
        env: {
          PORT: String(port),
          DYNO: "web.1",
          PYTHONPATH: "/app",
          GUNICORN_CMD_ARGS: "--access-logfile -",
          FORWARDED_ALLOW_IPS: "*",
          WEB_CONCURRENCY: "1",
          ...program.env,
        },
        port,
      },
      {
        output: (stream, line) => this.output.push(`${stream}: ${line}`),
        listening: (found) => listening(found),
        exited: (code) => exited(code),
      },
    );
  }

  /** The port that it listens on; rejects with its output when it ends before. */
  up(): Promise<number> {
    return Promise.race([
      this.ports,
      this.exited.then((code) => {
        throw new Error(`exited with ${code}\n${this.output.join("\n")}`);
      }),
    ]);
  }

  send(target: string, options: Partial<DynoRequest> = {}): Promise<DynoResponse> {
    return this.process.request({
      method: "GET",
      target,
      headers: [["Host", "mi-app.herokuapp.com"], ...(options.headers ?? [])],
      body: options.body ?? new Uint8Array(),
      ...(options.method && { method: options.method }),
    });
  }

  async get(target: string, options: Partial<DynoRequest> = {}): Promise<Answer> {
    const { status, headers, body } = await this.send(target, options);
    const decoder = new TextDecoder();
    let text = "";
    for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
    return { status, headers, text };
  }

  get log(): string {
    return this.output.join("\n");
  }
}
