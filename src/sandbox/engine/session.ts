/**
 * One learner's world, put together: files, shell, git, heroku, platform, checks.
 * Host-neutral: what differs between a browser worker and Node comes in through the options.
 */

import { z } from "zod";
import type { ExerciseDefinition, StepState } from "../../exercise/schema";
import { type FileChange, FileTree } from "../../files/tree";
import { currentBranch } from "../../git/repository";
import { GitServer } from "../../git-server/server";
import { GitSourceTree } from "../../git-server/source-tree";
import { openPlatform } from "../../platform/open";
import type { Platform } from "../../platform/platform";
import type { DynoRuntime, PackageIndex, Random } from "../../platform/ports";
import { Shell } from "../../shell/shell";
import { TerminalSession } from "../../shell/tty";
import type { EngineMessage } from "../protocol";
import type { TreeName, WorkspaceStore } from "../storage/store";
import { CheckRunner } from "./checks";
import type { AdjustableClock } from "./clock";
import { sandboxCommands } from "./commands";
import { LIMITS } from "./limits";

/** What a session tells whoever shows it. */
export type SessionNews = Extract<EngineMessage, { type: "files" | "apps" | "open" | "app-changed" | "progress" }>;

export interface SessionOptions {
  readonly exercise: ExerciseDefinition;
  readonly store: WorkspaceStore;
  readonly runtime: DynoRuntime;
  readonly packages: PackageIndex;
  readonly clock: AdjustableClock;
  readonly random: Random;
  notify(news: SessionNews): void;
  /** Called when the session was disposed of: end what runs its dynos. */
  closed?(): void;
}

export interface Session {
  /** E.g. `/home/estudiante/hola-flask`. */
  readonly folder: string;
  readonly files: FileTree;
  readonly platform: Platform;
  readonly shell: Shell;
  readonly checks: CheckRunner;
  openTerminal(size: { columns: number; rows: number }, output: (data: Uint8Array) => void): TerminalSession;
  /** A person looked at a page of the application. */
  visited(app: string): void;
  /** Says everything that a newcomer must know: applications and steps. */
  announce(): void;
  /** Resolves when everything so far is stored. */
  flush(): Promise<void>;
  dispose(): Promise<void>;
}

const HOME = "/home/estudiante";
const ACCOUNT = { id: "01234567-89ab-4cde-8f01-23456789abcd", email: "estudiante@example.com" };
const GIT_HOST = "https://git.heroku.com/";
const GIT_CONFIG = `[user]
	name = Estudiante
	email = ${ACCOUNT.email}
[init]
	defaultBranch = main
`;

