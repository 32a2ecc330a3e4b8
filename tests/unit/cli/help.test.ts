import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSession } from "./session";

/** What version 11.10.0 of the published CLI printed for `heroku help …`, outside a repository. */
const folder = join(import.meta.dirname, "help");
const recorded = readdirSync(folder).map((file) => ({
  command: file.replace(".txt", "").replace("-", ":"),
  text: readFileSync(join(folder, file), "utf8"),
}));

describe("help", () => {
  it.each(recorded)("of $command is that of the published CLI", async ({ command, text }) => {
    const { run } = await createSession({ repository: false });
    expect(await run("help", command)).toEqual({ code: 0, stdout: text, stderr: "" });
  });

  it.each([
    ["ps:scale", "--help"],
    ["--help", "ps:scale"],
    ["ps:scale", "-h"],
    ["help", "ps:scale", "web=2"],
  ])("is found by %s %s", async (...args) => {
    const { run } = await createSession({ repository: false });
    const help = recorded.find(({ command }) => command === "ps:scale");
    expect(await run(...args)).toEqual({ code: 0, stdout: help?.text, stderr: "" });
  });

  it("is what a bare heroku prints, and a bare topic", async () => {
    const { run } = await createSession({ repository: false });
    const text = (name: string) => recorded.find(({ command }) => command === name)?.text;
    expect((await run()).stdout).toBe(text("help"));
    expect((await run("--help")).stdout).toBe(text("help"));
    expect((await run("git")).stdout).toBe(text("git"));
  });

  it("shows the app that the repository names", async () => {
    const session = await createSession();
    session.remotes.set("heroku", "https://git.heroku.com/hola.git");
    const { stdout } = await session.run("help", "config:unset");
    expect(stdout).toContain(
      "  -a, --app=<value>     (required) [default: hola, env: HEROKU_APP] app to run\n                        command against\n",
    );
  });

  it("stacks flags where a terminal is narrow, with titles in bold", async () => {
    const { run } = await createSession({ columns: 40 });
    const { stdout } = await run("help", "apps:create");
    expect(stdout).toContain(
      [
        "\u001b[1mUSAGE\u001b[22m",
        "  $ heroku apps:create [APP]",
        "    [--prompt] [--addons <value>] [-b",
        "    <value>] [--json] [-n] [--region",
        "    <value>] [-r <value>] [--space",
        "    <value>] [-s <value>] [-t <value>]",
        "",
      ].join("\n"),
    );
    expect(stdout).toContain(
      '  -r, --remote=\u001b[4m<value>\u001b[24m\n      [default: heroku] the git remote to\n      create, default "heroku"\n\n',
    );
  });

  it("says which word is no command", async () => {
    const { run } = await createSession();
    expect(await run("help", "nada")).toEqual({ code: 2, stdout: "", stderr: " ›   Error: Command nada not found.\n" });
  });
});

describe("version", () => {
  it.each(["--version", "version", "-v"])("%s", async (word) => {
    const { run } = await createSession();
    expect(await run(word)).toEqual({ code: 0, stdout: "heroku/11.10.0 linux-x64 node-v22.20.0\n", stderr: "" });
  });
});
