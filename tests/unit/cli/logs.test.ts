import { describe, expect, it } from "vitest";
import { LogColours } from "../../../src/cli/log-colours";
import { Style } from "../../../src/cli/terminal/style";
import { createDeployedSession, createSession, readable } from "./session";

const withoutTimes = (text: string) => text.replace(/^\S+ /gm, "");

describe("logs", () => {
  it("prints the last lines", async () => {
    const { run } = await createDeployedSession();
    const { code, stdout, stderr } = await run("logs");
    expect(stdout).toMatch(/^2026-11-23T15:00:00\.\d{6}\+00:00 app\[api\]: Initial release by user ana@example.com\n/);
    expect(stdout.trim().split("\n").length).toBeGreaterThan(10);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(withoutTimes((await run("logs", "-n", "1")).stdout)).toBe(
      "heroku[web.1]: State changed from starting to up\n",
    );
  });

  it.each([
    [["--source", "app", "-p", "web"], /^app\[web\.1\]: /],
    [["-s", "heroku"], /^heroku\[/],
    [["-d", "web.1"], /^(app|heroku)\[web\.1\]: /],
    [["--dyno", "api"], /^app\[api\]: /],
    [["--ps", "web"], /^(app|heroku)\[web\.1\]: /],
  ])("filters with %j", async (args, line) => {
    const { run } = await createDeployedSession();
    const lines = withoutTimes((await run("logs", ...args)).stdout)
      .trim()
      .split("\n");
    expect(lines.length).toBeGreaterThan(0);
    for (const each of lines) expect(each).toMatch(line);
  });

  it("follows until it is interrupted", async () => {
    const abort = new AbortController();
    let seen = "";
    let onLine: (() => void) | undefined;
    const session = await createDeployedSession({
      signal: abort.signal,
      onOutput(chunk) {
        seen += chunk;
        if (seen.includes("nueva línea")) onLine?.();
      },
    });
    const printed = new Promise<void>((resolve) => {
      onLine = resolve;
    });
    const running = session.run("logs", "--tail", "-n", "1");
    await session.test.clock.advance(0);
    session.test.runtime.process("web.1").print("una nueva línea");
    await printed;
    abort.abort();
    const { code, stdout, stderr } = await running;
    expect(withoutTimes(stdout)).toBe(
      "heroku[web.1]: State changed from starting to up\napp[web.1]: una nueva línea\n",
    );
    expect({ code, stderr }).toEqual({ code: 130, stderr: "" });
  });

  it("of an app that does not exist", async () => {
    const { run } = await createSession();
    expect(await run("logs", "-a", "nada")).toEqual({
      code: 2,
      stdout: "",
      stderr: " ›   Error: Couldn't find that app.\n ›\n ›   Error ID: not_found\n",
    });
  });

  it("are plain on a terminal that says so", async () => {
    const { run } = await createDeployedSession({ columns: 100, env: { HEROKU_LOGS_COLOR: "0" } });
    expect((await run("logs")).stdout).not.toContain("\u001b");
    const other = await createDeployedSession({ columns: 100 });
    expect((await other.run("logs", "--no-color")).stdout).not.toContain("\u001b");
    expect((await other.run("logs")).stdout).toContain("\u001b");
  });
});

describe("the colours of logs", () => {
  const colours = () => new LogColours(new Style(true, { TERM: "xterm-256color" }));
  const HEAD = "2026-11-23T15:00:00.000000+00:00 ";

  // As the published CLI paints them with 256 colours.
  it.each([
    [
      'heroku[router]: at=error code=H10 method=GET path="/" dyno= service=3ms status=503',
      '␛[38;5;40mHEADheroku[router]:␛[39m ␛[38;5;248mat=␛[39m␛[38;5;217merror␛[39m ␛[38;5;248mcode=␛[39m␛[38;5;217m␛[1mH10␛[22m␛[39m ␛[38;5;248mmethod=␛[39m␛[38;5;206mGET␛[39m ␛[38;5;248mpath=␛[39m␛[38;5;40m"/"␛[39m ␛[38;5;248mdyno=␛[39m␛[38;5;43m␛[39m ␛[38;5;248mservice=␛[39m␛[38;5;40m3ms␛[39m ␛[38;5;248mstatus=␛[39m␛[38;5;217m503␛[39m',
    ],
    [
      "heroku[web.1]: State changed from starting to up",
      "␛[38;5;116mHEADheroku[web.1]:␛[39m State changed from ␛[38;5;43mstarting␛[39m to ␛[38;5;40mup␛[39m",
    ],
    [
      "heroku[web.1]: Process exited with status 143",
      "␛[38;5;116mHEADheroku[web.1]:␛[39m Process exited with status ␛[38;5;217m143␛[39m",
    ],
    [
      "app[api]: Deploy 1a2b3c4d by user ana@example.com",
      "␛[38;5;43mHEADapp[api]:␛[39m Deploy ␛[38;5;116m1a2b3c4d␛[39m by user ␛[38;5;40mana@example.com␛[39m",
    ],
    [
      "app[api]: Release v3 created by user ana@example.com",
      "␛[38;5;43mHEADapp[api]:␛[39m Release ␛[38;5;206mv3␛[39m created by user ␛[38;5;40mana@example.com␛[39m",
    ],
    [
      "heroku[web.1]: Starting process with command `gunicorn app:app`",
      "␛[38;5;116mHEADheroku[web.1]:␛[39m Starting process with command ␛[48;5;237m␛[38;5;255m␛[1m`gunicorn app:app`␛[22m␛[39m␛[49m",
    ],
  ])("%s", (line, painted) => {
    expect(readable(colours().line(HEAD + line))).toBe(painted.replace("HEAD", HEAD));
  });

  it("leaves a message without the spaces around it, as the real command does", () => {
    expect(new LogColours(new Style(false, {})).line(`${HEAD}app[web.1]:     raise ValueError`)).toBe(
      `${HEAD}app[web.1]: raise ValueError`,
    );
  });
});
