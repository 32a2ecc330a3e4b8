/** `npm start`: builds what changed and serves the production site until Ctrl-C. */
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { SANDBOX_PORT, SITE_PORT } from "./origins.mjs";
import { serveSandbox, serveSite } from "./serve.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

try {
  // The servers first: a taken port is said before the build, not after.
  const servers = [await serveSite(root, SITE_PORT), await serveSandbox(root, SANDBOX_PORT)];
  const { python } = await build();
  if (python.status === "missing") console.log(`\n⚠ ${python.reason}\n`);
  console.log(`\n  Despliega está en  http://localhost:${SITE_PORT}\n  Para parar: Ctrl-C\n`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => Promise.all(servers.map((server) => server.close())).then(() => process.exit(0)));
  }
} catch (error) {
  console.error(`\n✖ ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
