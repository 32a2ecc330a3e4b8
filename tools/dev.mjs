/** `npm run dev`: the site with live reload, for authors; the sandbox is rebuilt when its sources change. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SANDBOX_PORT, SITE_PORT } from "./origins.mjs";
import { buildPythonAssets } from "./python-assets.mjs";
import { fetchPythonPackages } from "./python-packages.mjs";
import { buildSandbox } from "./sandbox.mjs";
import { serveSandbox } from "./serve.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

try {
  const sandbox = await serveSandbox(root, SANDBOX_PORT);
  await fetchPythonPackages({ root, log: console.log });
  await buildPythonAssets({ root, log: console.log });
  await buildSandbox({ root, log: console.log, watch: true });
  const astro = spawn(
    process.execPath,
    [join(root, "node_modules", "astro", "bin", "astro.mjs"), "dev", "--port", String(SITE_PORT)],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ASTRO_DEV_BACKGROUND: "0" },
    },
  );
  astro.once("exit", (code) => sandbox.close().then(() => process.exit(code ?? 0)));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => astro.kill(signal));
} catch (error) {
  console.error(`\n✖ ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
