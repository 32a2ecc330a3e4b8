import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** `npx vite tests/workbench-fake`: the workbench with a workspace that only pretends, to look at and to test. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: fileURLToPath(new URL("../../node_modules/.vite/workbench-fake", import.meta.url)),
  server: { host: "127.0.0.1", port: 5199, strictPort: true },
});
