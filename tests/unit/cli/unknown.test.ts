import { describe, expect, it } from "vitest";
import { nearestCommand } from "../../../src/cli/suggestion";
import { createDeployedSession, createSession, readable } from "./session";

describe("a command that does not exist", () => {
  it("is named, with exit code 127", async () => {
    const { run } = await createSession();
    expect(await run("pss")).toEqual({
      code: 127,
      stdout: "",
      stderr:
        " ›   Warning: pss is not a heroku command.\n ›   Error: Run heroku help for a list of available commands.\n",
    });
  });

  it("sends to the help of its topic", async () => {
    const { run } = await createSession();
    expect((await run("config:st")).stderr).toBe(
      " ›   Warning: config:st is not a heroku command.\n ›   Error: Run heroku help config for a list of available commands.\n",
    );
  });

  it.each(["", "y", "Yes"])("runs the one that was meant when «%s» is answered", async (answer) => {
    const { run } = await createDeployedSession({ columns: 80, answer, env: { NO_COLOR: "1" } });
    const { code, stdout, stderr } = await run("pss");
    expect(stderr).toBe(" ›   Warning: pss is not a heroku command.\n Did you mean ps? (Y/n) ");
    expect(stdout).toBe("=== web (Basic): gunicorn app:app (1)\n\nweb.1: up 2026/11/23 15:00:00 +0000 (~ 0s ago)\n\n");
    expect(code).toBe(0);
  });

  it("ends when no is answered", async () => {
    const { run } = await createSession({ columns: 80, answer: "n" });
    const { code, stdout, stderr } = await run("pss");
    expect(readable(stderr)).toBe(
      " ␛[33m›␛[39m   Warning: ␛[33mpss␛[39m is not a heroku command.\n" +
        " ␛[0mDid you mean ␛[94mps␛[39m?␛[0m ␛[2m(Y/n)␛[22m " +
        " ␛[31m›␛[39m   Error: Run ␛[36m␛[1mheroku help␛[22m␛[39m for a list of available commands.\n",
    );
    expect({ code, stdout }).toEqual({ code: 127, stdout: "" });
  });

  it("takes the words of the line along", async () => {
    const session = await createDeployedSession({ columns: 80, answer: "y", env: { NO_COLOR: "1" } });
    const { stdout } = await session.run("confg:set", "SALUDO=hola");
    expect(stdout).toBe("SALUDO: hola\n");
  });

  // What the published CLI suggests for each.
  it.each([
    ["pss", "ps"],
    ["creat", "certs"],
    ["confg:set", "config:set"],
    ["scael", "local"],
    ["PS", "ps"],
    ["relases", "releases"],
    ["helpp", "help:helpp"],
    ["config:help", "help:config"],
  ])("%s is nearest to %s", (word, command) => {
    expect(nearestCommand(word)).toBe(command);
  });
});

describe("a command that exists only in the real CLI", () => {
  it.each([["addons"], ["addons:create", "heroku-postgresql"], ["login"], ["run", "bash"], ["help", "addons"]])(
    "%s is said not to be here",
    async (...args) => {
      const { run } = await createSession();
      const name = args[0] === "help" ? "addons" : args[0] === "login" ? "auth:login" : args[0];
      expect(await run(...args)).toEqual({
        code: 1,
        stdout: "",
        stderr: `«heroku ${name}» existe en la CLI de Heroku, pero este simulador todavía no lo tiene.\n`,
      });
    },
  );

  it("is the same with --prompt", async () => {
    const { run } = await createDeployedSession();
    expect((await run("ps", "--prompt")).stderr).toBe(
      "«heroku ps --prompt» existe en la CLI de Heroku, pero este simulador todavía no lo tiene.\n",
    );
  });
});