/**
 * Opens the stored world, or makes the exercise's initial one.
 * Rejects with UnknownVersion or UnreadableState when what is stored cannot be understood.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { exercise, store, clock, notify } = options;
  const stored = await store.load();
  const folder = `${HOME}/${exercise.folder}`;

  const files = openTree("home", stored?.trees.home, options, LIMITS.filesBytes);
  const serverFiles = openTree("server", stored?.trees.server, options, LIMITS.repositoriesBytes);
  if (!stored) writeStart(files, exercise, folder);

  let platform: Platform | undefined;
  const opened = () => {
    if (!platform) throw new Error("the platform is not open yet");
    return platform;
  };
  const gitServer = new GitServer({
    files: serverFiles,
    platform: {
      app: (name) => opened().app(name),
      build: (request, output, signal) => opened().build(request, output, signal),
    },
  });
  platform = await openPlatform({
    clock,
    random: options.random,
    runtime: options.runtime,
    packages: options.packages,
    source: new GitSourceTree(serverFiles),
    storage: store.platform,
    account: ACCOUNT,
    maximumDynos: LIMITS.dynos,
  });

  const apps = () => Object.values(opened().state.apps).map(({ name, host }) => ({ app: name, host }));
  const shell = new Shell({
    files,
    commands: sandboxCommands({
      api: platform.api,
      gitHttp: async (request, signal) => {
        if (!request.url.startsWith(GIT_HOST)) {
          throw new Error(`Could not resolve host: ${new URL(request.url).hostname}`);
        }
        return gitServer.handle(request, signal);
      },
      open: (address) => {
        const url = new URL(address);
        const app = apps().find(({ host }) => host === url.host);
        if (app) notify({ type: "open", app, path: url.pathname + url.search });
      },
      now: () => clock.now(),
    }),
    env: {
      HOME,
      USER: "estudiante",
      LOGNAME: "estudiante",
      SHELL: "/bin/bash",
      LANG: "es_ES.UTF-8",
      TERM: "xterm-256color",
      PATH: "/usr/local/bin:/usr/bin:/bin",
    },
    cwd: folder,
    now: () => clock.now(),
  });
  shell.restore(stored?.values.shell);

  const checks = new CheckRunner({
    exercise,
    folder,
    files,
    platform,
    steps: storedSteps(stored?.values.steps),
    visited: stored?.values.visited === true,
    changed: (steps) => {
      store.saveValue("steps", steps);
      notify({ type: "progress", steps: [...steps] });
    },
  });
  files.watch((changes) => {
    notify({ type: "files", changes: changes.filter(({ path }) => !inGit(path)).map(withoutData) });
    checks.schedule();
  });
  let known = "";
  platform.onEvent(() => {
    const present = apps();
    const signature = JSON.stringify(present);
    if (signature !== known) notify({ type: "apps", apps: present });
    known = signature;
  });
  followAnswers(platform, (app) => notify({ type: "app-changed", app }));
  platform.onEvent(() => checks.schedule());
  shell.onCommand((line, exitCode) => {
    store.saveValue("shell", shell.snapshot());
    checks.ran(line, exitCode);
  });

  return {
    folder,
    files,
    platform,
    shell,
    checks,
    openTerminal: (size, output) =>
      new TerminalSession({ shell, ...size, output, branch: (cwd) => currentBranch(files, cwd) }),
    visited: (app) => {
      store.saveValue("visited", true);
      checks.visit(app);
    },
    announce() {
      known = JSON.stringify(apps());
      notify({ type: "apps", apps: apps() });
      notify({ type: "progress", steps: [...checks.steps] });
      checks.schedule();
    },
    async flush() {
      await opened().flush();
      await store.flush();
    },
    async dispose() {
      checks.dispose();
      await opened().flush();
      opened().dispose();
      options.closed?.();
      await store.flush();
    },
  };
}

function openTree(
  name: TreeName,
  entries: Parameters<FileTree["load"]>[0] | undefined,
  { store, clock }: SessionOptions,
  capacity: number,
): FileTree {
  const tree = new FileTree({ now: () => clock.now(), capacity });
  if (entries) tree.load(entries);
  tree.watch((changes) => store.saveFiles(name, changes));
  return tree;
}

function writeStart(files: FileTree, exercise: ExerciseDefinition, folder: string): void {
  files.makeDirectory("/tmp");
  files.makeDirectory(folder, { recursive: true });
  files.writeFile(`${HOME}/.gitconfig`, GIT_CONFIG);
  for (const [path, text] of Object.entries(exercise.files)) {
    const full = `${folder}/${path}`;
    files.makeDirectory(full.slice(0, full.lastIndexOf("/")), { recursive: true });
    files.writeFile(full, text);
  }
}

/** Git's own files change by the hundred and are nobody's business but Git's. */
function inGit(path: string): boolean {
  return path.includes("/.git/") || path.endsWith("/.git");
}

function withoutData(change: FileChange) {
  return change.kind === "remove"
    ? { kind: "remove" as const, path: change.path }
    : { kind: "write" as const, path: change.path, node: change.node.kind };
}

const stepsSchema = z.array(
  z.object({ id: z.string(), state: z.enum(["pendiente", "completado"]), missing: z.string().optional() }),
);

function storedSteps(value: unknown): readonly StepState[] {
  const parsed = stepsSchema.safeParse(value);
  return parsed.success ? parsed.data : [];
}

/** Tells when an application begins to answer something else: a dyno of a release came up, or the last one went down. */
function followAnswers(platform: Platform, changed: (app: string) => void): void {
  let before = new Map<string, string>();
  const picture = () =>
    new Map(
      Object.values(platform.state.apps).map((app) => [
        app.name,
        Object.values(platform.state.dynos)
          .filter((dyno) => dyno.app === app.id && dyno.type === "web")
          .map((dyno) => `${dyno.name}:${dyno.state}:${dyno.release}`)
          .filter((text) => !text.includes(":starting:"))
          .join(" "),
      ]),
    );
  before = picture();
  platform.onEvent(() => {
    const after = picture();
    for (const [name, text] of after) if (before.get(name) !== text) changed(name);
    before = after;
  });
}
