/** Evaluates the exercise's steps after what happens, one evaluation at a time; probes the application at most once per change of it. */

import { type ExerciseFacts, evaluateSteps, neededProbes, type ProbeAnswer } from "../../exercise/evaluate";
import type { ExerciseDefinition, StepState } from "../../exercise/schema";
import type { FileTree } from "../../files/tree";
import { type RepositoryFacts, repositoryFacts } from "../../git/facts";
import { blobId } from "../../git/objects";
import { currentRelease, currentSlug, dynosOf, findApp } from "../../platform/model/state";
import type { Platform } from "../../platform/platform";
import { LIMITS } from "./limits";

export interface CheckRunnerOptions {
  readonly exercise: ExerciseDefinition;
  /** Absolute path of the exercise's folder. */
  readonly folder: string;
  readonly files: FileTree;
  readonly platform: Platform;
  /** As they were stored. */
  readonly steps: readonly StepState[];
  readonly visited: boolean;
  changed(steps: readonly StepState[]): void;
}

const REMOTE = /^https:\/\/git\.heroku\.com\/([^/]+?)(?:\.git)?$/;

/** A quarter of a megabyte of an answer is enough to look for a text in. */
const PROBE_BYTES = 256 * 1024;

export class CheckRunner {
  private readonly options: CheckRunnerOptions;
  private current: readonly StepState[];
  private seen: boolean;
  private readonly commands: string[] = [];
  private readonly probes = new Map<string, ProbeAnswer | undefined>();
  private running = false;
  private wanted = false;
  private readonly ended = new AbortController();
  private idle: (() => void)[] = [];

  constructor(options: CheckRunnerOptions) {
    this.options = options;
    this.seen = options.visited;
    this.current = evaluateOrder(options.exercise, options.steps);
  }

  get steps(): readonly StepState[] {
    return this.current;
  }

  /** A line of the terminal ended. */
  ran(line: string, exitCode: number): void {
    // `logs --tail` is left with Ctrl-C: it did what was asked.
    if (exitCode !== 0 && exitCode !== 130) return;
    this.commands.push(line);
    this.schedule();
  }

  /** A person looked at an application. */
  visit(_app: string): void {
    this.seen = true;
    this.schedule();
  }

  /** Something happened: evaluates soon. Calls while an evaluation runs lead to one more. */
  schedule(): void {
    this.wanted = true;
    if (this.running || this.ended.signal.aborted) return;
    this.running = true;
    void this.evaluateAll();
  }

  /** Resolves when nothing is left to evaluate. */
  settled(): Promise<void> {
    if (!this.running) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  dispose(): void {
    this.ended.abort();
  }

  private async evaluateAll(): Promise<void> {
    try {
      while (this.wanted && !this.ended.signal.aborted) {
        this.wanted = false;
        await this.evaluate();
      }
    } finally {
      this.running = false;
      const idle = this.idle;
      this.idle = [];
      for (const resolve of idle) resolve();
    }
  }

  private async evaluate(): Promise<void> {
    const { exercise, folder, files } = this.options;
    const repository = await repositoryFacts(files, folder);
    const name = repository?.remotes.map(({ url }) => REMOTE.exec(url)?.[1]).find((app) => app !== undefined);
    const remote = name !== undefined && findApp(this.options.platform.state, name) !== undefined;
    // Without a remote, the only application there is can still be the one that is meant.
    const all = Object.values(this.options.platform.state.apps);
    const appName = remote ? name : all.length === 1 ? all[0]?.name : undefined;
    if (appName !== undefined) await this.askProbes(appName);
    if (this.ended.signal.aborted) return;
    const steps = evaluateSteps(exercise, this.current, this.facts(repository, remote, appName));
    if (JSON.stringify(steps) === JSON.stringify(this.current)) return;
    this.current = steps;
    this.options.changed(steps);
  }

  private facts(repository: RepositoryFacts | undefined, remote: boolean, appName: string | undefined): ExerciseFacts {
    const { files, folder, platform } = this.options;
    const app = appName === undefined ? undefined : findApp(platform.state, appName);
    const release = app && currentRelease(app);
    return {
      file: (path) => (files.isFile(`${folder}/${path}`) ? files.readText(`${folder}/${path}`) : undefined),
      repository: repository && {
        commits: repository.commits,
        committed: (path) => {
          const full = `${folder}/${path}`;
          const known = repository.head?.files.get(full.slice(repository.root.length + 1));
          return known !== undefined && files.isFile(full) && blobId(files.readFile(full)) === known;
        },
        remote,
      },
      app: app && {
        release: release?.version ?? 0,
        deployed: currentSlug(app) !== undefined,
        rolledBack: app.releases.some(({ cause }) => cause.kind === "rollback"),
        configVars: release?.configVars ?? {},
        formation: app.formation,
        dynos: dynosOf(platform.state, app),
      },
      visited: this.seen,
      commands: this.commands,
      probe: (path) => (app ? this.probes.get(probeKey(platform, app.id, path)) : undefined),
    };
  }

  /** Asks what pending steps want to know, unless this release and these dynos were asked before. */
  private async askProbes(appName: string): Promise<void> {
    const { platform, exercise } = this.options;
    const app = findApp(platform.state, appName);
    if (!app || !dynosOf(platform.state, app).some(({ type, state }) => type === "web" && state === "up")) return;
    for (const path of neededProbes(exercise, this.current)) {
      const key = probeKey(platform, app.id, path);
      if (this.probes.has(key)) continue;
      this.probes.set(key, await this.probe(app.name, path));
    }
  }

  private async probe(app: string, path: string): Promise<ProbeAnswer | undefined> {
    const signal = AbortSignal.any([this.ended.signal, AbortSignal.timeout(LIMITS.probe)]);
    try {
      const response = await this.options.platform.route(
        { app, method: "GET", target: path, headers: [["accept", "text/html"]], body: new Uint8Array(), probe: true },
        signal,
      );
      const decoder = new TextDecoder();
      let body = "";
      for await (const chunk of response.body) {
        if (body.length < PROBE_BYTES) body += decoder.decode(chunk, { stream: true });
      }
      return { status: response.status, body };
    } catch {
      // No answer in time, or the application died over it: the check is not met, and its text says what to do.
      return undefined;
    }
  }
}

/** Changes with the release and with the dynos that are up. */
function probeKey(platform: Platform, app: string, path: string): string {
  const found = findApp(platform.state, app);
  if (!found) return path;
  const dynos = dynosOf(platform.state, found).map(({ id, state, release }) => `${id}:${state}:${release}`);
  return `${path} ${currentRelease(found)?.version} ${dynos.join(",")}`;
}

/** Stored states may belong to an older version of the exercise: keep what still fits, in the present order. */
function evaluateOrder(exercise: ExerciseDefinition, stored: readonly StepState[]): readonly StepState[] {
  return exercise.steps.map(({ id }) => stored.find((step) => step.id === id) ?? { id, state: "pendiente" });
}
