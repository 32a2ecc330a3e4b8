/** The line that the router writes for each request, in the format of Router 2.0. */

import { ROUTER_ERRORS, type RouterCode, type RouterError } from "./codes";

export interface RequestReport {
  readonly code?: RouterCode | undefined;
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly requestId: string;
  /** What the application gets as X-Forwarded-For. */
  readonly forwardedFor: string;
  readonly status: number;
  /** Undefined when no dyno was reached. */
  readonly backend?:
    | {
        readonly dyno: string;
        /** Milliseconds. */
        readonly connect: number;
        readonly service: number;
        readonly bytes: number;
      }
    | undefined;
}

export function routerLine(report: RequestReport): string {
  const { code, method, target, host, requestId, forwardedFor, status, backend } = report;
  const error: RouterError | undefined = code && ROUTER_ERRORS[code];
  const milliseconds = (value: number) => `${Math.round(value)}ms`;
  return [
    ...(error?.sock ? [`sock=${error.sock}`] : []),
    `at=${error?.at ?? "info"}`,
    ...(code && error ? [`code=${code}`, `desc="${error.desc}"`] : []),
    `method=${method}`,
    `path="${target.replaceAll('"', "%22")}"`,
    `host=${host}`,
    `request_id=${requestId}`,
    `fwd="${forwardedFor}"`,
    `dyno=${backend?.dyno ?? ""}`,
    `connect=${backend ? milliseconds(backend.connect) : ""}`,
    `service=${backend ? milliseconds(backend.service) : ""}`,
    `status=${status}`,
    `bytes=${backend?.bytes ?? ""}`,
    "protocol=http1.1",
    "tls=true",
    "tls_version=tls1.3",
  ].join(" ");
}
