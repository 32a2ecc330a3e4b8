/** The Platform API as the commands use it: a call gives a validated body, a refusal is thrown as the CLI prints it. */

import { z } from "zod";
import type { Api, ApiRequest, ApiResponse } from "../platform/api/http";
import { CliError } from "./failure";

const refusal = z.object({ id: z.string().optional(), message: z.string() });

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Client {
  constructor(
    private readonly api: Api,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws CliError for a refusal (exit code 2). */
  async call<T>(
    schema: z.ZodType<T>,
    method: ApiRequest["method"],
    path: string,
    options: CallOptions = {},
  ): Promise<T> {
    const response = await this.api({ method, path, ...options }, this.signal);
    if (response.status >= 400) throw refused(response);
    if (response.kind === "stream") throw new Error(`${path} answered with a stream`);
    return schema.parse(response.body);
  }

  get<T>(schema: z.ZodType<T>, path: string, headers?: Readonly<Record<string, string>>): Promise<T> {
    return this.call(schema, "GET", path, headers && { headers });
  }

  /** Like `get`; undefined when the API refuses. */
  async find<T>(schema: z.ZodType<T>, path: string): Promise<T | undefined> {
    const response = await this.api({ method: "GET", path }, this.signal);
    return response.kind === "json" && response.status < 400 ? schema.parse(response.body) : undefined;
  }

  /** The answer to `GET path` as it comes: a log stream, or the refusal. */
  open(path: string): Promise<ApiResponse> {
    return this.api({ method: "GET", path }, this.signal);
  }
}

function refused(response: ApiResponse): CliError {
  const parsed = refusal.safeParse(response.kind === "json" ? response.body : undefined);
  if (!parsed.success) return new CliError(`HTTP Error ${response.status}`);
  const { id, message } = parsed.data;
  return new CliError(id ? `${message}\n\nError ID: ${id}` : message);
}
