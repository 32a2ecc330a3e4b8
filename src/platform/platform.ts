/** The facade of the simulated PaaS. Everything outside `platform/` uses this file, `ports.ts` and `api/http.ts`. */

import type { Api } from "./api/http";
import type { PlatformEvent } from "./events";
import type { PlatformState } from "./model/state";
import type {
  BuildOutput,
  Clock,
  DynoRequest,
  DynoResponse,
  DynoRuntime,
  PackageIndex,
  Random,
  SourceTree,
  Storage,
} from "./ports";

export interface PlatformOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly runtime: DynoRuntime;
  readonly source: SourceTree;
  readonly packages: PackageIndex;
  readonly storage: Storage;
  readonly account: { readonly id: string; readonly email: string };
  /** `real` rests where a real build takes its time; `quick`, the default, does not. */
  readonly pace?: "quick" | "real";
  /** How many dynos the host can run at once, over all apps; a scaling beyond it is refused. */
  readonly maximumDynos?: number;
}

export interface RouterRequest extends DynoRequest {
  /** The app's name or id. */
  readonly app: string;
  /** IP address for the router's `fwd`. */
  readonly client?: string;
  /** A check's probe: no log line, no cookies kept. */
  readonly probe?: boolean;
  /** `jar` (default): the router keeps the app's cookies, as a browser would. `client`: the requester has its own. */
  readonly cookies?: "jar" | "client";
}

export interface RouterResponse extends DynoResponse {
  /** E.g. `web.1`; undefined when no dyno was reached. */
  readonly dyno?: string;
  /** E.g. `H10`, when the router answered by itself. */
  readonly code?: string;
}

export interface BuildRequest {
  /** The app's id. */
  readonly app: string;
  readonly commit: string;
  /** Without `refs/heads/`. */
  readonly branch: string;
}

export type BuildResult =
  | { readonly status: "built"; readonly release: number; readonly slug: string }
  /** The whole text was written to the output; the push ends with `pre-receive hook declined`. */
  | { readonly status: "rejected"; readonly reason: string }
  /** A branch that is not deployed: accepted by Git, no build. */
  | { readonly status: "skipped" };

export interface Platform {
  /** Platform API v3, including the log streams that a log session points to. */
  readonly api: Api;
  /** One HTTP request of a browser. Never rejects but for the signal: an error is a page with its H code. */
  route(request: RouterRequest, signal?: AbortSignal): Promise<RouterResponse>;
  /** The pre-receive hook: builds a pushed commit and, if it builds, releases it. */
  build(request: BuildRequest, output: BuildOutput, signal?: AbortSignal): Promise<BuildResult>;
  app(nameOrId: string): { readonly id: string; readonly name: string; readonly host: string } | undefined;
  /** Read-only; replaced, never mutated, by every event. */
  readonly state: PlatformState;
  /** Called after the event was folded into the state. */
  onEvent(listener: (event: PlatformEvent, state: PlatformState) => void): () => void;
  /** Replaces the state (undo, reset): stops the dynos and starts those of the restored formation. */
  restore(state: PlatformState): Promise<void>;
  /** Resolves when all that happened so far is in storage. */
  flush(): Promise<void>;
  /** Kills the dynos and cancels the timers. */
  dispose(): void;
}
