/** Starts the interpreter in a worker out of shared assets: no download and no compilation of its own. */

import { loadPyodide, type PyodideAPI } from "pyodide";
import type { PythonAssets } from "./assets";
import type { WorkerScope } from "./protocol";

const SITE = "/app/.heroku/python/lib/python3.14/site-packages";
/** Answered by the patched fetch below, never by a network. */
const STDLIB_URL = "http://stdlib.invalid/python_stdlib.zip";

type CreateModule = NonNullable<NonNullable<Parameters<typeof loadPyodide>[0]>["createPyodideModule"]>;

function isModuleFactory(value: unknown): value is { default: CreateModule } {
  return typeof value === "object" && value !== null && "default" in value && typeof value.default === "function";
}

/**
 * Runs `load` while fetch and WebAssembly answer with what is already there. Pyodide has no option for a module that
 * was compiled elsewhere. Everything is put back afterwards, for the program's sake.
 */
async function withSharedAssets<T>(assets: PythonAssets, load: () => Promise<T>): Promise<T> {
  const { fetch, WebAssembly: wasm } = globalThis;
  const { instantiate, instantiateStreaming } = wasm;
  const shared = async (imports: WebAssembly.Imports) => {
    const instance: WebAssembly.Instance = await instantiate.call(wasm, assets.module, imports);
    return { module: assets.module, instance };
  };
  // Pyodide instantiates small modules of its own too; only the interpreter wants the linker's tables.
  const isInterpreter = (imports?: WebAssembly.Imports) => imports !== undefined && "GOT.mem" in imports;
  const answer: typeof fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    if (url === STDLIB_URL) return new Response(assets.archives.get("stdlib-core.zip"));
    if (url.endsWith("/pyodide.asm.wasm")) return new Response(null);
    return fetch(input, init);
  };
  Object.assign(globalThis, { fetch: answer });
  Object.assign(wasm, {
    instantiate: (source: BufferSource, imports?: WebAssembly.Imports) =>
      imports && isInterpreter(imports) ? shared(imports) : instantiate.call(wasm, source, imports),
    instantiateStreaming: (source: Response | PromiseLike<Response>, imports?: WebAssembly.Imports) =>
      imports && isInterpreter(imports) ? shared(imports) : instantiateStreaming.call(wasm, source, imports),
  });
  try {
    return await load();
  } finally {
    Object.assign(globalThis, { fetch });
    Object.assign(wasm, { instantiate, instantiateStreaming });
  }
}

/** A ready interpreter with all core archives in its file system. Rejects when Pyodide does not start. */
export async function bootPython(assets: PythonAssets, scope: WorkerScope): Promise<PyodideAPI> {
  const factory = await scope.importModule(`${assets.location}pyodide.asm.mjs`);
  if (!isModuleFactory(factory)) throw new Error("pyodide.asm.mjs has no default export");
  const python = await withSharedAssets(assets, () =>
    loadPyodide({
      indexURL: assets.location.startsWith("file:") ? decodeURI(new URL(assets.location).pathname) : assets.location,
      createPyodideModule: factory.default,
      lockFileContents: JSON.stringify({ info: assets.manifest.pyodide, packages: {} }),
      packageBaseUrl: assets.location,
      stdLibURL: STDLIB_URL,
      env: { HOME: "/app", PATH: "/app/.heroku/python/bin:/usr/local/bin:/usr/bin:/bin", LANG: "en_US.UTF-8" },
    }),
  );
  python.FS.mkdirTree(SITE);
  for (const [name, bytes] of assets.archives) {
    if (name === "stdlib-core.zip") continue;
    python.FS.writeFile(name === "despliega.zip" ? `/lib/${name}` : `${SITE}/${name}`, new Uint8Array(bytes));
  }
  return python;
}
