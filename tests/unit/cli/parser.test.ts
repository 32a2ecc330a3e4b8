import { describe, expect, it } from "vitest";
import { createDeployedSession, createSession } from "./session";

const MISSING_APP =
  " ›   Error: The following error occurred:\n ›     Missing required flag app\n ›   See more help with --help\n";

describe("the line", () => {
  it.each([
    ["config:get", "PORT", "-a", "hola"],
    ["config:get", "-a", "hola", "PORT"],
    ["config:get", "--app=hola", "PORT"],
    ["config:get", "-ahola", "PORT"],
    ["config:get", "-a=hola", "PORT"],
    ["config:get", "--app", "hola", "--", "PORT"],
  ])("takes flags anywhere: %s %s %s %s", async (...args) => {
    const session = await createDeployedSession({ repository: false });
    await session.test.api("PATCH", "/apps/hola/config-vars", { PORT: "80" });
    expect(await session.run(...args)).toEqual({ code: 0, stdout: "80\n", stderr: "" });
  });

  it("joins short flags", async () => {
    const { run } = await createSession();
    const { code, stdout } = await run("apps", "-Aj");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "[]\n" });
  });

  it("takes what comes after -- for arguments", async () => {
    const { run } = await createDeployedSession();
    expect(await run("config:set", "--", "--A=1")).toMatchObject({ code: 0, stdout: "--A: 1\n" });
  });

  it("refuses a flag that does not exist, with the usage", async () => {
    const { run } = await createSession({ repository: false });
    expect(await run("ps:scale", "--regoin", "-a", "hola")).toEqual({
      code: 2,
      stdout: "",
      stderr: ` ›   Error: Nonexistent flag: --regoin
 ›   See more help with --help

USAGE
  $ heroku ps:scale -a <value> [--prompt] [-r <value>]

FLAGS
  -a, --app=<value>     (required) [env: HEROKU_APP] app to run command against
  -r, --remote=<value>  git remote of app to use

GLOBAL FLAGS
  --prompt  interactively prompt for command arguments and flags

`,
    });
  });

  it("refuses several, and lists the names of the commands below", async () => {
    const { run } = await createSession({ repository: false });
    const { stderr } = await run("releases", "-y", "--foo=1", "-a", "hola");
    expect(stderr.startsWith(" ›   Error: Nonexistent flags: -y, --foo=1\n")).toBe(true);
    expect(
      stderr.endsWith("\n\nCOMMANDS\n  releases:info\n  releases:output\n  releases:retry\n  releases:rollback\n\n"),
    ).toBe(true);
  });

  it("asks for a missing argument", async () => {
    const { run } = await createDeployedSession();
    const { code, stderr } = await run("config:get");
    expect(code).toBe(2);
    expect(stderr).toBe(` ›   Error: Missing 1 required arg:
 ›   KEY  key name of the config var value
 ›   See more help with --help

USAGE
  $ heroku config:get KEY...

ARGUMENTS
  KEY...  key name of the config var value

FLAGS
  -a, --app=<value>     (required) [default: hola, env: HEROKU_APP] app to run
                        command against
  -j, --json            output in json format
  -r, --remote=<value>  git remote of app to use
  -s, --shell           output config vars in shell format

GLOBAL FLAGS
  --prompt  interactively prompt for command arguments and flags

`);
  });

  it("names the command as it was called", async () => {
    const { run } = await createSession();
    const { stderr } = await run("create", "a", "b", "c");
    expect(stderr).toContain(" ›   Error: Unexpected arguments: b, c\n");
    expect(stderr).toContain(
      "  $ heroku create [APP] [--prompt] [--addons <value>] [-b <value>]\n    [--json] [-n] [--region <value>] [-r <value>] [--space <value>] [-s <value>]\n    [-t <value>]\n",
    );
  });

  it.each([
    [["ps", "-a"], " ›   Error: Flag --app expects a value\n"],
    [["ps", "-a", "-r", "heroku"], " ›   Error: Flag --app expects a value\n"],
    [["ps", "-a", "x", "--app", "y"], " ›   Error: Flag --app can only be specified once\n"],
    [
      ["logs", "-n", "x"],
      " ›   Error: Parsing --num \n ›   \tExpected an integer but received: x\n ›   See more help with --help\n",
    ],
    [
      ["logs", "-d", "web.1", "-p", "web"],
      " ›   Error: The following error occurred:\n ›     --dyno-name=web.1 cannot also be provided when using --process-type\n ›   See more help with --help\n",
    ],
    [
      ["ps:restart", "--process-type=web", "--dyno-name=web.1"],
      " ›   Error: The following error occurred:\n ›     --dyno-name=web.1 cannot also be provided when using --process-type\n ›   See more help with --help\n",
    ],
  ])("%s is refused", async (args, stderr) => {
    const { run } = await createDeployedSession();
    expect(await run(...args)).toEqual({ code: 2, stdout: "", stderr });
  });

  it("does not know spaces between topic and command, like the real one", async () => {
    const { run } = await createDeployedSession();
    expect(await run("ps", "scale", "web=2")).toEqual({
      code: 1,
      stdout: "",
      stderr: "    Error: No scale dynos on hola\n",
    });
  });
});

