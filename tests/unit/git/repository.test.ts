import { describe, expect, it } from "vitest";
import { ConfigFile } from "../../../src/git/config-file";
import { repositoryFacts } from "../../../src/git/facts";
import { currentBranch, findRepository, listRemotes, removeRemote, setRemote } from "../../../src/git/repository";
import { learner } from "./learner";

describe("a repository's facts", () => {
  it("finds the branch for the prompt from any folder inside", async () => {
    const me = learner();
    expect(currentBranch(me.files, me.cwd)).toBeUndefined();
    await me.git("init");
    me.files.makeDirectory(`${me.cwd}/a/b`, { recursive: true });
    expect(currentBranch(me.files, `${me.cwd}/a/b`)).toBe("main");
    expect(findRepository(me.files, `${me.cwd}/a/b`)?.root).toBe(me.cwd);
    me.files.writeFile(`${me.cwd}/x`, "x");
    await me.git("add", ".");
    await me.git("commit", "-m", "uno");
    await me.git("checkout", "--detach", "-q");
    expect(currentBranch(me.files, me.cwd)).toMatch(/^[0-9a-f]{7}$/);
  });

  it("keeps the remotes that another command sets", async () => {
    const me = learner();
    expect(listRemotes(me.files, me.cwd)).toBeUndefined();
    expect(setRemote(me.files, me.cwd, "heroku", "https://git.heroku.com/a.git")).toBe(false);
    await me.git("init");
    setRemote(me.files, me.cwd, "heroku", "https://git.heroku.com/a.git");
    setRemote(me.files, me.cwd, "heroku", "https://git.heroku.com/b.git");
    expect(listRemotes(me.files, me.cwd)).toEqual([{ name: "heroku", url: "https://git.heroku.com/b.git" }]);
    expect((await me.git("remote", "-v")).stdout).toContain("heroku\thttps://git.heroku.com/b.git (push)\n");
    expect(removeRemote(me.files, me.cwd, "heroku")).toBe(true);
    expect(removeRemote(me.files, me.cwd, "heroku")).toBe(false);
    expect((await me.git("remote")).stdout).toBe("");
  });

  it("tells checks what was committed", async () => {
    const me = learner();
    expect(await repositoryFacts(me.files, me.cwd)).toBeUndefined();
    await me.git("init");
    expect(await repositoryFacts(me.files, me.cwd)).toMatchObject({ commits: 0, branch: "main", head: undefined });
    me.files.writeFile(`${me.cwd}/app.py`, "uno\n");
    await me.git("add", ".");
    await me.git("commit", "-m", "uno");
    me.files.writeFile(`${me.cwd}/app.py`, "sin confirmar\n");
    const facts = await repositoryFacts(me.files, me.cwd);
    expect(facts).toMatchObject({ root: me.cwd, commits: 1, branch: "main", remotes: [] });
    expect(facts?.head?.message).toBe("uno\n");
    expect([...(facts?.head?.files.keys() ?? [])]).toEqual(["app.py"]);
    expect(new TextDecoder().decode(await facts?.readHeadFile("app.py"))).toBe("uno\n");
    expect(await facts?.readHeadFile("nada")).toBeUndefined();
  });
});

describe("ConfigFile", () => {
  it("edits without touching the rest", () => {
    const config = new ConfigFile(
      '# mine\n[user]\n\tname = "Ana #1"  ; note\n\temail=a@b.c\n[remote "h.k"]\n\turl = x\\\ny\n',
    );
    expect(config.get("USER.Name")).toBe("Ana #1");
    expect(config.get("remote.h.k.url")).toBe("xy");
    config.set("user.email", "otra@b.c");
    config.set("core.editor", "ed");
    expect(config.toString()).toBe(
      '# mine\n[user]\n\tname = "Ana #1"  ; note\n\temail = otra@b.c\n[remote "h.k"]\n\turl = xy\n[core]\n\teditor = ed\n',
    );
  });
});
