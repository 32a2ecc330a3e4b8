import { describe, expect, it } from "vitest";
import { onDisk, realGit } from "./export";
import { learner, output } from "./learner";
import { accepting, serverDouble } from "./platform-double";

const URL = "https://git.heroku.com/hola-flask.git";

async function project(http: ReturnType<typeof serverDouble>["http"]) {
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

describe("git push", () => {
  it("sends a first version and shows the build", async () => {
    const server = serverDouble(accepting);
    const me = await project(server.http);
    const tree = (await me.git("rev-parse", "HEAD^{tree}")).stdout;
    const ran = await me.git("push", "heroku", "main");
    expect(ran).toEqual({
      code: 0,
      stdout: "",
      stderr:
        `remote: Updated 3 paths from ${tree.slice(0, 7)}        \n` +
        "remote: -----> Building on the Heroku-26 stack        \nremote: \nremote:        Released v3        \n" +
        `To ${URL}\n * [new branch]      main -> main\n`,
    });
    const oid = (await me.git("rev-parse", "HEAD")).stdout.trim();
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

  it("prints the numbers of Git on a terminal", async () => {
    const server = serverDouble(accepting);
    const me = await project(server.http);
    const err: string[] = [];
    await me.run(["push", "heroku", "main"], { stderr: output(err, true) });
    const lines = err.join("").split("\n");
    expect(lines[0]).toBe("Enumerating objects: 6, done.");
    expect(lines[1]).toBe("Counting objects: 100% (6/6), done.");
    expect(err.join("")).toContain("remote: -----> Building on the Heroku-26 stack\x1b[K\n");
  });
});
