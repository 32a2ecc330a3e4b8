import { describe, expect, it } from "vitest";
import type { GitHttp } from "../../../src/git/ports";
import { onDisk, realGit } from "./export";
import { type Learner, learner, output } from "./learner";
import { accepting, type Build, serverDouble } from "./platform-double";

const URL = "https://git.heroku.com/hola-flask.git";
const HEADER = "remote: -----> Building on the Heroku-26 stack        \nremote: \nremote:        Released v3        \n";

const rejecting: Build = async (_request, out) => {
  out.line(" !     Push rejected, failed to compile Python app.");
  return { status: "rejected", reason: "compile" };
};

async function project(http: GitHttp): Promise<Learner> {
  const me = learner({ http });
  await me.git("init");
  me.files.writeFile(`${me.cwd}/app.py`, "from flask import Flask\n\napp = Flask(__name__)\n");
  me.files.writeFile(`${me.cwd}/Procfile`, "web: gunicorn app:app\n");
  me.files.makeDirectory(`${me.cwd}/templates`);
  me.files.writeFile(`${me.cwd}/templates/inicio.html`, "<h1>Hola</h1>\n");
  await me.git("add", ".");
  await me.git("commit", "-m", "Primera versión");
  await me.git("remote", "add", "heroku", URL);
  return me;
}

async function rev(me: Learner, name: string): Promise<string> {
  return (await me.git("rev-parse", name)).stdout.trim();
}

async function change(me: Learner, text: string): Promise<string> {
  me.files.writeFile(`${me.cwd}/app.py`, text);
  await me.git("commit", "-am", text.trim());
  return rev(me, "HEAD");
}

