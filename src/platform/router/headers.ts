/** What the router adds to and takes from the headers on both ways. Source: Dev Center, "HTTP Routing". */

import type { HeaderFields } from "../ports";

/** RFC 9110 7.6.1, and the older names that mean the same. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const VIA = "1.1 heroku-router";

/** The first value of a field, whatever its case. */
export function headerValue(headers: HeaderFields, name: string): string | undefined {
  return headers.find(([field]) => field.toLowerCase() === name)?.[1];
}

export interface Forwarding {
  readonly host: string;
  readonly requestId: string;
  readonly forwardedFor: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** Value of the Cookie field; undefined for none. */
  readonly cookie: string | undefined;
}

const REPLACED = new Set([
  "host",
  "cookie",
  "x-request-id",
  "x-request-start",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-port",
  "via",
]);

export function requestHeaders(headers: HeaderFields, forwarding: Forwarding): HeaderFields {
  const via = headerValue(headers, "via");
  return [
    ["Host", forwarding.host],
    ...endToEnd(headers).filter(([name]) => !REPLACED.has(name.toLowerCase())),
    ...(forwarding.cookie ? ([["Cookie", forwarding.cookie]] as const) : []),
    ["X-Request-Id", forwarding.requestId],
    ["X-Forwarded-For", forwarding.forwardedFor],
    ["X-Forwarded-Proto", "https"],
    ["X-Forwarded-Port", "443"],
    ["Via", via ? `${via}, ${VIA}` : VIA],
    ["X-Request-Start", String(Math.floor(forwarding.start))],
  ];
}

export function responseHeaders(headers: HeaderFields): HeaderFields {
  return [...endToEnd(headers), ["Via", VIA]];
}

/** The client's own id when it has the shape that the router accepts. Source: Dev Center, "HTTP Request IDs". */
export function acceptableRequestId(headers: HeaderFields): string | undefined {
  const id = headerValue(headers, "x-request-id");
  return id !== undefined && /^[\w+/=-]{20,200}$/.test(id) ? id : undefined;
}

function endToEnd(headers: HeaderFields): HeaderFields {
  const named = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((option) => option.trim().toLowerCase()));
  return headers.filter(([name]) => {
    const field = name.toLowerCase();
    return !HOP_BY_HOP.has(field) && !named.includes(field);
  });
}
