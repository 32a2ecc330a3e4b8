import { describe, expect, it } from "vitest";
import { CookieJar, parseSetCookie } from "../../../src/platform/router/cookie-jar";
import { createTestPlatform, FakeRuntime } from "./doubles";

const HOST = "hola-0f9c2d7a1b3e.herokuapp.com";
const NOW = Date.UTC(2026, 10, 23, 15);

function jar(...fields: readonly string[]): CookieJar {
  const made = new CookieJar();
  made.store(
    fields.map((field) => ["Set-Cookie", field] as const),
    HOST,
    "/cuenta/entrar",
    NOW,
  );
  return made;
}

describe("Set-Cookie", () => {
  it("is read with all its attributes", () => {
    const field = 'session="eyJ.a=b"; HttpOnly; Path=/; secure; SameSite=lax; Max-Age=60';
    expect(parseSetCookie(field, HOST, "/", NOW)).toEqual({
      name: "session",
      value: '"eyJ.a=b"',
      path: "/",
      expires: NOW + 60_000,
      httpOnly: true,
      secure: true,
      sameSite: "Lax",
      createdAt: NOW,
    });
  });

  it.each([
    ["another domain", "a=1; Domain=example.com"],
    ["the public suffix", "a=1; Domain=herokuapp.com"],
    ["__Host- with a path", "__Host-a=1; Secure; Path=/x"],
    ["__Secure- without Secure", "__Secure-a=1"],
    ["SameSite=None without Secure", "a=1; SameSite=None"],
    ["nothing", "  ; Path=/"],
    ["a control character", "a=1\u0000"],
    ["too much", `a=${"x".repeat(4096)}`],
  ])("is refused for %s", (_name, field) => {
    expect(parseSetCookie(field, HOST, "/", NOW)).toBeUndefined();
  });
});

describe("the jar", () => {
  it("sends a cookie to its path and below", () => {
    const cookies = jar("raiz=1; Path=/", "cuenta=2");
    expect(cookies.header("/", NOW)).toBe("raiz=1");
    expect(cookies.header("/cuenta?x=/y", NOW)).toBe("cuenta=2; raiz=1");
    expect(cookies.header("/cuenta/datos", NOW)).toBe("cuenta=2; raiz=1");
    expect(cookies.header("/cuentas", NOW)).toBe("raiz=1");
  });

  it("forgets what expires, by Max-Age before Expires", () => {
    const cookies = jar(
      "corta=1; Path=/; Max-Age=10; Expires=Wed, 01 Jan 2031 00:00:00 GMT",
      "larga=1; Path=/; Expires=Tue, 24-Nov-2026 15:00:00 GMT",
      "sesion=1; Path=/",
    );
    expect(cookies.header("/", NOW + 9_999)).toBe("corta=1; larga=1; sesion=1");
    expect(cookies.header("/", NOW + 10_000)).toBe("larga=1; sesion=1");
    expect(cookies.header("/", NOW + 24 * 3_600_000)).toBe("sesion=1");
  });

  it("replaces a cookie of the same name and path, and deletes it when it is set in the past", () => {
    const cookies = jar("a=1; Path=/", "b=1; Path=/", "a=2; Path=/");
    expect(cookies.header("/", NOW)).toBe("b=1; a=2");
    cookies.store([["set-cookie", "b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]], HOST, "/", NOW);
    expect(cookies.header("/", NOW)).toBe("a=2");
  });
});

describe("the router", () => {
  it("keeps the cookies of each app, and not those of a client that has its own", async () => {
    const runtime = new FakeRuntime();
    runtime.program = { handle: () => ({ headers: [["Set-Cookie", "visitas=1; HttpOnly; Path=/"]] }) };
    const { api, push, fetch } = await createTestPlatform({ runtime });
    for (const name of ["una", "otra"]) {
      await api("POST", "/apps", { name });
      await push(name);
    }
    const sent = () => runtime.processes.flatMap(({ requests }) => requests.at(-1)?.headers ?? []);
    const cookies = () => sent().filter(([name]) => name === "Cookie");

    await fetch("una", "/", { cookies: "client" });
    await fetch("una");
    expect(cookies()).toEqual([]);
    await fetch("una");
    expect(cookies()).toEqual([["Cookie", "visitas=1"]]);
    await fetch("otra");
    expect(cookies()).toEqual([["Cookie", "visitas=1"]]);
    await fetch("una", "/", { cookies: "client", headers: [["cookie", "mia=2"]] });
    expect(cookies()).toEqual([["Cookie", "mia=2"]]);
  });
});