describe("the app", () => {
  it("is required", async () => {
    const { run } = await createSession();
    expect(await run("ps")).toEqual({ code: 2, stdout: "", stderr: MISSING_APP });
  });

  it("comes from the flag, the variable, the remote, in this order", async () => {
    const session = await createSession({ env: { HEROKU_APP: "variable" } });
    for (const name of ["bandera", "variable", "remoto"]) await session.test.api("POST", "/apps", { name });
    session.remotes.set("heroku", "https://git.heroku.com/remoto.git");
    expect((await session.run("config", "-a", "bandera")).stdout).toContain("=== bandera Config Vars");
    expect((await session.run("config")).stdout).toContain("=== variable Config Vars");
  });

  it.each(["https://git.heroku.com/hola.git", "git@heroku.com:hola.git", "ssh://git@heroku.com/hola.git"])(
    "is that of the remote %s",
    async (url) => {
      const session = await createSession();
      await session.test.api("POST", "/apps", { name: "hola" });
      session.remotes.set("origin", "https://github.com/ana/hola.git");
      session.remotes.set("heroku", url);
      expect((await session.run("config")).stdout).toBe("=== hola Config Vars\n\n\n");
    },
  );

  it("is not chosen among several remotes", async () => {
    const session = await createSession();
    session.remotes.set("heroku", "https://git.heroku.com/hola-heroku.git");
    session.remotes.set("staging", "https://git.heroku.com/hola-staging.git");
    expect(await session.run("ps")).toEqual({
      code: 2,
      stdout: "",
      stderr: ` ›   Error: Multiple apps in git remotes
 ›     Usage: --remote staging
 ›        or: --app hola-staging
 ›     Your local git repository has more than 1 app referenced in git remotes.
 ›     Because of this, we can't determine which app you want to run this 
 ›   command against.
 ›     Specify the app you want with --app or --remote.
 ›     Heroku remotes in repo:
 ›     hola-heroku (heroku)
 ›   hola-staging (staging)
 ›
 ›     https://devcenter.heroku.com/articles/multiple-environments
`,
    });
  });

  it("is chosen among several by the remote's name", async () => {
    const session = await createSession();
    await session.test.api("POST", "/apps", { name: "hola-staging" });
    session.remotes.set("heroku", "https://git.heroku.com/hola.git");
    session.remotes.set("staging", "https://git.heroku.com/hola-staging.git");
    expect((await session.run("config", "-r", "staging")).stdout).toBe("=== hola-staging Config Vars\n\n\n");
    expect(await session.run("config", "-r", "prod")).toEqual({
      code: 2,
      stdout: "",
      stderr: " ›   Error: remote prod not found in git remotes\n",
    });
  });

  it("that does not exist is the API's to refuse", async () => {
    const { run } = await createSession();
    expect(await run("ps", "-a", "nada")).toEqual({
      code: 2,
      stdout: "",
      stderr: " ›   Error: Couldn't find that app.\n ›\n ›   Error ID: not_found\n",
    });
  });
});
