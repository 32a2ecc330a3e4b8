/** What batch shells cannot do: output while it happens, backpressure, interruption, state from line to line. */

import { describe, expect, test } from "vitest";
import { BrokenPipe, type Command, type Sink } from "../../../src/shell/command";
import { Pipe } from "../../../src/shell/pipe";
import { bytesSource } from "../../../src/shell/streams";
import { HOME, newShell, run } from "./world";

/** A sink that hands over every write as it comes. */
function watched() {
  const chunks: string[] = [];
  let wake: () => void = () => undefined;
  const sink: Sink = {
    isTerminal: false,
    async write(chunk) {
      chunks.push(typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
      wake();
    },
  };
  const until = async (text: string) => {
    while (!chunks.join("").includes(text)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { sink, until, text: () => chunks.join("") };
}

/** A program that writes a line each time it is allowed to. */
function stepper() {
  let step: () => void = () => undefined;
  let writes = 0;
  const command: Command = async ({ stdout, signal }) => {
    for (let line = 1; ; line++) {
      await stdout.write(`línea ${line}\n`);
      writes = line;
      await new Promise<void>((resolve) => {
        step = resolve;
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
      if (signal.aborted) return 130;
    }
  };
  return { command, next: () => step(), writes: () => writes };
}

const never = new AbortController().signal;
const stdin = bytesSource(new Uint8Array());

describe("pipes", () => {
  test("hold 64 KiB, then the writer waits for the reader", async () => {
    const pipe = new Pipe();
    await pipe.write(new Uint8Array(64 * 1024));
    let written = false;
    const writing = pipe.write("más").then(() => {
      written = true;
    });
    await new Promise(setImmediate);
    expect(written).toBe(false);
    await pipe.read();
    await writing;
    expect(written).toBe(true);
  });

  test("reject the writer when nobody reads any longer", async () => {
    const pipe = new Pipe();
    pipe.closeReader();
    await expect(pipe.write("x")).rejects.toBeInstanceOf(BrokenPipe);
  });

  test("a line goes through a pipeline while its producer still runs", async () => {
    const { command, next } = stepper();
    const { shell } = newShell({ pasos: command });
    const control = new AbortController();
    const { sink, until } = watched();
    const running = shell.run("pasos | grep línea", { stdin, stdout: sink, stderr: sink }, control.signal);
    await until("línea 1\n");
    next();
    await until("línea 2\n");
    control.abort();
    expect(await running).toBe(130);
  });

  test("head ends an endless producer at its next write: status 141", async () => {
    const { command, next, writes } = stepper();
    const { shell } = newShell({ pasos: command });
    const { sink, until } = watched();
    const running = shell.run(`pasos | head -1; echo \${PIPESTATUS[@]}`, { stdin, stdout: sink, stderr: sink }, never);
    await until("línea 1\n");
    await new Promise(setImmediate);
    next();
    await until("141 0");
    expect(await running).toBe(0);
    expect(writes()).toBe(1);
  });

  test("a builtin in an endless loop ends by the broken pipe too", async () => {
    const { shell } = newShell();
    expect(await run(shell, "while true; do echo x; done | head -2")).toEqual({
      stdout: "x\nx\n",
      stderr: "",
      code: 0,
    });
  });
});

describe("interruption", () => {
  test("of a tight loop: 130, and the state that it reached", async () => {
    const { shell } = newShell();
    const control = new AbortController();
    setTimeout(() => control.abort(), 30);
    const { code } = await run(shell, "i=0; while true; do i=$((i+1)); done", { signal: control.signal });
    expect(code).toBe(130);
    expect(Number(shell.variable("i"))).toBeGreaterThan(0);
    expect((await run(shell, "echo $?")).stdout).toBe("130\n");
  });

  test("of endless output, of a recursion, of a pipeline, of a sleep in a function", async () => {
    for (const line of [
      "yes > /dev/null",
      "f() { f; f; }; f",
      "yes | cat | wc -l",
      "f() { for i in 1 2 3; do sleep 100; done; }; f; echo nunca",
      "x=$(sleep 100)",
      "read x < <(sleep 100)",
      "(sleep 100; echo no) | cat; echo nunca",
    ]) {
      const { shell } = newShell();
      const control = new AbortController();
      setTimeout(() => control.abort(), 20);
      const result = await run(shell, line, { signal: control.signal });
      expect({ line, ...result }).toMatchObject({ line, stdout: "", code: 130 });
    }
  });

  test("a program that does not listen is left behind, and can write no more", async () => {
    let write: () => Promise<void> = async () => undefined;
    const deaf: Command = ({ stdout }) => {
      write = () => stdout.write("tarde\n");
      return new Promise(() => undefined);
    };
    const { shell } = newShell({ sordo: deaf });
    const control = new AbortController();
    setTimeout(() => control.abort(), 10);
    const { code, stdout } = await run(shell, "sordo", { signal: control.signal });
    expect([code, stdout]).toEqual([130, ""]);
    await expect(write()).rejects.toBeInstanceOf(BrokenPipe);
  });

  test("does not reach jobs in the background, kill does", async () => {
    const { shell } = newShell();
    const control = new AbortController();
    await run(shell, "sleep 100 &");
    setTimeout(() => control.abort(), 10);
    await run(shell, "sleep 100", { signal: control.signal });
    expect((await run(shell, "jobs")).stdout).toBe("[1]+  Running                 sleep 100 &\n");
    expect((await run(shell, "kill %1; wait %1; echo $?")).stdout).toBe("143\n");
    expect(shell.finishedJobs()).toBe("[1]+  Terminated              sleep 100\n");
  });

  test("tail -f shows what is appended until then", async () => {
    const { shell, files } = newShell();
    files.writeFile(`${HOME}/log`, "uno\n");
    const control = new AbortController();
    const { sink, until } = watched();
    const running = shell.run("tail -f log", { stdin, stdout: sink, stderr: sink }, control.signal);
    await until("uno\n");
    files.appendFile(`${HOME}/log`, "dos\n");
    await until("dos\n");
    control.abort();
    expect(await running).toBe(130);
  });
});

describe("state", () => {
  test("directory, variables, functions, options and aliases stay from line to line", async () => {
    const { shell } = newShell();
    await run(shell, "mkdir d; cd d; x=1; export Y=2; f() { echo f$1; }; set -u; alias hola='echo hola'");
    expect(shell.cwd).toBe(`${HOME}/d`);
    const { stdout } = await run(shell, "echo $x $Y; f 3; env | grep ^Y; hola a; echo $no");
    expect(stdout).toBe("1 2\nf3\nY=2\nhola a\n");
  });

  test("a snapshot is JSON and brings them back in another shell", async () => {
    const { shell, files } = newShell();
    await run(shell, "mkdir d; cd d; x='a b'; export Y=2; l=(1 2); f() {\n  echo f$1\n}; set -o pipefail");
    shell.remember("ls -l");
    const stored: unknown = JSON.parse(JSON.stringify(shell.snapshot()));
    const other = newShell();
    other.files.restore(files.snapshot());
    other.shell.restore(stored);
    const { stdout } = await run(other.shell, `pwd; echo "$x" \${l[1]}; f 3; env | grep ^Y; false | true; echo $?`);
    expect(stdout).toBe(`${HOME}/d\na b 2\nf3\nY=2\n1\n`);
    expect(other.shell.history).toEqual(["ls -l"]);
  });

  test("what is no state is not taken up", async () => {
    const { shell } = newShell();
    for (const bad of [undefined, null, 3, {}, { version: 2 }]) shell.restore(bad);
    expect((await run(shell, "pwd")).stdout).toBe(`${HOME}\n`);
  });

  test("a failed expansion discards the rest of the line, `exit` the rest of the source, neither the shell", async () => {
    const { shell } = newShell();
    expect(await run(shell, `echo \${x:?no}; echo nunca`)).toEqual({ stdout: "", stderr: "bash: x: no\n", code: 1 });
    expect(await run(shell, "exit 3; echo nunca")).toEqual({ stdout: "", stderr: "", code: 3 });
    expect((await run(shell, "echo sigo $?")).stdout).toBe("sigo 3\n");
  });

  test("listeners hear of every run with its source and exit code", async () => {
    const { shell } = newShell();
    const heard: unknown[] = [];
    const stop = shell.onCommand((line, code) => heard.push([line, code]));
    await run(shell, "false");
    stop();
    await run(shell, "true");
    expect(heard).toEqual([["false", 1]]);
  });

  test("a second run at the same time works on a copy", async () => {
    const { command } = stepper();
    const { shell } = newShell({ pasos: command });
    const control = new AbortController();
    const first = run(shell, "x=1; pasos", { signal: control.signal });
    await new Promise(setImmediate);
    expect((await run(shell, "echo $x; x=2; cd /")).stdout).toBe("1\n");
    control.abort();
    await first;
    expect((await run(shell, "echo $x; pwd")).stdout).toBe(`1\n${HOME}\n`);
  });
});

describe("programs from outside", () => {
  test("get arguments, environment, directory, streams", async () => {
    const seen: unknown[] = [];
    const git: Command = async ({ args, env, cwd, stdin: input, stdout }) => {
      seen.push([args, env.A, cwd, new TextDecoder().decode(await input.read())]);
      await stdout.write("bien\n");
      return 7;
    };
    const { shell } = newShell({ git });
    expect(await run(shell, `echo entra | A=1 git commit -m 'a b'; echo \${PIPESTATUS[1]}`)).toMatchObject({
      stdout: "bien\n7\n",
    });
    expect(seen).toEqual([[["commit", "-m", "a b"], "1", HOME, "entra\n"]]);
    expect((await run(shell, "type git; which git; command -v git")).stdout).toBe(
      "git is /usr/bin/git\n/usr/bin/git\n/usr/bin/git\n",
    );
  });

  test("run through env, xargs, timeout, a shebang, an absolute path", async () => {
    const python3: Command = async ({ args, stdout }) => {
      await stdout.write(`py ${args.join(" ")}\n`);
      return 0;
    };
    const { shell } = newShell({ python3 });
    await run(shell, "printf '#!/usr/bin/env python3\\nprint(1)\\n' > a.py; chmod +x a.py");
    const { stdout } = await run(
      shell,
      "./a.py x; env python3 e; echo q | xargs python3; timeout 5 python3 t; /usr/bin/python3 p",
    );
    expect(stdout).toBe("py ./a.py x\npy e\npy q\npy t\npy p\n");
  });

  test("one that throws is a message and 1", async () => {
    const roto: Command = async () => {
      throw new Error("se rompió");
    };
    expect(await run(newShell({ roto }).shell, "roto")).toEqual({ stdout: "", stderr: "roto: se rompió\n", code: 1 });
  });
});
