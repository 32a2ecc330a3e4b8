import { describe, expect, it } from "vitest";
import { createDeployedSession, createSession, readable } from "./session";

const HOST = /-[0-9a-f]{12}\.herokuapp\.com/g;
const unhosted = (text: string) => text.replace(HOST, "-H.herokuapp.com");

describe("create", () => {
  it("makes an app and a remote", async () => {
    const session = await createSession();
    const { code, stdout, stderr } = await session.run("create", "hola");
    expect(unhosted(stdout)).toBe("https://hola-H.herokuapp.com/ | https://git.heroku.com/hola.git\n");
    expect(stderr).toBe("Creating hola... done\n");
    expect(code).toBe(0);
    expect([...session.remotes]).toEqual([["heroku", "https://git.heroku.com/hola.git"]]);
  });

  it("gives a name where there is none", async () => {
    const session = await createSession();
    const { stdout, stderr } = await session.run("apps:create");
    const [, name] = /^Creating app\.\.\. done, ([a-z]+-[a-z]+-\d{5})\n$/.exec(stderr) ?? [];
    expect(name).toBeDefined();
    expect(unhosted(stdout)).toBe(`https://${name}-H.herokuapp.com/ | https://git.heroku.com/${name}.git\n`);
  });

  it("says region and stack, and names the remote", async () => {
    const session = await createSession();
    const { stderr } = await session.run("create", "hola", "--region", "eu", "-s", "heroku-24", "-r", "europa");
    expect(stderr).toBe("Creating hola... done, region is eu, stack is heroku-24\n");
    expect([...session.remotes.keys()]).toEqual(["europa"]);
  });

  it("leaves remotes alone with -n, outside a repository, and where one is there", async () => {
    const without = await createSession();
    await without.run("create", "hola", "-n");
    expect([...without.remotes]).toEqual([]);
    const outside = await createSession({ repository: false });
    expect((await outside.run("create", "hola")).code).toBe(0);
    expect([...outside.remotes]).toEqual([]);
    const present = await createSession();
    present.remotes.set("heroku", "https://git.heroku.com/otra.git");
    await present.run("create", "hola");
    expect(present.remotes.get("heroku")).toBe("https://git.heroku.com/otra.git");
  });

  it("prints the API's answer as it came with --json", async () => {
    const { run, test } = await createSession();
    const { stdout } = await run("create", "hola", "--json");
    expect(stdout).toBe(`${JSON.stringify((await test.api("GET", "/apps/hola")).body, null, 2)}\n`);
  });

  it.each([
    ["hola", "Name hola is already taken"],
    [
      "Mala",
      "Name must start with a letter, end with a letter or digit and can \n ›   only contain lowercase letters, digits, and dashes.",
    ],
  ])("shows why %s cannot be", async (name, message) => {
    const { run } = await createDeployedSession();
    expect(await run("create", name)).toEqual({
      code: 2,
      stdout: "",
      stderr: `Creating ${name}... !\n ›   Error: ${message}\n ›\n ›   Error ID: invalid_params\n`,
    });
  });

  it("rewrites its line on a terminal, in colours", async () => {
    const { run } = await createSession({ columns: 80 });
    const { stderr } = await run("create", "hola");
    expect(readable(stderr)).toBe(
      "Creating ␛[38;5;147m⬢ hola␛[39m...\n␛[G␛[1A␛[JCreating ␛[38;5;147m⬢ hola␛[39m... done\n",
    );
    expect(readable((await run("create", "hola")).stderr)).toBe(
      "Creating ␛[38;5;147m⬢ hola␛[39m...\n␛[G␛[1A␛[JCreating ␛[38;5;147m⬢ hola␛[39m... ␛[1m␛[31m!␛[39m␛[22m\n" +
        " ␛[31m›␛[39m   Error: Name hola is already taken\n ␛[31m›␛[39m\n ␛[31m›␛[39m   Error ID: invalid_params\n",
    );
  });
});

describe("apps", () => {
  it("lists them by name, with the region where it is not the usual one", async () => {
    const { run } = await createSession();
    await run("create", "zeta");
    await run("create", "alfa", "--region", "eu");
    const expected = { code: 0, stdout: "=== ana@example.com Apps\n\nalfa (eu)\nzeta\n", stderr: "" };
    expect(await run("apps")).toEqual(expected);
    expect(await run("list")).toEqual(expected);
  });

  it("says when there are none", async () => {
    const { run } = await createSession();
    expect(await run("apps")).toEqual({ code: 0, stdout: "You have no apps.\n", stderr: "" });
  });
});

describe("apps:info", () => {
  const INFO = `=== hola

Auto Cert Mgmt: false
Git URL:        https://git.heroku.com/hola.git
Web URL:        https://hola-H.herokuapp.com/
Repo Size:      0 B
Slug Size:      21 MB
Owner:          ana@example.com
Region:         us
Dynos:          web: 1
Stack:          heroku-26
`;

  it.each([["info"], ["apps:info", "hola"], ["info", "-a", "hola"]])("%s %s", async (...args) => {
    const { run } = await createDeployedSession();
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout: unhosted(stdout), stderr }).toEqual({ code: 0, stdout: INFO, stderr: "" });
  });

  it("prints pairs for the shell", async () => {
    const { run } = await createDeployedSession();
    expect(unhosted((await run("info", "-s")).stdout)).toBe(`auto_cert_mgmt=false
addons=
collaborators=
git_url=https://git.heroku.com/hola.git
web_url=https://hola-H.herokuapp.com/
repo_size=0 B
slug_size=21 MB
owner=ana@example.com
region=us
dynos={ web: 1 }
stack=heroku-26
`);
  });

  it("wants an app", async () => {
    const { run } = await createSession();
    expect(await run("info")).toEqual({
      code: 1,
      stdout: "",
      stderr: "    Error: No app specified.\n    USAGE: heroku apps:info --app my-app\n",
    });
  });
});

