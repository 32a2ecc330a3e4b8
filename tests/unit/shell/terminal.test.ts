/** The terminal as a person uses it: what is typed and what is seen. */

import { describe, expect, test } from "vitest";
import type { Command } from "../../../src/shell/command";
import { TerminalSession } from "../../../src/shell/tty";
import { Screen } from "./screen";
import { HOME, newShell } from "./world";

const LEFT = "\x1b[D";
const UP = "\x1b[A";
const DOWN = "\x1b[B";
const CTRL_C = "\x03";
const CTRL_D = "\x04";

function open(commands: Record<string, Command> = {}, columns = 60, prompt = "$ ") {
  const { shell, files } = newShell(commands);
  const screen = new Screen(columns);
  const session = new TerminalSession({ shell, columns, rows: 24, output: screen.take, prompt: () => prompt });
  const type = (data: string) => session.input(data);
  /** Resolves when the screen ends in an empty prompt. */
  const idle = () => screen.until((text) => /(^|\n)\$$/.test(text));
  return { shell, files, screen, session, type, idle };
}

describe("editing", () => {
  test.each([
    ["insert", `echo hla${LEFT}${LEFT}o\r`, "hola"],
    ["backspace", "echo holaa\x7f\r", "hola"],
    ["delete", `echo hxola${LEFT.repeat(4)}\x1b[3~\r`, "hola"],
    ["Home and End", "cho hola\x1b[He\x1b[F!\r", "hola!"],
    ["Ctrl-A, Ctrl-E", "cho ho\x01e\x05la\r", "hola"],
    ["Ctrl-U", "basura\x15echo hola\r", "hola"],
    ["Ctrl-K", `echo hola no${LEFT.repeat(3)}\x0b\r`, "hola"],
    ["Ctrl-W", "echo basura-toda\x17hola\r", "hola"],
    ["Alt-Backspace", "echo una-dos\x1b\x7f\r", "una-"],
    ["Ctrl-Left, Ctrl-Right", "echo b d\x1b[1;5D\x1b[1;5Da \x1b[1;5C c\r", "a b c d"],
    ["Ctrl-Y", "echo hola\x17\x19\x19\r", "holahola"],
    ["an accent, an emoji with parts", "echo ñ👩‍🚀x\x7f\x7f\r", "ñ"],
    ["a combining accent goes with its letter", "echo aé\x7f\r", "a"],
    ["a sequence over two chunks", ["echo hla\x1b", `[D${LEFT}o\r`], "hola"],
  ])("%s", async (_, keys, expected) => {
    const { type, idle } = open();
    for (const chunk of typeof keys === "string" ? [keys] : keys) type(chunk);
    expect((await idle()).split("\n").at(-2)).toBe(expected);
  });

  test("a long line wraps, and is drawn right while it is corrected in the middle", async () => {
    const { type, screen, idle } = open({}, 10);
    type("echo abcdefghijklm");
    type(`${LEFT.repeat(9)}X`);
    expect(await screen.until((text) => text.includes("X"))).toBe("$ echo abc\ndXefghijkl\nm");
    expect(screen.cursor()).toEqual([1, 2]);
    type("\x7f\x7f");
    expect(await screen.until((text) => !text.includes("X"))).toBe("$ echo abc\nefghijklm");
    type("\x01");
    type("\x0b");
    type("echo 1\r");
    expect(await idle()).toBe("$ echo 1\n1\n$");
  });

  test("the row is full: the cursor goes to the next one", async () => {
    const { type, screen } = open({}, 10);
    type("echo abc");
    await screen.until((text) => text.endsWith("abc"));
    expect(screen.cursor()).toEqual([1, 0]);
    type("d");
    expect(await screen.until((text) => text.endsWith("d"))).toBe("$ echo abc\nd");
  });

  test("wide characters take two columns", async () => {
    const { type, screen, idle } = open({}, 10);
    type("echo 日本語");
    type(`${LEFT}ñ`);
    expect(await screen.until((text) => text.includes("ñ"))).toBe("$ echo 日\n本ñ語");
    expect(screen.cursor()).toEqual([1, 3]);
    type("\r");
    expect(await idle()).toBe("$ echo 日\n本ñ語\n日本ñ語\n$");
  });

  test("Ctrl-L clears the screen and keeps the line", async () => {
    const { type, screen, idle } = open();
    type("echo uno\r");
    await idle();
    type("echo dos\f");
    expect(await screen.until((text) => !text.includes("uno"))).toBe("$ echo dos");
  });

  test("after a resize the line is drawn for the new width", async () => {
    const { type, screen, session } = open({}, 60);
    type("echo abcdefghijklm");
    session.resize(30, 24);
    type("n");
    expect(await screen.until((text) => text.endsWith("n"))).toBe("$ echo abcdefghijklmn");
  });
});