describe("git push", () => {
  it("sends a first version and shows the build", async () => {
    const server = serverDouble(accepting);
    const me = await project(server.http);
    const tree = await rev(me, "HEAD^{tree}");
    const ran = await me.git("push", "heroku", "main");
    expect(ran).toEqual({
      code: 0,
      stdout: "",
      stderr: `remote: Updated 3 paths from ${tree.slice(0, 7)}        \n${HEADER}To ${URL}\n * [new branch]      main -> main\n`,
    });
    const oid = await rev(me, "HEAD");
    expect(server.builds).toEqual([{ app: "id-0", commit: oid, branch: "main" }]);
    const source = await server.source.read("id-0", oid);
    expect([...source.keys()].sort()).toEqual(["Procfile", "app.py", "templates/inicio.html"]);
    onDisk(me.files, me.cwd, (folder) => {
      expect(realGit(folder, "fsck", "--full", "--strict")).toBe("");
      expect(realGit(folder, "status", "--porcelain")).toBe("");
      expect(realGit(folder, "rev-parse", "heroku/main").trim()).toBe(oid);
    });
    onDisk(server.files, "/srv/git/id-0.git", (folder) => {
      expect(realGit(folder, "fsck", "--full", "--strict")).toBe("");
      expect(realGit(folder, "log", "--format=%H %s", "main").trim()).toBe(`${oid} Primera versión`);
    });
    expect((await me.git("push", "heroku", "main")).stderr).toBe("Everything up-to-date\n");
  });

  it("sends only what is new the second time", async () => {
    const server = serverDouble(accepting);
    const me = await project(server.http);
    await me.git("push", "-q", "-u", "heroku", "main");
    const first = await rev(me, "HEAD");
    const second = await change(me, "otro = 1\n");
    const err: string[] = [];
    const ran = await me.run(["push"], { stderr: output(err, true) });
    expect(ran.code).toBe(0);
    const lines = err.join("").split("\n");
    expect(lines.slice(0, 2)).toEqual(["Enumerating objects: 5, done.", "Counting objects: 100% (5/5), done."]);
    expect(err.join("")).toMatch(
      /\nWriting objects: 100% \(3\/3\), \d+ bytes \| [\d.]+ (KiB|MiB|bytes)\/s, done\.\nTotal 3 /,
    );
    expect(lines.slice(-3)).toEqual([`To ${URL}`, `   ${first.slice(0, 7)}..${second.slice(0, 7)}  main -> main`, ""]);
    expect((await me.git("status", "-sb")).stdout).toBe("## main...heroku/main\n");
    onDisk(server.files, "/srv/git/id-0.git", (folder) => {
      expect(realGit(folder, "fsck", "--full", "--strict")).toBe("");
      expect(realGit(folder, "rev-list", "--count", "main").trim()).toBe("2");
    });
  });

  it("shows the build while it runs", async () => {
    const gate = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    const server = serverDouble(async (request, out, signal) => {
      out.line("-----> Primera parte");
      await gate.promise;
      return accepting(request, out, signal);
    });
    const me = await project(server.http);
    const err: string[] = [];
    const stderr = output(err);
    const running = me.run(["push", "heroku", "main"], {
      stderr: {
        isTerminal: false,
        write: async (chunk) => {
          await stderr.write(chunk);
          if (chunk.includes("Primera parte")) seen.resolve();
        },
      },
    });
    await seen.promise;
    expect(err.join("")).not.toContain("Released");
    gate.resolve();
    expect((await running).code).toBe(0);
    expect(err.join("")).toContain("Released v3");
  });

  it("leaves nothing behind when the build fails", async () => {
    const server = serverDouble(rejecting);
    const me = await project(server.http);
    const ran = await me.git("push", "heroku", "main");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("remote:  !     Push rejected, failed to compile Python app.        \n");
    expect(ran.stderr).toMatch(
      /To https:\/\/git\.heroku\.com\/hola-flask\.git\n ! \[remote rejected\] main -> main \(pre-receive hook declined\)\nerror: failed to push some refs to 'https:\/\/git\.heroku\.com\/hola-flask\.git'\n$/,
    );
    expect(server.files.readDirectory("/srv/git/id-0.git/objects/pack")).toEqual([]);
    expect(server.files.readDirectory("/srv/git/id-0.git/refs/heads")).toEqual([]);
    expect((await me.git("branch", "-r")).stdout).toBe("");
  });

  it("refuses a history that was rewritten, unless forced", async () => {
    const server = serverDouble(accepting);
    const me = await project(server.http);
    await change(me, "dos\n");
    await me.git("push", "heroku", "main");
    const old = await rev(me, "HEAD");
    await me.git("reset", "--hard", "HEAD~1");
    const ran = await me.git("push", "heroku", "main");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      / ! \[rejected\] {8}main -> main \(non-fast-forward\)\nerror: failed to push some refs to '.*'\nhint: /,
    );
    expect(server.builds).toHaveLength(1);
    const now = await change(me, "tres\n");
    const forced = await me.git("push", "-f", "heroku", "main");
    expect(forced.code).toBe(0);
    expect(forced.stderr).toContain(` + ${old.slice(0, 7)}...${now.slice(0, 7)} main -> main (forced update)\n`);
  });

  it("says that the remote has commits that are not here", async () => {
    const server = serverDouble(accepting);
    const ana = await project(server.http);
    await change(ana, "de Ana\n");
    await ana.git("push", "heroku", "main");
    const luis = await project(server.http);
    await change(luis, "de Luis\n");
    const ran = await luis.git("push", "heroku", "main");
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(" ! [rejected]        main -> main (fetch first)\n");
  });

  it("pushes another branch to main, and another branch alone", async () => {
    const server = serverDouble(async (request, out, signal) =>
      request.branch === "main" ? accepting(request, out, signal) : { status: "skipped" },
    );
    const me = await project(server.http);
    await me.git("switch", "-c", "mejora");
    const alone = await me.git("push", "heroku", "mejora");
    expect(alone).toEqual({ code: 0, stdout: "", stderr: `To ${URL}\n * [new branch]      mejora -> mejora\n` });
    expect((await me.git("push", "heroku", "mejora:main")).stderr).toContain(" * [new branch]      mejora -> main\n");
    expect((await me.git("push", "heroku", "--delete", "mejora")).stderr).toBe(
      `To ${URL}\n - [deleted]         mejora\n`,
    );
    const main = await me.git("push", "heroku", ":main");
    expect(main.code).toBe(1);
    expect(main.stderr).toContain(" ! [remote rejected] main (deletion of the current branch prohibited)\n");
    expect((await me.git("push", "heroku", ":nada")).stderr).toBe(
      `error: unable to delete 'nada': remote ref does not exist\nerror: failed to push some refs to '${URL}'\n`,
    );
  });

  it("says when there is no such app, and when the host cannot be reached", async () => {
    const server = serverDouble(accepting);
    const me = await project(server.http);
    await me.git("remote", "set-url", "heroku", "https://git.heroku.com/otra-app.git");
    expect(await me.git("push", "heroku", "main")).toEqual({
      code: 128,
      stdout: "",
      stderr:
        "remote: !\tNo such app as otra-app.\nfatal: repository 'https://git.heroku.com/otra-app.git/' not found\n",
    });
    await me.git("remote", "add", "origin", "https://github.com/ana/hola.git");
    expect((await me.git("push", "origin", "main")).stderr).toBe(
      "fatal: unable to access 'https://github.com/ana/hola.git/': Could not resolve host: github.com\n",
    );
  });

  it("keeps the repositories of two apps apart", async () => {
    const server = serverDouble(accepting, ["hola-flask", "otra-app"]);
    const me = await project(server.http);
    await me.git("remote", "add", "otra", "https://git.heroku.com/otra-app.git");
    await me.git("push", "heroku", "main");
    const second = await change(me, "dos\n");
    await me.git("push", "otra", "main");
    expect(server.builds.map(({ app }) => app)).toEqual(["id-0", "id-1"]);
    await expect(server.source.read("id-0", second)).rejects.toThrow();
    expect(new TextDecoder().decode((await server.source.read("id-1", second)).get("app.py")?.data)).toBe("dos\n");
  });

  it("cancels the build on Ctrl-C", async () => {
    const started = Promise.withResolvers<AbortSignal>();
    const server = serverDouble((_request, out, signal) => {
      out.line("-----> Construyendo");
      started.resolve(signal);
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const me = await project(server.http);
    const interrupt = new AbortController();
    const running = me.run(["push", "heroku", "main"], { signal: interrupt.signal });
    const signal = await started.promise;
    interrupt.abort();
    expect((await running).code).toBe(130);
    expect(signal.aborted).toBe(true);
    expect(server.files.readDirectory("/srv/git/id-0.git/objects/pack")).toEqual([]);
  });

  it("pushes tags and all branches", async () => {
    const server = serverDouble(accepting);
    const me = await project(server.http);
    await me.git("tag", "v1");
    await me.git("tag", "-a", "v2", "-m", "Dos");
    expect((await me.git("push", "heroku", "v1")).stderr).toBe(`To ${URL}\n * [new tag]         v1 -> v1\n`);
    expect((await me.git("push", "--tags", "heroku")).stderr).toBe(`To ${URL}\n * [new tag]         v2 -> v2\n`);
    expect((await me.git("push", "--all", "heroku")).stderr).toContain(" * [new branch]      main -> main\n");
    expect(server.builds).toHaveLength(1);
    onDisk(server.files, "/srv/git/id-0.git", (folder) =>
      expect(realGit(folder, "fsck", "--full", "--strict")).toBe(""),
    );
  });
});