describe("apps:destroy", () => {
  it("destroys what was confirmed, and its remotes", async () => {
    const session = await createDeployedSession();
    session.remotes.set("origin", "https://github.com/ana/hola.git");
    session.remotes.set("otro", "git@heroku.com:hola.git");
    expect(await session.run("apps:destroy", "-a", "hola", "--confirm", "hola")).toEqual({
      code: 0,
      stdout: "",
      stderr: "Destroying hola (including all add-ons)... done\n",
    });
    expect(session.test.platform.app("hola")).toBeUndefined();
    expect([...session.remotes.keys()]).toEqual(["origin"]);
  });

  it("destroys nothing for another name", async () => {
    const session = await createDeployedSession();
    expect(await session.run("apps:destroy", "-c", "otra")).toEqual({
      code: 1,
      stdout: "",
      stderr: "    Error: Confirmation otra did not match hola. Aborted.\n",
    });
    expect(session.test.platform.app("hola")).toBeDefined();
  });

  it("asks on a terminal", async () => {
    const wrong = await createDeployedSession({ columns: 100, answer: "no", env: { NO_COLOR: "1" } });
    expect(await wrong.run("apps:destroy")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        " ›   Warning: This will delete hola including all add-ons.\n\n" +
        "? To proceed, type hola or re-run this command with --confirm hola " +
        "    Error: Confirmation did not match hola. Aborted.\n",
    });
    const right = await createDeployedSession({ columns: 100, answer: "hola" });
    expect((await right.run("destroy")).code).toBe(0);
    expect(right.test.platform.app("hola")).toBeUndefined();
  });

  it("destroys nothing where nobody answers", async () => {
    const session = await createDeployedSession();
    expect((await session.run("apps:destroy")).code).toBe(1);
    expect(session.test.platform.app("hola")).toBeDefined();
  });

  it("wants an app", async () => {
    const { run } = await createSession();
    expect((await run("apps:destroy")).stderr).toBe(
      "    Error: No app specified.\n    USAGE: heroku apps:destroy APPNAME\n",
    );
  });
});

describe("apps:rename", () => {
  it("renames, and takes the remotes along", async () => {
    const session = await createDeployedSession();
    const { code, stdout, stderr } = await session.run("apps:rename", "adios");
    expect(unhosted(stdout)).toBe(
      "https://adios-H.herokuapp.com/ | https://git.heroku.com/adios.git\nGit remote heroku updated\nGit remote heroku updated\n",
    );
    expect(stderr).toBe(
      "Renaming hola to adios... done\n ›   Warning: Don't forget to update git remotes for all other local checkouts \n ›   of the app.\n",
    );
    expect(code).toBe(0);
    expect(session.remotes.get("heroku")).toBe("https://git.heroku.com/adios.git");
  });
});

describe("git:remote", () => {
  it("adds a remote, or moves it", async () => {
    const session = await createDeployedSession();
    session.remotes.clear();
    expect(await session.run("git:remote", "-a", "hola")).toEqual({
      code: 0,
      stdout: "set git remote heroku to https://git.heroku.com/hola.git\n",
      stderr: "",
    });
    await session.run("create", "otra", "-n");
    await session.run("git:remote", "-a", "otra");
    await session.run("git:remote", "hola", "-r", "staging");
    expect([...session.remotes]).toEqual([
      ["heroku", "https://git.heroku.com/otra.git"],
      ["staging", "https://git.heroku.com/hola.git"],
    ]);
  });

  it("wants an app that exists, and a repository", async () => {
    const session = await createSession({ repository: false });
    expect(await session.run("git:remote")).toEqual({
      code: 2,
      stdout: "",
      stderr: " ›   Error: Specify an app with --app\n",
    });
    expect((await session.run("git:remote", "-a", "nada")).stderr).toContain("Couldn't find that app.");
    await session.run("create", "hola");
    expect(await session.run("git:remote", "-a", "hola")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "    Error: Command failed: git remote\n    fatal: not a git repository (or any of the parent directories): .git\n\n    Code: 128\n",
    });
  });
});

describe("open", () => {
  it("shows the app, at a path", async () => {
    const session = await createDeployedSession();
    const host = session.test.platform.app("hola")?.host;
    expect(await session.run("open")).toEqual({ code: 0, stdout: `Opening https://${host}/...\n`, stderr: "" });
    expect((await session.run("apps:open", "/saludo?a=1")).stdout).toBe(`Opening https://${host}/saludo?a=1...\n`);
    expect(session.opened).toEqual([`https://${host}/`, `https://${host}/saludo?a=1`]);
  });
});

describe("whoami and regions", () => {
  it("say who and where", async () => {
    const { run } = await createSession();
    expect(await run("whoami")).toEqual({ code: 0, stdout: "ana@example.com\n", stderr: "" });
    expect(await run("regions")).toEqual({
      code: 0,
      stdout:
        "  ID   Location        Runtime\n ─────────────────────────────────────\n  eu   Europe          Common Runtime\n  us   United States   Common Runtime\n\n",
      stderr: "",
    });
  });
});
