import { describe, expect, it } from "vitest";
import { createDeployedSession, createSession, readable } from "./session";

describe("config", () => {
  it("sets, lists and removes, each time with a new release", async () => {
    const { run } = await createDeployedSession();
    expect(await run("config:set", "DEBUG=True", "LONGER_KEY=x=y")).toEqual({
      code: 0,
      stdout: "DEBUG:      True\nLONGER_KEY: x=y\n",
      stderr: "Setting DEBUG, LONGER_KEY and restarting hola... done, v4\n",
    });
    expect(await run("config")).toEqual({
      code: 0,
      stdout: "=== hola Config Vars\n\nDEBUG:      True\nLONGER_KEY: x=y\n",
      stderr: "",
    });
    expect(await run("config:unset", "DEBUG", "LONGER_KEY")).toEqual({
      code: 0,
      stdout: "",
      stderr: "Unsetting DEBUG, LONGER_KEY and restarting hola... done, v5\n",
    });
    expect((await run("config")).stdout).toBe("=== hola Config Vars\n\n\n");
  });

  it("shows an empty value with quotes, and not among those that were set", async () => {
    const { run } = await createDeployedSession();
    expect((await run("config:set", "A=", "B=1")).stdout).toBe("B: 1\n");
    expect((await run("config")).stdout).toBe("=== hola Config Vars\n\nA: ''\nB: 1\n");
  });

  it("quotes for the shell only what needs it", async () => {
    const { run } = await createDeployedSession();
    await run("config:set", "LLANO=False", "ESPACIO=abc 123", 'APÓSTROFO=it\'s $5 "no"', "LINEAS=a\nb");
    expect((await run("config", "-s")).stdout).toBe(
      `LLANO=False\nESPACIO='abc 123'\nAPÓSTROFO="it's \\$5 \\"no\\""\nLINEAS="a\\nb"\n`,
    );
    expect((await run("config:get", "--shell", "ESPACIO", "NADA")).stdout).toBe("ESPACIO='abc 123'\nNADA=\n");
  });

  it("gives JSON", async () => {
    const { run } = await createDeployedSession();
    await run("config:set", "B=1", "A=2");
    expect((await run("config", "--json")).stdout).toBe('{\n  "B": "1",\n  "A": "2"\n}\n');
    expect((await run("config:get", "B", "-j")).stdout).toBe('{\n  "key": "B",\n  "value": "1"\n}\n');
    expect((await run("config:get", "B", "C", "-j")).stdout).toBe(
      '[\n  {\n    "key": "B",\n    "value": "1"\n  },\n  {\n    "key": "C",\n    "value": null\n  }\n]\n',
    );
  });

  it("gets bare values, and an empty line for what is not there", async () => {
    const { run } = await createDeployedSession();
    await run("config:set", "A=uno dos");
    expect(await run("config:get", "A", "NADA")).toEqual({ code: 0, stdout: "uno dos\n\n", stderr: "" });
  });

  it.each([
    [
      ["config:set"],
      1,
      "Usage: heroku config:set KEY1=VALUE1 [KEY2=VALUE2 ...]\n ›   Must specify KEY and VALUE to set.",
    ],
    [["config:set", "MALA"], 1, "MALA is invalid. Must be in the format FOO=bar."],
    [["config:unset"], 2, "Usage: heroku config:unset KEY1 [KEY2 ...]\n ›   Must specify KEY to unset."],
  ])("%s is refused with %i", async (args, code, message) => {
    const { run, test } = await createDeployedSession();
    expect(await run(...args)).toEqual({ code, stdout: "", stderr: ` ›   Error: ${message}\n` });
    expect((await test.api("GET", "/apps/hola/config-vars")).body).toEqual({});
  });

  it("is painted on a terminal", async () => {
    const { run } = await createDeployedSession({ columns: 80 });
    const { stdout, stderr } = await run("config:set", "B=2");
    const title = "Setting ␛[38;5;212mB␛[39m and restarting ␛[38;5;147m⬢ hola␛[39m...";
    expect(readable(stderr)).toBe(`${title}\n␛[G␛[1A␛[J${title} done, ␛[38;5;212mv4␛[39m\n`);
    expect(readable(stdout)).toBe("␛[1m␛[38;5;212mB␛[39m␛[22m: 2\n");
    expect(readable((await run("config")).stdout)).toBe(
      "␛[1m=== ␛[22m␛[1m␛[38;5;147m⬢ hola␛[39m Config Vars␛[22m\n\n␛[1m␛[38;5;212mB␛[39m␛[22m: 2\n",
    );
  });

  it("wraps at the width of the terminal, but never under 40 columns", async () => {
    const { run } = await createSession({ columns: 20, env: { HEROKU_APP: "hola", NO_COLOR: "1" } });
    expect((await run("config:set", "X")).stderr).toBe(
      " ›   Error: X is invalid. Must be in \n ›   the format FOO=bar.\n",
    );
  });
});
