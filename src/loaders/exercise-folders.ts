/** Loads `content/ejercicios/<slug>/`: `ejercicio.yaml`, `inicio/`, `solucion/`, `solucion.sh`. */

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { Loader, LoaderContext } from "astro/loaders";
import { z } from "astro/zod";
import { parseDocument } from "yaml";
import { exerciseSchema } from "../exercise/schema";
import type { ExerciseEntry } from "./exercise-entry";

const DECLARATION = "ejercicio.yaml";
const utf8 = new TextDecoder("utf-8", { fatal: true });

async function readText(path: string): Promise<string> {
  try {
    return utf8.decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${relative(process.cwd(), path)}: no es un texto en UTF-8.`);
    throw error;
  }
}

/** Texts below `folder` by relative path; nothing when the folder is not there. */
async function readTexts(folder: string): Promise<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts: Record<string, string> = {};
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    texts[relative(folder, path).split(sep).join("/")] = await readText(path);
  }
  return texts;
}

async function readExercise(folder: string, render: (markdown: string) => Promise<string>): Promise<ExerciseEntry> {
  const path = join(folder, DECLARATION);
  const name = relative(process.cwd(), path);
  const document = parseDocument(await readText(path));
  const [fault] = document.errors;
  if (fault) throw new Error(`${name}:${fault.linePos?.[0].line ?? 1}: el YAML no se entiende: ${fault.message}`);
  const parsed = exerciseSchema.safeParse(document.toJS(), { error: z.locales.es().localeError });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".") || "(raíz)"}: ${issue.message}`);
    throw new Error(`${name}: no cumple lo que se espera de un ejercicio:\n${problems.join("\n")}`);
  }
  const definicion = parsed.data;
  const script = join(folder, "solucion.sh");
  return {
    definicion,
    inicio: await readTexts(join(folder, "inicio")),
    solucion: await readTexts(join(folder, "solucion")),
    guion: existsSync(script) ? await readText(script) : "",
    html: {
      meta: await render(definicion.meta),
      pasos: await Promise.all(
        definicion.pasos.map(async (step) => ({
          texto: await render(step.texto),
          pistas: await Promise.all(step.pistas.map(render)),
        })),
      ),
    },
  };
}

/** The collection of exercises; every problem of a declaration is said at once, in Spanish. */
export function exerciseFolders(base: string): Loader {
  const root = resolve(base);
  const load = async ({ store, parseData, generateDigest, renderMarkdown }: LoaderContext) => {
    const folders = existsSync(root) ? await readdir(root, { withFileTypes: true }) : [];
    const seen = new Set<string>();
    for (const { name: id } of folders.filter((entry) => entry.isDirectory())) {
      const folder = join(root, id);
      if (!existsSync(join(folder, DECLARATION))) continue;
      const entry = await readExercise(
        folder,
        async (markdown) =>
          (await renderMarkdown(markdown, { fileURL: new URL(`file://${folder}/${DECLARATION}`) })).html,
      );
      seen.add(id);
      store.set({ id, data: await parseData({ id, data: { ...entry } }), digest: generateDigest({ ...entry }) });
    }
    for (const id of store.keys()) if (!seen.has(id)) store.delete(id);
  };
  return {
    name: "exercise-folders",
    async load(context) {
      await load(context);
      context.watcher?.add(root);
      context.watcher?.on("all", (_event, path) => {
        if (!path.startsWith(root + sep)) return;
        load(context).catch((error: unknown) =>
          context.logger.error(error instanceof Error ? error.message : `${error}`),
        );
      });
    },
  };
}
