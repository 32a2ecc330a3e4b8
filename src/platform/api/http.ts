/** The two shapes in which the Platform API is spoken: the same over a function call and over loopback HTTP. */

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Path with query, e.g. `/apps/mi-app/releases`. */
  readonly path: string;
  /** Lower-case names. `range` (e.g. `version ..; max=10, order=desc`) works as in the real API. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parsed JSON. */
  readonly body?: unknown;
}

export type ApiResponse =
  /** `body` is JSON. Errors have status ≥ 400 and the body `{id, message}`. */
  | {
      readonly kind: "json";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
    }
  /** A log stream: lines without newline; it ends by itself, or when the request's signal aborts. */
  | {
      readonly kind: "stream";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly lines: AsyncIterable<string>;
    };

/** Speaks the Platform API v3. Never rejects for a refused request: that is a response. */
export type Api = (request: ApiRequest, signal?: AbortSignal) => Promise<ApiResponse>;
