/** What the platform's Git server speaks and needs. The HTTP shapes are those of any smart HTTP client's plugin. */

import type { BuildRequest, BuildResult } from "../platform/platform";
import type { BuildOutput } from "../platform/ports";

export interface GitHttpRequest {
  /** Absolute, or from the path on: `/<app>.git/info/refs?service=git-receive-pack`. */
  readonly url: string;
  readonly method: string;
  /** In any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Uint8Array>;
}

export interface GitHttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Yields while the build runs; a consumer that stops early cancels the build. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The part of the platform that receives pushes. */
export interface BuildPlatform {
  app(nameOrId: string): { readonly id: string; readonly name: string; readonly host: string } | undefined;
  build(request: BuildRequest, output: BuildOutput, signal?: AbortSignal): Promise<BuildResult>;
}
