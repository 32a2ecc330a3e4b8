/**
 * `npm test`: builds, then lint, direction of imports, types, unit and end-to-end tests.
 * Everything runs even when something before it failed; ends with one line `N passed, N failed`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = join(root, ".cache", "reports");

/** Runs a tool of the project; true if it ended well. */
function run(title, tool, args, env = {}) {
  console.log(`\n── ${title}`);
  const result = spawnSync(process.execPath, [join(root, "node_modules", tool), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  return result.status === 0;
}

/** Reads a test runner's report; a runner that left none counts as one failure. */
function counted(file, read) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  return read(JSON.parse(readFileSync(file, "utf8")));
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const results = [];
const single = (ok) => results.push(ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

let built = true;
try {
  const { python } = await build();
  if (python.status === "missing") console.log(`\n⚠ ${python.reason}`);
} catch (error) {
  console.error(`\n✖ ${error instanceof Error ? error.message : error}`);
  built = false;
}
single(built);
single(run("Lint y formato", "@biomejs/biome/bin/biome", ["ci", "."]));
single(
  run("Sentido de los imports", "dependency-cruiser/bin/dependency-cruise.mjs", [
    "src",
    "--config",
    ".dependency-cruiser.mjs",
  ]),
);
single(run("Tipos", "@astrojs/check/bin/astro-check.js", []));

const unit = join(reports, "unit.json");
run("Pruebas de unidad", "vitest/vitest.mjs", [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${unit}`,
]);
results.push(
  counted(unit, (report) => ({
    passed: report.numPassedTests,
    // A file that could not be loaded fails without having a test.
    failed:
      report.numFailedTests +
      report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length,
  })),
);

const e2e = join(reports, "e2e.json");
if (built) {
  run("Pruebas de extremo a extremo", "@playwright/test/cli.js", ["test", "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: e2e,
  });
  results.push(
    counted(e2e, ({ stats, errors }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
    })),
  );
}

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") > 0 ? 1 : 0;
