/** What it takes to run Python: loaded once by the engine, shared with every worker. */

import type { Package, PackageIndex } from "../platform/ports";

/** The files of one distribution; `core` is there from the beginning, `rest` is read when an import asks for it. */
export interface DistributionArchives {
  readonly core?: string;
  readonly rest?: string;
}

/** `manifest.json`, as tools/python-assets.mjs writes it. */
export interface PythonManifest {
  /** Digest of everything below. */
  readonly build: string;
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>;
  readonly packages: readonly Package[];
  /** By normalised name (PEP 503). */
  readonly archives: Readonly<Record<string, DistributionArchives>>;
  /** Modules that are read only when an import asks for them, and the archive of each. */
  readonly rest: Readonly<Record<string, string>>;
  /** The `info` of Pyodide's lock file. */
  readonly pyodide: Readonly<Record<string, string>>;
  /** Why packages could not be fetched when the site was built, in Spanish, with the remedy. */
  readonly missing?: string;
}

/** Where the files come from: HTTP in the browser, a folder in Node. */
export interface AssetSource {
  /** URL of the folder, with a slash at the end; workers import and read from there. */
  readonly location: string;
  read(name: string, signal?: AbortSignal): Promise<ArrayBuffer>;
  compile(name: string, signal?: AbortSignal): Promise<WebAssembly.Module>;
}

/** Structured-cloneable: it is posted to workers as it is. */
export interface PythonAssets {
  readonly manifest: PythonManifest;
  readonly location: string;
  readonly module: WebAssembly.Module;
  /** The archives that every worker has from the beginning. */
  readonly archives: ReadonlyMap<string, ArrayBuffer>;
}

/** @param name a distribution's name in any spelling. PEP 503. */
export function normalised(name: string): string {
  return name.replace(/[-_.]+/g, "-").toLowerCase();
}

/** Reads all that a first dyno needs. Rejects when a file cannot be read, or when `signal` aborts. */
export async function loadPythonAssets(source: AssetSource, signal?: AbortSignal): Promise<PythonAssets> {
  const module = source.compile("pyodide.asm.wasm", signal);
  // Awaited below; a manifest that cannot be read must not leave it unobserved.
  module.catch(() => {});
  const manifest: PythonManifest = JSON.parse(new TextDecoder().decode(await source.read("manifest.json", signal)));
  const names = [
    "stdlib-core.zip",
    "despliega.zip",
    ...Object.values(manifest.archives).flatMap(({ core }) => (core ? [core] : [])),
  ];
  const archives = await Promise.all(names.map(async (name) => [name, await source.read(name, signal)] as const));
  return { manifest, location: source.location, module: await module, archives: new Map(archives) };
}

/** The simulated package index: what `pip install` can find in a build. */
export function packageIndex(manifest: Pick<PythonManifest, "packages">): PackageIndex {
  const byName = new Map(manifest.packages.map((entry) => [normalised(entry.name), entry]));
  return { find: (name) => byName.get(normalised(name)) };
}
