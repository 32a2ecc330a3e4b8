/** A learner's session in Node: the real shell, git, heroku, platform and Python; only the storage is in memory. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { exerciseDefinition } from "../../../src/exercise/definition";
import { type ExerciseDefinition, exerciseSchema } from "../../../src/exercise/schema";
import { folderAssets, nodePythonRuntime } from "../../../src/node/python-runtime";
import { packageIndex } from "../../../src/python/assets";
import type { PythonRuntime } from "../../../src/python/runtime";
import { adjustableClock } from "../../../src/sandbox/engine/clock";
import { openSession, type Session, type SessionNews } from "../../../src/sandbox/engine/session";
import { memoryStore } from "../../../src/sandbox/storage/memory";
import type { WorkspaceStore } from "../../../src/sandbox/storage/store";
import { Collector, NULL_SOURCE } from "../../../src/shell/streams";
import { seededRandom } from "../platform/doubles";

export const ROOT = join(import.meta.dirname, "../../..");

function readFolder(folder: string, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory()
        ? Object.entries(readFolder(path, `${prefix}${name}/`))
        : [[prefix + name, readFileSync(path, "utf8")]];
    }),
  );
}

/** An exercise of `content/`, as the site gives it to the engine. */
export function readExercise(slug: string): { definition: ExerciseDefinition; solution: readonly string[] } {
  const folder = join(ROOT, "content/ejercicios", slug);
  const exercise = exerciseSchema.parse(parse(readFileSync(join(folder, "ejercicio.yaml"), "utf8")));
  const definition = exerciseDefinition(slug, exercise, readFolder(join(folder, "inicio")));
  const solution = readFileSync(join(folder, "solucion.sh"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return { definition, solution };
}

export interface Learner {
  readonly session: Session;
  readonly news: readonly SessionNews[];
  /** Types a line; gives what the terminal would show, and the exit code. Returns when dynos and checks are at rest. */
  type(line: string): Promise<{ output: string; code: number }>;
  /** The application's answer to a GET, as the preview would get it. */
  visit(path: string): Promise<{ status: number; text: string }>;
  leave(): Promise<void>;
}

export async function openLearner(
  definition: ExerciseDefinition,
  store: WorkspaceStore = memoryStore(),
): Promise<Learner> {
  const runtime: PythonRuntime = await nodePythonRuntime({ root: ROOT, spare: true });
  const manifest = JSON.parse(
    new TextDecoder().decode(await folderAssets(join(ROOT, ".cache/python/assets")).read("manifest.json")),
  );
  const news: SessionNews[] = [];
  const session = await openSession({
    exercise: definition,
    store,
    runtime,
    packages: packageIndex(manifest),
    clock: adjustableClock(),
    random: seededRandom(7),
    notify: (message) => news.push(message),
    closed: () => runtime.dispose(),
  });
  const app = () => {
    const [first] = Object.values(session.platform.state.apps);
    if (!first) throw new Error("there is no application");
    return first.name;
  };
  const atRest = () =>
    new Promise<void>((resolve) => {
      const resting = () => Object.values(session.platform.state.dynos).every(({ state }) => state !== "starting");
      if (resting()) return resolve();
      const stop = session.platform.onEvent(() => {
        if (!resting()) return;
        stop();
        resolve();
      });
    });
  return {
    session,
    news,
    async type(line) {
      const output = new Collector();
      const before = news.length;
      const code = await session.shell.run(
        line,
        { stdin: NULL_SOURCE, stdout: output, stderr: output },
        new AbortController().signal,
      );
      await atRest();
      for (const message of news.slice(before)) if (message.type === "open") session.visited(message.app.app);
      session.checks.schedule();
      await session.checks.settled();
      return { output: output.text(), code };
    },
    async visit(path) {
      const response = await session.platform.route({
        app: app(),
        method: "GET",
        target: path,
        headers: [],
        body: new Uint8Array(),
      });
      let text = "";
      for await (const chunk of response.body) text += new TextDecoder().decode(chunk);
      return { status: response.status, text };
    },
    leave: () => session.dispose(),
  };
}
