/** Doubles of the platform's ports, and a platform that stands on them. */

import { assemblePlatform } from "../../../src/platform/assemble";
import type { Buildpack } from "../../../src/platform/buildpacks/buildpack";
import type { BuildTools } from "../../../src/platform/control-plane/builds";
import type { ProcfileParser } from "../../../src/platform/control-plane/process-types";
import type {
  BuildResult,
  Platform,
  PlatformOptions,
  RouterRequest,
  RouterResponse,
} from "../../../src/platform/platform";
import {
  type Clock,
  DynoGone,
  type DynoObserver,
  type DynoProcess,
  type DynoRequest,
  type DynoResponse,
  type DynoRuntime,
  type DynoSignal,
  type DynoSpec,
  type HeaderFields,
  type Package,
  type PackageIndex,
  type Random,
  type SourceFiles,
  type SourceTree,
  type Storage,
  type StoredState,
} from "../../../src/platform/ports";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lets everything run that waits for promises only. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  private time: number;
  private timers: { readonly due: number; readonly run: () => void }[] = [];

  constructor(start = Date.UTC(2026, 10, 23, 15, 0, 0)) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  after(delay: number, run: () => void): () => void {
    const timer = { due: this.time + Math.max(0, delay), run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Timers that wait. */
  get pending(): number {
    return this.timers.length;
  }

  /** Runs what is due within `milliseconds`, in order, and lets promises settle in between. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settle();
    while (true) {
      const next = this.timers
        .filter(({ due }) => due <= end)
        .reduce<(typeof this.timers)[number] | undefined>(
          (first, timer) => (first && first.due <= timer.due ? first : timer),
          undefined,
        );
      if (!next) break;
      this.time = Math.max(this.time, next.due);
      this.timers = this.timers.filter((timer) => timer !== next);
      next.run();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

/** The same numbers for the same seed (mulberry32). */
export function seededRandom(seed = 1): Random {
  let state = seed;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** What a fake process does. */
export interface FakeProgram {
  /** `listen`: binds its port at once. A number: exits with this status. `silent`: neither. */
  readonly boot?: "listen" | "silent" | number;
  /** Lines that it prints when it starts. */
  readonly prints?: readonly string[];
  /** What it exits with on SIGTERM; `ignore` for a process that does not hear it. Default 143. */
  readonly term?: number | "ignore";
  /** Default: 200 with the dyno's name. May print, sleep, or never answer. */
  readonly handle?: (request: DynoRequest, process: FakeProcess) => FakeResponse | Promise<FakeResponse>;
}

export interface FakeResponse {
  readonly status?: number;
  readonly headers?: HeaderFields;
  readonly body?: string | AsyncIterable<Uint8Array>;
}

export class FakeProcess implements DynoProcess {
  readonly spec: DynoSpec;
  readonly signals: DynoSignal[] = [];
  readonly requests: DynoRequest[] = [];
  /** Requests that it has not answered yet; more than one is a mistake of the platform. */
  running = 0;
  alive = true;
  private readonly program: FakeProgram;
  private readonly observer: DynoObserver;

  constructor(spec: DynoSpec, observer: DynoObserver, program: FakeProgram) {
    this.spec = spec;
    this.observer = observer;
    this.program = program;
  }

  boot(): void {
    const { boot = "listen", prints = [] } = this.program;
    for (const line of prints) this.print(line);
    if (boot === "listen") this.listen();
    else if (boot !== "silent") this.exit(boot);
  }

  print(line: string): void {
    if (this.alive) this.observer.output("stdout", line);
  }

  listen(port = this.spec.port): void {
    if (this.alive) this.observer.listening(port);
  }

  exit(code: number): void {
    if (!this.alive) return;
    this.alive = false;
    this.observer.exited(code);
  }

  async request(request: DynoRequest): Promise<DynoResponse> {
    if (!this.alive) throw new DynoGone(this.spec.name);
    this.requests.push(request);
    this.running += 1;
    if (this.running > 1) throw new Error(`${this.spec.name} got a second request before it answered the first`);
    const answer: NonNullable<FakeProgram["handle"]> = () => ({ body: this.spec.name });
    const handle = this.program.handle ?? answer;
    const { status = 200, headers = [], body = "" } = await handle(request, this);
    return { status, reason: "OK", headers, body: this.counted(typeof body === "string" ? once(body) : body) };
  }

  signal(signal: DynoSignal): void {
    this.signals.push(signal);
    const { term = 143 } = this.program;
    if (signal === "SIGKILL") queueMicrotask(() => this.exit(137));
    else if (term !== "ignore") queueMicrotask(() => this.exit(term));
  }

  private async *counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } finally {
      this.running -= 1;
    }
  }
}

/** Starts fake processes. Set `program` to say what the next ones do. */
export class FakeRuntime implements DynoRuntime {
  program: FakeProgram | ((spec: DynoSpec) => FakeProgram) = {};
  /** Every process ever started, oldest first. */
  readonly processes: FakeProcess[] = [];

  start(spec: DynoSpec, observer: DynoObserver): DynoProcess {
    const program = typeof this.program === "function" ? this.program(spec) : this.program;
    const process = new FakeProcess(spec, observer, program);
    this.processes.push(process);
    queueMicrotask(() => process.boot());
    return process;
  }

  /** The newest process of a dyno; throws when there was none. */
  process(name: string): FakeProcess {
    const process = this.processes.findLast(({ spec }) => spec.name === name);
    if (!process) throw new Error(`no process of ${name} was started`);
    return process;
  }

  get alive(): readonly FakeProcess[] {
    return this.processes.filter(({ alive }) => alive);
  }
}

export class MemorySourceTree implements SourceTree {
  private readonly commits = new Map<string, SourceFiles>();
  /** Set it and no commit can be read. */
  lost = false;

  add(app: string, commit: string, files: Readonly<Record<string, string>>): void {
    this.commits.set(`${app}@${commit}`, sourceFiles(files));
  }

  async read(app: string, commit: string): Promise<SourceFiles> {
    const files = this.commits.get(`${app}@${commit}`);
    if (!files || this.lost) throw new Error(`commit ${commit} is not there`);
    return files;
  }
}

export function sourceFiles(files: Readonly<Record<string, string>>): SourceFiles {
  return new Map(
    Object.entries(files).map(([path, text]) => [path, { data: encoder.encode(text), executable: false }]),
  );
}

export class MemoryStorage implements Storage {
  events: unknown[] = [];
  /** Number of the first event in `events`. */
  first = 0;
  sequence = 0;
  snapshot: unknown;
  /** Set it and every write fails. */
  failure: Error | undefined;

  async load(): Promise<StoredState | undefined> {
    if (this.snapshot === undefined && this.events.length === 0) return undefined;
    const events = this.events.slice(this.sequence - this.first);
    return structuredClone({ sequence: this.sequence, snapshot: this.snapshot, events });
  }

  async append(first: number, events: readonly unknown[]): Promise<void> {
    if (this.failure) throw this.failure;
    if (first !== this.first + this.events.length) throw new Error(`a gap before event ${first}`);
    this.events.push(...structuredClone(events));
  }

  async save(sequence: number, snapshot: unknown): Promise<void> {
    if (this.failure) throw this.failure;
    this.sequence = sequence;
    this.snapshot = structuredClone(snapshot);
  }
}

export class MemoryPackageIndex implements PackageIndex {
  private readonly packages: readonly Package[];

  constructor(packages: readonly Package[] = []) {
    this.packages = packages;
  }

  find(name: string): Package | undefined {
    const normal = (text: string) => text.toLowerCase().replace(/[-_.]+/g, "-");
    return this.packages.find((candidate) => normal(candidate.name) === normal(name));
  }
}

/** Recognises `requirements.txt` and installs nothing; a requirement `broken` fails the build. */
export const fakeBuildpack: Buildpack = {
  name: "heroku/python",
  language: "Python",
  detect: (files) => files.has("requirements.txt"),
  async compile({ files, output, stack, pause, signal }) {
    signal.throwIfAborted();
    const manifest = decoder.decode(files.get("requirements.txt")?.data);
    output.line("-----> Installing dependencies using 'pip install -r requirements.txt'");
    await pause(1_000);
    if (manifest.includes("broken")) {
      output.line("");
      output.line(" !     Push rejected, failed to compile Python app.");
      return { status: "failed", reason: "unknown package" };
    }
    return {
      status: "compiled",
      languageVersion: "3.14.7",
      packages: [],
      env: { PYTHONUNBUFFERED: "true", WEB_CONCURRENCY: "1" },
      bootLines: ["Python buildpack: Detected 512 MB available memory and 8 CPU cores."],
      defaultProcessTypes: {},
      cache: { buildpack: "heroku/python", stack, languageVersion: "3.14.7", manifest, packages: [] },
      slugSize: 22_229_811,
    };
  },
};

/** Knows lines `type: command`; refuses a file with anything else in it. */
export const fakeProcfileParser: ProcfileParser = (text) => {
  const pairs: [string, string][] = [];
  for (const line of text.split("\n").filter((candidate) => candidate.trim() !== "")) {
    const [, type, command] = /^([\w-]+): (.+)$/.exec(line) ?? [];
    if (!type || !command) return { status: "invalid", lines: [`cannot read: ${line}`] };
    pairs.push([type, command]);
  }
  return { status: "parsed", processTypes: Object.fromEntries(pairs) };
};

export const ACCOUNT = { id: "0e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b", email: "ana@example.com" };

/** A small application as a learner would push it. */
export const APP_FILES: Readonly<Record<string, string>> = {
  "app.py": "from flask import Flask\n",
  "requirements.txt": "Flask\ngunicorn\n",
  Procfile: "web: gunicorn app:app\n",
};

export interface PushResult {
  readonly result: BuildResult;
  readonly commit: string;
  /** What the build wrote. */
  readonly lines: readonly string[];
}

export interface TestPlatform {
  readonly platform: Platform;
  readonly clock: FakeClock;
  readonly runtime: FakeRuntime;
  readonly storage: MemoryStorage;
  readonly source: MemorySourceTree;
  /** Builds `files` as a new commit, or as `commit`, and lets the dynos start. */
  push(
    app: string,
    files?: Readonly<Record<string, string>>,
    options?: { readonly commit?: string; readonly branch?: string },
  ): Promise<PushResult>;
  /** GET unless said otherwise; the body is read whole. */
  fetch(
    app: string,
    target?: string,
    more?: Partial<RouterRequest>,
  ): Promise<RouterResponse & { readonly text: string }>;
  /** The API's answer; throws when it is a stream. */
  api(
    method: Parameters<Platform["api"]>[0]["method"],
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown }>;
  /** All lines of an app's log, without their times. */
  log(app: string): Promise<readonly string[]>;
}

/** A platform on doubles: quick, deterministic, empty unless `storage` holds something. */
export async function createTestPlatform(
  given: Partial<PlatformOptions> & {
    readonly tools?: Partial<BuildTools>;
    readonly clock?: FakeClock;
    readonly runtime?: FakeRuntime;
    readonly storage?: MemoryStorage;
    readonly source?: MemorySourceTree;
  } = {},
): Promise<TestPlatform> {
  const clock = given.clock ?? new FakeClock();
  const runtime = given.runtime ?? new FakeRuntime();
  const storage = given.storage ?? new MemoryStorage();
  const source = given.source ?? new MemorySourceTree();
  const platform = await assemblePlatform(
    {
      random: seededRandom(),
      packages: new MemoryPackageIndex(),
      account: ACCOUNT,
      ...given,
      clock,
      runtime,
      storage,
      source,
    },
    { buildpacks: [fakeBuildpack], parseProcfile: fakeProcfileParser, ...given.tools },
  );
  let commits = 0;

  const api: TestPlatform["api"] = async (method, path, body, headers = {}) => {
    const response = await platform.api({ method, path, body, headers });
    if (response.kind !== "json") throw new Error(`${path} answered a stream`);
    return response;
  };

  return {
    platform,
    clock,
    runtime,
    storage,
    source,
    api,
    async push(name, files = APP_FILES, options = {}) {
      const app = platform.app(name);
      if (!app) throw new Error(`there is no app ${name}`);
      commits += 1;
      const commit = options.commit ?? `${commits}`.padStart(8, "0").repeat(5);
      source.add(app.id, commit, files);
      const lines: string[] = [];
      const request = { app: app.id, commit, branch: options.branch ?? "main" };
      const result = await platform.build(request, { line: (text) => lines.push(text) });
      await settle();
      return { result, commit, lines };
    },
    async fetch(app, target = "/", more = {}) {
      const request = { app, method: "GET", target, headers: [], body: new Uint8Array(), ...more };
      const response = await platform.route(request, undefined);
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      await settle();
      return { ...response, text: chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") };
    },
    async log(app) {
      const session = await platform.api({ method: "POST", path: `/apps/${app}/log-sessions`, body: { lines: 1500 } });
      if (session.kind !== "json" || !hasAddress(session.body)) throw new Error("no log session");
      const { pathname, search } = new URL(session.body.logplex_url);
      const stream = await platform.api({ method: "GET", path: pathname + search });
      if (stream.kind !== "stream") throw new Error("no log stream");
      const lines: string[] = [];
      for await (const line of stream.lines) lines.push(line.slice(line.indexOf(" ") + 1));
      return lines;
    },
  };
}

function hasAddress(body: unknown): body is { readonly logplex_url: string } {
  return typeof body === "object" && body !== null && "logplex_url" in body && typeof body.logplex_url === "string";
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield encoder.encode(text);
}
