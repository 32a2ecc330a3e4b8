/** From a pushed commit to a release. */

import type { Buildpack, CompileResult } from "../buildpacks/buildpack";
import { uuid } from "../ids";
import type { App } from "../model/app";
import type { Build } from "../model/build";
import type { Slug } from "../model/slug";
import { currentRelease } from "../model/state";
import type { BuildRequest, BuildResult, Platform } from "../platform";
import type { BuildOutput, SourceFiles } from "../ports";
import {
  MAX_SLUG_SIZE,
  megabytes,
  writeIncompatible,
  writeLaunch,
  writeNoLanguage,
  writeProcessTypes,
  writeRejection,
  writeStart,
  writeTooLarge,
} from "./build-output";
import type { Control } from "./control";
import { apiLine } from "./control";
import { discoverProcessTypes, type ProcfileParser } from "./process-types";
import { createRelease } from "./releases";

/** Branches whose push deploys. */
const DEPLOYED = ["main", "master"];

type Compiled = Extract<CompileResult, { status: "compiled" }>;
type Made = { readonly slug: Slug; readonly compiled: Compiled } | { readonly failed: string };

export interface BuildTools {
  /** In the order in which they are asked. */
  readonly buildpacks: readonly Buildpack[];
  readonly parseProcfile: ProcfileParser;
}

/** Builds of one app run one after the other. @param closing ends all of them */
export function createBuilder(control: Control, tools: BuildTools, closing: AbortSignal): Platform["build"] {
  const last = new Map<string, Promise<unknown>>();
  return (request, output, signal) => {
    const before = last.get(request.app) ?? Promise.resolve();
    const either = signal ? AbortSignal.any([signal, closing]) : closing;
    const result = before.then(() => build(control, tools, request, output, either));
    const settled = result.catch(() => undefined);
    last.set(request.app, settled);
    settled.then(() => {
      if (last.get(request.app) === settled) last.delete(request.app);
    });
    return result;
  };
}

async function build(
  control: Control,
  tools: BuildTools,
  request: BuildRequest,
  output: BuildOutput,
  signal: AbortSignal,
): Promise<BuildResult> {
  signal.throwIfAborted();
  const { clock, random, store, logs } = control;
  const app = store.state.apps[request.app];
  if (!app) return { status: "rejected", reason: "no such app" };
  if (!DEPLOYED.includes(request.branch)) {
    output.line("Pushed to non-main branch, skipping build.");
    return { status: "skipped" };
  }

  const { commit } = request;
  const again = app.builds.some((earlier) => earlier.commit === commit && earlier.outcome.status === "failed");
  const id = uuid(random);
  const started: Build = {
    id,
    commit,
    stack: app.stack,
    buildpack: app.buildpack,
    startedAt: clock.now(),
    finishedAt: null,
    outcome: { status: "pending" },
  };
  store.record({ type: "build-started", at: started.startedAt, app: app.id, build: started });
  apiLine(control, app.id, "Build started");

  const fail = (reason: string) => {
    if (!store.state.apps[app.id]) return;
    store.record({ type: "build-failed", at: clock.now(), app: app.id, build: id, reason });
    const address = `https://dashboard.heroku.com/apps/${app.id}/activity/builds/${id}`;
    logs.append(app.id, "app", "api", `Build failed -- check your build output: ${address}`);
  };

  let made: Made;
  try {
    made = await makeSlug(control, tools, app, commit, output, signal);
    signal.throwIfAborted();
  } catch (error) {
    fail(signal.aborted ? "cancelled" : "platform error");
    throw error;
  }
  const now = store.state.apps[app.id];
  if (!now) return { status: "rejected", reason: "the app was destroyed" };
  if ("failed" in made) {
    fail(made.failed);
    writeRejection(output, now.name, commit, again);
    return { status: "rejected", reason: made.failed };
  }

  const { slug, compiled } = made;
  store.record({ type: "slug-created", at: slug.createdAt, app: app.id, slug, cache: compiled.cache });
  const configVars = currentRelease(now)?.configVars ?? {};
  const release = createRelease(control, app.id, { kind: "deploy", commit }, { slug: slug.id, configVars });
  store.record({
    type: "build-succeeded",
    at: clock.now(),
    app: app.id,
    build: id,
    slug: slug.id,
    release: release.version,
  });
  logs.append(app.id, "app", "api", "Build succeeded");
  writeLaunch(output, release.version, now.host);
  return { status: "built", release: release.version, slug: slug.id };
}

/** Rejects when the commit cannot be read, and with the signal's reason. */
async function makeSlug(
  control: Control,
  tools: BuildTools,
  app: App,
  commit: string,
  output: BuildOutput,
  signal: AbortSignal,
): Promise<Made> {
  const { clock, random, source, packages, pace } = control;
  const files = await source.read(app.id, commit, signal);
  writeStart(output, app.stack, app.buildpack);
  const buildpack = chooseBuildpack(tools, app, files);
  if (!buildpack) {
    if (app.buildpack === null) writeNoLanguage(output);
    else writeIncompatible(output, app.buildpack);
    return { failed: "no buildpack fits the app" };
  }

  output.line(`-----> ${buildpack.language} app detected`);
  const compiled = await buildpack.compile({
    files,
    packages,
    output,
    stack: app.stack,
    cache: app.buildCache ?? undefined,
    pause: (milliseconds) => (pace === "real" ? pause(control, milliseconds, signal) : Promise.resolve()),
    signal,
  });
  if (compiled.status === "failed") return { failed: compiled.reason };

  const types = discoverProcessTypes(files, tools.parseProcfile, compiled.defaultProcessTypes);
  if (types.status === "invalid") {
    output.line("-----> Discovering process types");
    for (const line of types.lines) output.line(` !     ${line}`);
    return { failed: "invalid Procfile" };
  }
  writeProcessTypes(output, types.declared, types.defaults);
  output.line("-----> Compressing...");
  if (compiled.slugSize > MAX_SLUG_SIZE) {
    writeTooLarge(output, compiled.slugSize);
    return { failed: "slug too large" };
  }
  output.line(`       Done: ${megabytes(compiled.slugSize)}`);
  const slug: Slug = {
    id: uuid(random),
    commit,
    stack: app.stack,
    buildpack: buildpack.name,
    language: buildpack.language,
    languageVersion: compiled.languageVersion,
    packages: compiled.packages,
    processTypes: types.all,
    env: compiled.env,
    bootLines: compiled.bootLines,
    size: compiled.slugSize,
    createdAt: clock.now(),
  };
  return { slug, compiled };
}

/** The one of the last successful build if it still fits; on a first build the first that recognises the files. */
function chooseBuildpack({ buildpacks }: BuildTools, app: App, files: SourceFiles): Buildpack | undefined {
  return buildpacks.find(
    (buildpack) => (app.buildpack === null || buildpack.name === app.buildpack) && buildpack.detect(files),
  );
}

function pause({ clock }: Control, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(milliseconds, () => {
      signal.removeEventListener("abort", abort);
      resolve();
    });
    signal.addEventListener("abort", abort, { once: true });
  });
}
