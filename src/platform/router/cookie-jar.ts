/**
 * The cookies that a browser would keep for one app, after RFC 6265bis.
 * A preview is always a same-site request over https, so SameSite and Secure never hold a cookie back.
 */

import type { HeaderFields } from "../ports";

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Milliseconds since the epoch; undefined for a cookie of the session. */
  readonly expires: number | undefined;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: "Strict" | "Lax" | "None" | undefined;
  readonly createdAt: number;
}

/** Bytes of name and value together; RFC 6265bis 5.6. */
const MAX_PAIR = 4096;
const MAX_COOKIES = 180;
/** RFC 6265bis 5.5: no cookie lives longer than 400 days. */
const LONGEST_LIFE = 400 * 24 * 3600 * 1000;

export class CookieJar {
  private cookies: readonly Cookie[] = [];

  /** Keeps what a response sets. @param now milliseconds since the epoch */
  store(headers: HeaderFields, host: string, target: string, now: number): void {
    for (const [name, value] of headers) {
      if (name.toLowerCase() !== "set-cookie") continue;
      const cookie = parseSetCookie(value, host, target, now);
      if (!cookie) continue;
      const same = (other: Cookie) => other.name === cookie.name && other.path === cookie.path;
      const old = this.cookies.find(same);
      const rest = this.cookies.filter((other) => !same(other) && !expired(other, now));
      if (expired(cookie, now)) this.cookies = rest;
      else this.cookies = [...rest, { ...cookie, createdAt: old?.createdAt ?? now }].slice(-MAX_COOKIES);
    }
  }

  /** Value of the Cookie field for a request; undefined for none. */
  header(target: string, now: number): string | undefined {
    const path = pathOf(target);
    const sent = this.cookies
      .filter((cookie) => !expired(cookie, now) && pathMatches(path, cookie.path))
      // Longer paths first, then older cookies. The sort is stable and the jar is in order of storing.
      .sort((one, other) => other.path.length - one.path.length || one.createdAt - other.createdAt);
    return sent.length > 0 ? sent.map(({ name, value }) => (name ? `${name}=${value}` : value)).join("; ") : undefined;
  }

  clear(): void {
    this.cookies = [];
  }
}

/** Undefined when a browser would refuse the cookie. Section 5.6 and 5.7 of RFC 6265bis. */
export function parseSetCookie(field: string, host: string, target: string, now: number): Cookie | undefined {
  const [pair = "", ...attributes] = field.split(";");
  const equals = pair.indexOf("=");
  const name = equals < 0 ? "" : pair.slice(0, equals).trim();
  const value = (equals < 0 ? pair : pair.slice(equals + 1)).trim();
  if ((name === "" && value === "") || name.length + value.length > MAX_PAIR || hasControl(pair)) return undefined;

  const given = new Map<string, string>();
  for (const attribute of attributes) {
    const cut = attribute.indexOf("=");
    const key = (cut < 0 ? attribute : attribute.slice(0, cut)).trim().toLowerCase();
    given.set(key, cut < 0 ? "" : attribute.slice(cut + 1).trim());
  }

  // herokuapp.com is a public suffix: a cookie can only be for the app's own host.
  const domain = given.get("domain")?.replace(/^\./, "").toLowerCase();
  if (domain && domain !== host) return undefined;

  const path = given.get("path");
  const secure = given.has("secure");
  const ownPath = path?.startsWith("/") ? path : defaultPath(target);
  const prefix = name.toLowerCase();
  if (prefix.startsWith("__secure-") && !secure) return undefined;
  if (prefix.startsWith("__host-") && (!secure || domain || path !== "/")) return undefined;
  const sameSite = sameSiteOf(given.get("samesite"));
  if (sameSite === "None" && !secure) return undefined;

  const expires = expiry(given.get("max-age"), given.get("expires"), now);
  return { name, value, path: ownPath, expires, httpOnly: given.has("httponly"), secure, sameSite, createdAt: now };
}

/** Max-Age wins over Expires; what cannot be read counts as absent. */
function expiry(maxAge: string | undefined, expires: string | undefined, now: number): number | undefined {
  const latest = now + LONGEST_LIFE;
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) {
    const seconds = Number(maxAge);
    return seconds <= 0 ? Number.NEGATIVE_INFINITY : Math.min(now + seconds * 1000, latest);
  }
  const date = expires === undefined ? Number.NaN : Date.parse(expires.replace(/^(\w+, \d+)-(\w+)-(\d+)/, "$1 $2 $3"));
  return Number.isNaN(date) ? undefined : Math.min(date, latest);
}

function expired(cookie: Cookie, now: number): boolean {
  return cookie.expires !== undefined && cookie.expires <= now;
}

function sameSiteOf(value: string | undefined): Cookie["sameSite"] {
  switch (value?.toLowerCase()) {
    case "strict":
      return "Strict";
    case "lax":
      return "Lax";
    case "none":
      return "None";
    default:
      return undefined;
  }
}

function pathOf(target: string): string {
  return target.split("?")[0] ?? "/";
}

/** RFC 6265 5.1.4. */
function defaultPath(target: string): string {
  const path = pathOf(target);
  const cut = path.lastIndexOf("/");
  return cut <= 0 ? "/" : path.slice(0, cut);
}

function pathMatches(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath) && (cookiePath.endsWith("/") || path[cookiePath.length] === "/");
}

function hasControl(text: string): boolean {
  return [...text].some((character) => (character < " " && character !== "\t") || character === "\u007f");
}
