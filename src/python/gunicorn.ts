/** What gunicorn's master and its worker say when a request took too long. Formats: gunicorn 26.2 (glogging.py, util.py). */

import type { HeaderFields } from "../platform/ports";

/** @param at when it happened; in UTC, as a dyno's clock is. */
export function logLine(pid: number, level: "INFO" | "ERROR" | "CRITICAL", text: string, at = new Date()): string {
  const [date, time] = at.toISOString().split(/[T.]/);
  return `[${date} ${time} +0000] [${pid}] [${level}] ${text}`;
}

const PAGE = `<html>
  <head>
    <title>Internal Server Error</title>
  </head>
  <body>
    <h1><p>Internal Server Error</p></h1>
    
  </body>
</html>
`;

/** The answer of a worker that was aborted before its application answered. */
export function internalServerError(): {
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderFields;
  readonly body: Uint8Array;
} {
  const body = new TextEncoder().encode(PAGE);
  const headers: HeaderFields = [
    ["Content-Type", "text/html"],
    ["Content-Length", String(body.length)],
  ];
  return { status: 500, reason: "Internal Server Error", headers, body };
}