describe("history", () => {
  test("goes back and forth, and comes back to the line being written", async () => {
    const { type, screen, idle, shell } = open();
    type("echo uno\recho dos\r");
    await screen.until((text) => text.endsWith("dos\n$"));
    type(`ech${UP}${UP}`);
    await screen.until((text) => text.endsWith("$ echo uno"));
    type(DOWN);
    await screen.until((text) => text.endsWith("$ echo dos"));
    type(DOWN);
    await screen.until((text) => text.endsWith("$ ech"));
    type("o tres\r");
    await idle();
    expect(shell.history).toEqual(["echo uno", "echo dos", "echo tres"]);
    expect(shell.snapshot().history).toEqual(shell.history);
  });

  test("a command of several lines comes back whole", async () => {
    const { type, screen, idle } = open();
    type("for i in 1 2; do\recho $i\rdone\r");
    expect(await idle()).toBe("$ for i in 1 2; do\n> echo $i\n> done\n1\n2\n$");
    type(UP);
    await screen.until((text) => text.endsWith("$ for i in 1 2; do\necho $i\ndone"));
    type("\r");
    expect(await idle()).toMatch(/done\n1\n2\n\$$/);
  });
});

describe("Ctrl-C and Ctrl-D", () => {
  test("Ctrl-C drops the line and gives a new prompt", async () => {
    const { type, idle } = open();
    type(`echo no${CTRL_C}`);
    expect(await idle()).toBe("$ echo no^C\n$");
  });

  test("Ctrl-C leaves a continuation", async () => {
    const { type, screen, idle } = open();
    type(`echo 'abierta\r${CTRL_C}`);
    expect(await idle()).toBe("$ echo 'abierta\n> ^C\n$");
    type("echo fin\r");
    await screen.until((text) => text.endsWith("\nfin\n$"));
  });

  test("Ctrl-C ends a tight loop, and what was typed ahead", async () => {
    const { type, screen, idle } = open();
    type("while true; do i=$((i+1)); done\r");
    await screen.until((text) => text.includes("done"));
    type("echo no\r");
    type(CTRL_C);
    expect(await idle()).toBe("$ while true; do i=$((i+1)); done\n^C\n$");
    type("echo $?\r");
    await screen.until((text) => text.endsWith("\n130\n$"));
  });

  test("Ctrl-C ends endless output", async () => {
    const { type, screen, idle } = open();
    type("yes\r");
    await screen.until((text) => text.includes("y\ny"));
    type(CTRL_C);
    expect(await idle()).toMatch(/\^C\n\$$/);
  });

  test("Ctrl-D on an empty line only rings", async () => {
    const { type, screen, idle } = open();
    type(CTRL_D);
    type("echo sigo\r");
    expect(await idle()).toBe("$ echo sigo\nsigo\n$");
    expect(screen.raw).toContain("\x07");
  });
});

describe("pasting and typing ahead", () => {
  test("every line of a paste runs, in order", async () => {
    const { type, screen } = open();
    type("cd /tmp\r\npwd\r\nx=1\r\necho $x\r\n");
    expect(await screen.until((text) => text.endsWith("1\n$"))).toBe("$ cd /tmp\n$ pwd\n/tmp\n$ x=1\n$ echo $x\n1\n$");
  });

  test("bracketed or not", async () => {
    const { type, screen } = open();
    type("\x1b[200~echo uno\recho dos\r\x1b[201~");
    await screen.until((text) => text.endsWith("uno\n$ echo dos\ndos\n$"));
  });

  test("a here-document makes the file", async () => {
    const { type, idle, files } = open();
    const code =
      "from flask import Flask\n\napp = Flask(__name__)\n\n@app.get('/')\ndef index():\n\treturn \"¡Hola!\"\n";
    type(`cat > app.py <<'EOF'\r${code.replaceAll("\n", "\r")}EOF\r`);
    await idle();
    expect(files.readText(`${HOME}/app.py`)).toBe(code);
  });

  test("while a command runs, input waits for the prompt", async () => {
    let end: () => void = () => undefined;
    const lenta: Command = () =>
      new Promise((resolve) => {
        end = () => resolve(0);
      });
    const { type, screen } = open({ lenta });
    type("lenta\r");
    await screen.until((text) => text.includes("lenta"));
    type("echo luego\r");
    expect(screen.text()).toBe("$ lenta");
    end();
    expect(await screen.until((text) => text.endsWith("luego\n$"))).toBe("$ lenta\n$ echo luego\nluego\n$");
  });
});

describe("commands that read", () => {
  test("cat > file: echo, correction, Ctrl-D", async () => {
    const { type, screen, idle, files } = open();
    type("cat > f\r");
    await screen.until((text) => text.includes("cat"));
    type("holxa\x7f\x7fa\rdós\r");
    type(CTRL_D);
    expect(await idle()).toBe("$ cat > f\nhola\ndós\n$");
    expect(files.readText(`${HOME}/f`)).toBe("hola\ndós\n");
  });

  test("read takes its line from the paste, the rest is commands", async () => {
    const { type, screen } = open();
    type("read -p 'nombre: ' x\rAna\recho hola $x\r");
    expect(await screen.until((text) => text.endsWith("hola Ana\n$"))).toBe(
      "$ read -p 'nombre: ' x\nnombre: Ana\n$ echo hola $x\nhola Ana\n$",
    );
  });

  test("know that they talk to a person", async () => {
    const { type, idle } = open();
    type("[ -t 0 ] && [ -t 1 ] && echo persona; echo | { [ -t 0 ] || echo tubo; }\r");
    expect(await idle()).toMatch(/\npersona\ntubo\n\$$/);
  });
});

