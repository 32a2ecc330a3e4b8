/** How one endpoint of the Platform API is declared, and the answers that it can give. */

import type { z } from "zod";
import type { Control } from "../control-plane/control";
import type { Outcome, Refusal } from "../control-plane/outcome";
import type { App } from "../model/app";
import { findApp } from "../model/state";
import type { ApiRequest, ApiResponse } from "./http";

export interface Call {
  readonly control: Control;
  readonly request: ApiRequest;
  /** By the names in the endpoint's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly signal: AbortSignal | undefined;
}

export interface Endpoint {
  readonly method: ApiRequest["method"];
  /** E.g. `/apps/:app/releases/:release`. */
  readonly path: string;
  handle(call: Call): ApiResponse;
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { kind: "json", status, headers: { "content-type": "application/json", ...headers }, body };
}

export function refused({ status, id, message }: Refusal): ApiResponse {
  return json({ id, message }, status);
}

/** The answer for an outcome: what `show` makes of its value, or the refusal. */
export function answer<Value>(outcome: Outcome<Value>, show: (value: Value) => ApiResponse): ApiResponse {
  return outcome.ok ? show(outcome.value) : refused(outcome.refusal);
}

export function missing(what: string): ApiResponse {
  return refused({ status: 404, id: "not_found", message: `Couldn't find that ${what}.` });
}

/** An endpoint below `/apps/:app`. */
export function ofApp(
  method: Endpoint["method"],
  path: string,
  handle: (app: App, call: Call) => ApiResponse,
): Endpoint {
  return {
    method,
    path: `/apps/:app${path}`,
    handle(call) {
      const app = findApp(call.control.store.state, call.params.app ?? "");
      return app ? handle(app, call) : missing("app");
    },
  };
}

/** Passes the body on if it has the shape, else answers 422 and says which field is wrong. */
export function withBody<Schema extends z.ZodType>(
  schema: Schema,
  { request }: Call,
  handle: (body: z.infer<Schema>) => ApiResponse,
): ApiResponse {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return handle(parsed.data);
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "body";
  return refused({ status: 422, id: "invalid_params", message: `Invalid ${field}: ${issue?.message ?? "unknown"}.` });
}
