/** The Platform API as the commands use it: a call gives a validated body, a refusal is thrown as the CLI prints it. */

import { z } from "zod";
import type { Api, ApiRequest } from "../platform/api/http";
import { CliError } from "./output";

const refusal = z.object({ id: z.string().optional(), message: z.string() });

export class Client {
  constructor(
    private readonly api: Api,
    private readonly signal: AbortSignal,
  ) {}

  async call<T>(
    schema: z.ZodType<T>,
    method: ApiRequest["method"],
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await this.api({ method, path, body, headers }, this.signal);
    if (response.kind === "stream") throw new Error(`${path} answered with a stream`);
    if (response.status >= 400) throw refused(response.body);
    return schema.parse(response.body);
  }

  get<T>(schema: z.ZodType<T>, path: string, headers: Record<string, string> = {}): Promise<T> {
    return this.call(schema, "GET", path, undefined, headers);
  }

  /** The lines of a log stream; they end when the stream or the command does. */
  async stream(path: string): Promise<AsyncIterable<string>> {
    const response = await this.api({ method: "GET", path }, this.signal);
    if (response.kind === "stream" && response.status < 400) return response.lines;
    throw refused(response.kind === "json" ? response.body : undefined);
  }
}

function refused(body: unknown): CliError {
  const parsed = refusal.safeParse(body);
  if (!parsed.success) return new CliError("The API answered with something unexpected.");
  const { id, message } = parsed.data;
  return new CliError(id ? `${message}\n\nError ID: ${id}` : message);
}

const reference = z.object({ name: z.string() });

export const appShape = z.object({
  id: z.string(),
  name: z.string(),
  web_url: z.string(),
  git_url: z.string(),
  region: reference,
  stack: reference,
  build_stack: reference,
  owner: z.object({ email: z.string() }),
  acm: z.boolean(),
  maintenance: z.boolean(),
  repo_size: z.number().nullable(),
  slug_size: z.number().nullable(),
});
export const releaseShape = z.object({
  version: z.number(),
  description: z.string(),
  created_at: z.string(),
  current: z.boolean(),
  status: z.string(),
  eligible_for_rollback: z.boolean(),
  addon_plan_names: z.array(z.string()),
  user: z.object({ email: z.string() }),
});
export const formationShape = z.object({ type: z.string(), quantity: z.number(), size: z.string() });
export const dynoShape = z.object({
  name: z.string(),
  type: z.string(),
  state: z.string(),
  size: z.string(),
  command: z.string(),
  updated_at: z.string(),
});
export const configShape = z.record(z.string(), z.string());
/** For answers whose body does not matter. */
export const anything = z.unknown();
