/** The buildpack inside the platform: nothing is said twice, nothing is missing. */

import { expect, it } from "vitest";
import { buildpacks } from "../../../src/platform/buildpacks/index";
import { parseProcfile } from "../../../src/platform/buildpacks/procfile";
import { createTestPlatform, MemoryPackageIndex } from "../platform/doubles";
import { INDEX } from "./build";

async function platform() {
  const test = await createTestPlatform({
    packages: new MemoryPackageIndex(INDEX),
    tools: { buildpacks, parseProcfile },
  });
  await test.api("POST", "/apps", { name: "hola-heroku" });
  return test;
}

const APP = { "app.py": "", ".python-version": "3.14\n", "requirements.txt": "click\n" };

it("prints a whole build and runs what the Procfile names", async () => {
  const { push, runtime } = await platform();
  const { result, lines } = await push("hola-heroku", { ...APP, Procfile: "web: gunicorn app:app\n" });
  expect(result.status).toBe("built");
  expect(lines.filter((line) => !line.startsWith(" !     "))).toEqual([
    "Compressing source files... done.",
    "Building source:",
    "",
    "-----> Building on the Heroku-26 stack",
    "-----> Determining which buildpack to use for this app",
    "-----> Python app detected",
    "-----> Using Python 3.14 specified in .python-version",
    "-----> Installing Python 3.14.7",
    "-----> Installing pip 26.2.1",
    "-----> Installing dependencies using 'pip install -r requirements.txt'",
    "       Collecting click (from -r requirements.txt (line 1))",
    "         Downloading click-8.5.0-py3-none-any.whl.metadata (2.6 kB)",
    "       Downloading click-8.5.0-py3-none-any.whl (125 kB)",
    "       Installing collected packages: click",
    "       Successfully installed click-8.5.0",
    "-----> Saving cache",
    "",
    "",
    "-----> Discovering process types",
    "       Procfile declares types -> web",
    "",
    "-----> Compressing...",
    "       Done: 20.5M",
    "-----> Launching...",
    expect.stringMatching(/^ {7}Released v\d+$/),
    expect.stringMatching(/^ {7}https:\/\/hola-heroku-\w+\.herokuapp\.com\/ deployed to Heroku$/),
    "",
    "Verifying deploy... done.",
  ]);
  expect(runtime.process("web.1").spec.env).toMatchObject({ WEB_CONCURRENCY: "1", DYNO: "web.1" });
});

it("rejects a push once", async () => {
  const { push } = await platform();
  const { lines } = await push("hola-heroku", { "app.py": "" });
  expect(lines.slice(-8)).toEqual([
    "",
    " !     Push rejected, failed to compile Python app.",
    "",
    " !     Push failed",
    "Verifying deploy...",
    "",
    "!       Push rejected to hola-heroku.",
    "",
  ]);
  expect(lines.filter((line) => line.includes("Push rejected, failed"))).toHaveLength(1);
  expect(lines.filter((line) => line === "-----> Python app detected")).toHaveLength(1);
});
