import { describe, expect, it } from "vitest";
import { createDeployedSession, createSession, readable } from "./session";

describe("releases", () => {
  it("lists the newest first", async () => {
    const { run } = await createDeployedSession();
    await run("config:set", "SECRET_KEY=abc");
    expect(await run("releases")).toEqual({
      code: 0,
      stdout: `=== hola Releases - Current: v4

  v    description                  user              created_at
 ──────────────────────────────────────────────────────────────────────────────────────────
  v4   Set SECRET_KEY config vars   ana@example.com   2026/11/23 15:00:00 +0000 (~ 0s ago)
  v3   Deploy 00000001              ana@example.com   2026/11/23 15:00:00 +0000 (~ 0s ago)
  v2   Enable Logplex               ana@example.com   2026/11/23 15:00:00 +0000 (~ 0s ago)
  v1   Initial release              ana@example.com   2026/11/23 15:00:00 +0000 (~ 0s ago)

`,
      stderr: "",
    });
  });

  it("lists as many as are wanted, fifteen without a wish", async () => {
    const { run } = await createDeployedSession();
    for (let number = 0; number < 20; number += 1) await run("config:set", `N=${number}`);
    const rows = (text: string) => text.split("\n").filter((line) => /^ {2}v\d/.test(line)).length;
    expect(rows((await run("releases")).stdout)).toBe(15);
    expect(rows((await run("releases", "-n", "3")).stdout)).toBe(3);
  });

  it("shortens what does not fit a terminal", async () => {
    const { run } = await createDeployedSession({ columns: 60 });
    await run("config:set", "A=1", "LONG_KEY=x");
    const row = (text: string) => readable(text).split("\n").slice(4, 5);
    expect(row((await run("releases")).stdout)).toEqual([
      "␛[97m ␛[39m ␛[38;5;212mv4␛[39m ␛[97m ␛[39m Set A, LONG_KEY con… ␛[97m ␛[39m ␛[38;5;116mana@example.com␛[39m ␛[97m ␛[39m 2026/11/2… ␛[97m ␛[39m",
    ]);
  });
});

describe("releases:info", () => {
  it("shows a release with its config vars", async () => {
    const { run } = await createDeployedSession();
    await run("config:set", "SECRET_KEY=abc");
    expect(await run("releases:info", "v4")).toEqual({
      code: 0,
      stdout: `=== Release v4

By:                     ana@example.com
Change:                 Set SECRET_KEY config vars
Eligible for Rollback?: Yes
When:                   2026-11-23T15:00:00Z

=== v4 Config vars

SECRET_KEY: abc
`,
      stderr: "",
    });
    expect((await run("releases:info")).stdout).toBe((await run("releases:info", "4")).stdout);
    expect((await run("releases:info", "v2")).stdout).toContain("Eligible for Rollback?: No\n");
  });
});

describe("rollback", () => {
  it("makes a new release of an old one", async () => {
    const { run, test } = await createDeployedSession();
    await run("config:set", "COLOR=rojo");
    expect(await run("rollback", "v3")).toEqual({
      code: 0,
      stdout: "",
      stderr: `Rolling back hola to v3... done, v5
 ›   Warning: Rollback affects code and config vars; it doesn't add or remove 
 ›   addons.
 ›   Warning: To undo, run: heroku rollback v4
`,
    });
    expect((await test.api("GET", "/apps/hola/config-vars")).body).toEqual({});
  });

  it("goes to the release before without a number", async () => {
    const { run } = await createDeployedSession();
    await run("config:set", "COLOR=rojo");
    expect((await run("releases:rollback")).stderr).toContain("Rolling back hola to v3... done, v5\n");
  });

  it.each([
    ["v99", " ›   Error: Couldn't find that release.\n ›\n ›   Error ID: not_found\n"],
    [
      "v1",
      "Rolling back hola to v1... !\n ›   Error: Release v1 is not eligible for rollback.\n ›\n ›   Error ID: invalid_params\n",
    ],
  ])("to %s is refused", async (release, stderr) => {
    const { run } = await createDeployedSession();
    expect(await run("rollback", release)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("needs something to go back to", async () => {
    const { run } = await createSession();
    await run("create", "vacia");
    expect(await run("rollback")).toEqual({
      code: 2,
      stdout: "",
      stderr: " ›   Error: No eligible release found for vacia to roll back to.\n",
    });
  });
});
