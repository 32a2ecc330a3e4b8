/** just-bash as a box of applets over our file tree. */

import { getCommandNames } from "just-bash/browser";
import { describe, expect, test } from "vitest";
import { HOME, newShell, run } from "./world";

describe("applets", () => {
  test("every command of just-bash is there, ours or theirs", async () => {
    const names = new Set(newShell().shell.commandNames());
    // `time` is a keyword of the shell.
    expect(getCommandNames().filter((name) => !names.has(name))).toEqual(["time"]);
  });

  test("read and write our files, in our directory, with our environment", async () => {
    const { shell, files } = newShell();
    files.makeDirectory(`${HOME}/d`);
    files.writeFile(`${HOME}/d/f`, "ñandú\n");
    const { stdout } = await run(
      shell,
      "cd d; sed -i s/ú/u/ f; cat f; export A=1; awk 'BEGIN { print ENVIRON[\"A\"] }'; find . -type f",
    );
    expect(stdout).toBe("ñandu\n1\n./f\n");
    expect(files.readText(`${HOME}/d/f`)).toBe("ñandu\n");
  });

  test("bytes pass unchanged", async () => {
    const { shell, files } = newShell();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    files.writeFile(`${HOME}/b`, bytes);
    await run(shell, "base64 b | base64 -d > c; gzip -c b > b.gz; tar -cf t.tar b; cat b | tee d | wc -c");
    expect(files.readFile(`${HOME}/c`)).toEqual(bytes);
    expect(files.readFile(`${HOME}/d`)).toEqual(bytes);
  });

  test("do not wait for the terminal when they need no input", async () => {
    const { shell } = newShell();
    const stdin = { isTerminal: true, read: () => new Promise<undefined>(() => undefined) };
    expect((await run(shell, "tree; find .; echo b > f; sort f; awk '{print $1}' f", { stdin })).code).toBe(0);
  });
});
