import { describe, expect, it } from "vitest";
import { Style } from "../../../src/cli/terminal/style";
import { renderTable } from "../../../src/cli/terminal/table";
import { wrap } from "../../../src/cli/terminal/wrap";
import { readable } from "./session";

describe("wrap", () => {
  it("keeps the space at which a message breaks", () => {
    expect(wrap("uno dos tres", 8, "keep")).toBe("uno dos \ntres");
    expect(wrap("uno dos tres", 7, "keep")).toBe("uno dos\n tres");
    expect(wrap("  uno\n\ndos", 8, "keep")).toBe("  uno\n\ndos");
  });

  it("drops the spaces of a help", () => {
    expect(wrap("  uno dos   tres  ", 8, "trim")).toBe("uno dos\ntres");
    expect(wrap("   \nuno", 8, "trim")).toBe("\nuno");
  });

  it("cuts a word that is longer than a line", () => {
    expect(wrap("a 123456789", 4, "keep")).toBe("a 12\n3456\n789");
    expect(wrap("a 12345678", 4, "keep")).toBe("a \n1234\n5678");
    expect(wrap("abcd 123456", 4, "trim")).toBe("abcd\n1234\n56");
  });

  it("does not count colours", () => {
    expect(wrap("\u001b[1muno\u001b[22m dos", 7, "keep")).toBe("\u001b[1muno\u001b[22m dos");
  });
});

describe("colours", () => {
  it("depend on the terminal and on what the person wants", () => {
    const paint = (isTerminal: boolean, env: Record<string, string>) =>
      readable(new Style(isTerminal, env).paint("app", "hola"));
    expect(paint(false, { TERM: "xterm-256color" })).toBe("hola");
    expect(paint(true, { TERM: "xterm-256color" })).toBe("␛[38;5;147m⬢ hola␛[39m");
    expect(paint(true, { TERM: "xterm-256color", NO_COLOR: "1" })).toBe("hola");
    expect(paint(true, { TERM: "xterm-256color", HEROKU_THEME: "simple" })).toBe("␛[35mhola␛[39m");
    expect(paint(true, { TERM: "dumb" })).toBe("hola");
    const red = (env: Record<string, string>) => readable(new Style(true, env).paint("failure", "no"));
    expect(red({ TERM: "xterm-256color" })).toBe("␛[38;5;217mno␛[39m");
    expect(red({ COLORTERM: "truecolor" })).toBe("␛[38;2;255;135;135mno␛[39m");
  });
});

describe("table", () => {
  const columns = [
    { title: "name", cell: ({ name }: { readonly name: string }) => name },
    { title: "size", cell: ({ name }: { readonly name: string }) => String(name.length) },
  ];
  const plain = new Style(false, {});

  it("takes what it needs where there is no terminal", () => {
    expect(renderTable(plain, undefined, columns, [{ name: "un nombre largo" }])).toBe(
      "  name              size\n ────────────────────────\n  un nombre largo   15\n\n",
    );
  });

  it("cuts the widest column first", () => {
    expect(renderTable(plain, 20, columns, [{ name: "un nombre largo" }])).toBe(
      "  name        size\n ──────────────────\n  un nombr…   15\n\n",
    );
  });
});
