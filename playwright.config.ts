import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./tools/chromium.mjs";

const PORT = Number(process.env.TEST_PORT ?? 4351);

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  // Two cores: more workers only make each browser slower.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    baseURL: `http://localhost:${PORT}`,
    locale: "es-ES",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: findChromium()?.executablePath,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
      // Playwright turns storage partitioning off; readers have it on.
      ignoreDefaultArgs: ["--disable-features=ThirdPartyStoragePartitioning"],
    },
  },
  webServer: {
    command: "node tools/start.mjs",
    url: `http://localhost:${PORT}/`,
    env: { PORT: String(PORT) },
    reuseExistingServer: false,
    timeout: 180_000,
  },
});
