import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onDisk, realGit } from "./export";
import { learner, output } from "./learner";
import { type Loopback, listen, runGit } from "./loopback";
import { accepting, type Build, serverDouble } from "./platform-double";

let folder = "";
let loopback: Loopback | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "despliega-"));
});
afterEach(async () => {
  await loopback?.close();
  rmSync(folder, { recursive: true });
});

async function serve(build: Build) {
  const server = serverDouble(build);
  loopback = await listen(server.server);
  return { ...server, url: `${loopback.url}/hola-flask.git` };
}

async function commit(name: string, text: string): Promise<string> {
  writeFileSync(join(folder, name), text);
  await runGit(folder, ["add", "."]);
  await runGit(folder, ["commit", "-m", name]);
  return (await runGit(folder, ["rev-parse", "HEAD"])).stdout.trim();
}

describe("the real Git as client", () => {
  it("pushes, also thin packs and large ones, and clones", async () => {
    const server = await serve(accepting);
    await runGit(folder, ["init"]);
    const long = Array.from({ length: 400 }, (_, i) => `línea ${i} ${i * 7919}`).join("\n");
    await commit("app.py", long);
    const first = await runGit(folder, ["push", server.url, "main"]);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain(
      "remote: -----> Building on the Heroku-26 stack        \nremote: \nremote:        Released v3",
    );
    // A small change of a large file travels as a delta against what the server has.
    const second = await commit("app.py", `${long}\notra línea\n`);
    expect((await runGit(folder, ["push", server.url, "main"])).code).toBe(0);
    // More than http.postBuffer: a probe request first, then chunks.
    const third = await commit(
      "datos.bin",
      Array.from({ length: 30_000 }, (_, i) => (i * 2654435761) % 4294967296).join(","),
    );
    expect((await runGit(folder, ["-c", "http.postBuffer=65536", "push", server.url, "main"])).code).toBe(0);
    expect(server.builds.map((build) => build.commit).slice(1)).toEqual([second, third]);
    expect([...(await server.source.read("id-0", third)).keys()].sort()).toEqual(["app.py", "datos.bin"]);
    onDisk(server.files, "/srv/git/id-0.git", (bare) => expect(realGit(bare, "fsck", "--full", "--strict")).toBe(""));
    const cloned = await runGit(folder, ["clone", server.url, "copia"]);
    expect(cloned.code).toBe(0);
    expect(realGit(join(folder, "copia"), "rev-parse", "HEAD").trim()).toBe(third);
    const fourth = await commit("mas.txt", "más\n");
    await runGit(folder, ["push", server.url, "main"]);
    expect((await runGit(join(folder, "copia"), ["-c", "fetch.prune=true", "pull", "--ff-only"])).code).toBe(0);
    expect(realGit(join(folder, "copia"), "rev-parse", "HEAD").trim()).toBe(fourth);
  });

  it("hears the build while it runs, and why it was declined", async () => {
    const gate = Promise.withResolvers<void>();
    const server = await serve(async (_request, out) => {
      out.line("-----> Primera parte");
      await gate.promise;
      return { status: "rejected", reason: "no" };
    });
    await runGit(folder, ["init"]);
    await commit("app.py", "x\n");
    const ran = await runGit(folder, ["push", server.url, "main"], (text) => {
      // Only what was already sent can open the gate.
      if (text.includes("Primera parte")) gate.resolve();
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(" ! [remote rejected] main -> main (pre-receive hook declined)\n");
  });

  it("aborts the build when it goes away", async () => {
    const aborted = Promise.withResolvers<void>();
    const server = await serve((_request, out, signal) => {
      out.line("-----> Construyendo");
      return new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => {
          aborted.resolve();
          reject(signal.reason);
        }),
      );
    });
    await runGit(folder, ["init"]);
    await commit("app.py", "x\n");
    const running = runGit(folder, ["push", server.url, "main"], (text) => {
      if (text.includes("Construyendo")) void loopback?.close();
    });
    await aborted.promise;
    expect((await running).code).not.toBe(0);
  });

  it("says that there is no such app", async () => {
    const server = await serve(accepting);
    await runGit(folder, ["init"]);
    await commit("app.py", "x\n");
    const url = server.url.replace("hola-flask", "nada");
    const ran = await runGit(folder, ["push", url, "main"]);
    expect(ran).toEqual({
      code: 128,
      stdout: "",
      stderr: `remote: !\tNo such app as nada.\nfatal: repository '${url}/' not found\n`,
    });
  });

  it("counts objects as our client does", async () => {
    const server = await serve(accepting);
    const me = learner({ http: (request, signal) => server.server.handle(request, signal) });
    await runGit(folder, ["init"]);
    await me.git("init");
    await me.git("remote", "add", "heroku", "https://git.heroku.com/hola-flask.git");
    const rounds: Record<string, string>[] = [
      {
        "app.py": "app = 1\n",
        Procfile: "web: gunicorn app:app\n",
        "templates/a.html": "<p>a</p>\n",
        "templates/b.html": "<p>b</p>\n",
      },
      { "app.py": "app = 2\n" },
      {
        "templates/a.html": "<p>aa</p>\n",
        "static/css/x.css": `body { color: red; background: white; padding: 1em; margin: 0 }\n`,
      },
    ];
    const counts = (text: string): string[] => [
      ...new Set(
        text.match(
          /(?:(?:Enumerating|Counting|Compressing) objects: [^,\r\n]*, done|Writing objects: 100% [^,\r\n]*)/g,
        ),
      ),
    ];
    for (const [round, files] of rounds.entries()) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(join(folder, name, ".."), { recursive: true });
        writeFileSync(join(folder, name), text);
        me.files.makeDirectory(join(me.cwd, name, ".."), { recursive: true });
        me.files.writeFile(join(me.cwd, name), text);
      }
      await runGit(folder, ["add", "."]);
      await runGit(folder, ["commit", "-m", `${round}`]);
      await me.git("add", ".");
      await me.git("commit", "-m", `${round}`);
      const err: string[] = [];
      await me.run(["push", "--force", "heroku", "main"], { stderr: output(err, true) });
      const mine = counts(err.join(""));
      // The same push by the real Git, to the server as it was before: a branch of its own.
      const real = await runGit(folder, ["push", "--progress", server.url, "main:real"]);
      expect(mine).toEqual(counts(real.stderr));
      expect(mine.length).toBeGreaterThanOrEqual(3);
    }
  });
});