describe("continuation", () => {
  test.each([
    "echo 'a",
    'echo "a',
    "cat <<E",
    "ls |",
    "true &&",
    "false ||",
    "echo \\",
    "if true",
    "for i in 1",
    "f() {",
    "(echo",
    "echo $(ls",
    "case x in",
    "{ echo",
    "a=(1",
  ])("%s goes on", (source) => {
    expect(newShell().shell.isComplete(source)).toBe(false);
  });
  test.each([
    "",
    "ls",
    "echo )",
    "echo a;;",
    "cat <<E\na\nE",
    "echo 'a\nb'",
    "fi",
    "echo \\\\",
    "echo a # \\",
    "echo >",
    "a=(1 2)",
    "echo it\\'s",
  ])("%s is complete", (source) => {
    expect(newShell().shell.isComplete(source)).toBe(true);
  });
});

describe("completion", () => {
  async function completed(typed: string): Promise<string> {
    const { type, screen, files } = open();
    files.makeDirectory(`${HOME}/hola-flask/static`, { recursive: true });
    files.writeFile(`${HOME}/hola-flask/app.py`, "");
    files.writeFile(`${HOME}/requirements.txt`, "");
    files.writeFile(`${HOME}/requirements-dev.txt`, "");
    files.writeFile(`${HOME}/con espacio.txt`, "");
    type(typed);
    type("\t");
    type("|");
    return (await screen.until((text) => text.endsWith("|"))).slice(2, -1);
  }

  test.each([
    ["cat hola", "cat hola-flask/"],
    ["cat hola-flask/a", "cat hola-flask/app.py"],
    ["cat ~/hola-flask/a", "cat ~/hola-flask/app.py"],
    ["cat req", "cat requirements"],
    ["cat con", "cat con\\ espacio.txt"],
    ["cat 'con", "cat 'con espacio.txt'"],
    ["cd h", "cd hola-flask/"],
    ["cd r", "cd r"],
    ["ls > hola-flask/a", "ls > hola-flask/app.py"],
    ["mkd", "mkdir"],
    ["ls; mkd", "ls; mkdir"],
    ["echo $HOM", "echo $HOME"],
    ["ls hola-flask/zz", "ls hola-flask/zz"],
  ])("%s", async (typed, expected) => {
    expect((await completed(typed)).trimEnd()).toBe(expected);
  });

  test("several are listed under the line, which is drawn again", async () => {
    expect(await completed("cat requirements")).toBe(
      "cat requirements\nrequirements-dev.txt  requirements.txt\n$ cat requirements",
    );
  });
});

describe("the prompt", () => {
  test("shows the directory, with ~, and the branch", async () => {
    const { shell, files } = newShell();
    files.makeDirectory(`${HOME}/hola-flask`);
    const screen = new Screen(60);
    const session = new TerminalSession({
      shell,
      columns: 60,
      rows: 24,
      output: screen.take,
      branch: (cwd) => (cwd.endsWith("hola-flask") ? "main" : undefined),
    });
    session.input("cd hola-flask\rcd /\r");
    expect(await screen.until((text) => text.endsWith("/ $"))).toBe(
      "~ $ cd hola-flask\n~/hola-flask (main) $ cd /\n/ $",
    );
  });

  test("stands behind output without a last newline, and the line is still drawn right", async () => {
    const { type, screen, idle } = open();
    type("printf hola\r");
    await screen.until((text) => text.endsWith("hola$"));
    type(`ecoh${LEFT}${LEFT}h`);
    expect(await screen.until((text) => text.endsWith("echoh"))).toBe("$ printf hola\nhola$ echoh");
    type(CTRL_C);
    await idle();
  });

  test("tells of jobs that ended", async () => {
    const { type, screen } = open();
    type("sleep 0.01 &\rwait\r");
    expect(await screen.until((text) => text.includes("Done"))).toMatch(
      /^\$ sleep 0\.01 &\n\[1\] 1001\n\$ wait\n\[1\]\+ {2}Done {20}sleep 0\.01\n\$$/,
    );
  });

  test("colours only for a person", async () => {
    const { type, screen, idle } = open();
    type("mkdir d; ls; ls | cat\r");
    await idle();
    expect(screen.raw).toContain("\x1b[01;34md\x1b[0m\r\nd\r\n");
  });

  test("a disposed session is silent", async () => {
    const { type, screen, session, idle } = open();
    await idle();
    type("sleep 100\r");
    session.dispose();
    type("echo no\r");
    await new Promise(setImmediate);
    expect(screen.text()).toBe("$ sleep 100");
  });
});
