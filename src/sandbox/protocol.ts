/**
 * Messages between the lesson page, the sandbox's frame, the engine worker and the service worker.
 * The sandbox origin is untrusted: what the page receives is validated here; what travels inside that origin is only typed.
 */

import { z } from "zod";
import type { WorkspaceSpec } from "./workspace";

// ---- page ↔ frame (window messages) ----

/** Page → frame, with a MessagePort: "this is the page's end of the engine". */
export interface ConnectMessage {
  readonly type: "despliega:connect";
}

/** Frame → page. */
export const frameMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("despliega:frame-ready") }),
  z.object({ type: z.literal("despliega:frame-connected") }),
  z.object({ type: z.literal("despliega:frame-failed"), stage: z.enum(["servicio", "motor"]), detail: z.string() }),
]);
export type FrameMessage = z.infer<typeof frameMessage>;

// ---- page ↔ engine worker (MessagePort) ----

export type EngineCall =
  | { readonly method: "list"; readonly path: string }
  | { readonly method: "read"; readonly path: string }
  | { readonly method: "write"; readonly path: string; readonly data: Uint8Array }
  | { readonly method: "makeDirectory"; readonly path: string }
  | { readonly method: "remove"; readonly path: string }
  | { readonly method: "rename"; readonly from: string; readonly to: string }
  | { readonly method: "setRate"; readonly rate: number }
  | { readonly method: "reset" }
  | { readonly method: "dispose" };

export type PageMessage =
  | { readonly type: "start"; readonly spec: WorkspaceSpec }
  | { readonly type: "call"; readonly id: number; readonly call: EngineCall }
  | { readonly type: "terminal-open"; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly type: "terminal-input"; readonly terminal: number; readonly data: string }
  | { readonly type: "terminal-resize"; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly type: "terminal-close"; readonly terminal: number };

// Not instanceof: its type would insist on the kind of buffer behind the array.
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const nodeKind = z.enum(["file", "directory", "symlink"]);
const stageId = z.enum(["motor", "archivos", "python"]);
const app = z.object({ app: z.string(), host: z.string() });

/** Engine → page. */
export const engineMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("stage"), stage: stageId }),
  z.object({
    type: z.literal("started"),
    folder: z.string(),
    rate: z.number().positive(),
    recovered: z.object({ reason: z.string(), fileName: z.string(), data: bytes }).optional(),
  }),
  z.object({
    type: z.literal("failed"),
    stage: stageId,
    reason: z.string(),
    remedy: z.string(),
    detail: z.string(),
  }),
  z.discriminatedUnion("ok", [
    z.object({ type: z.literal("result"), id: z.number(), ok: z.literal(true), value: z.unknown() }),
    z.object({ type: z.literal("result"), id: z.number(), ok: z.literal(false), message: z.string() }),
  ]),
  z.object({ type: z.literal("terminal-output"), terminal: z.number(), data: bytes }),
  z.object({
    type: z.literal("files"),
    changes: z.array(
      z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("write"), path: z.string(), node: nodeKind }),
        z.object({ kind: z.literal("remove"), path: z.string() }),
      ]),
    ),
  }),
  z.object({ type: z.literal("apps"), apps: z.array(app) }),
  z.object({ type: z.literal("open"), app, path: z.string().startsWith("/") }),
  z.object({ type: z.literal("app-changed"), app: z.string() }),
  z.object({
    type: z.literal("progress"),
    steps: z.array(
      z.object({ id: z.string(), state: z.enum(["pendiente", "completado"]), missing: z.string().optional() }),
    ),
  }),
  z.object({ type: z.literal("trouble"), reason: z.string(), remedy: z.string(), fatal: z.boolean() }),
]);
export type EngineMessage = z.infer<typeof engineMessage>;

/** Answers of `list` and `read`, validated by the page. */
export const listAnswer = z.array(z.object({ path: z.string(), kind: nodeKind }));
export const readAnswer = bytes.optional();

// ---- frame ↔ engine worker ----

/** Frame → engine: ports of its two partners. */
export type FrameToEngine =
  /** `spare`: keep one started Python waiting. */
  | { readonly type: "page"; readonly port: MessagePort; readonly spare: boolean }
  | { readonly type: "edge"; readonly port: MessagePort };

/** Engine → frame. */
export type EngineToFrame = { readonly type: "loaded" };

// ---- service worker ↔ windows and engine worker ----

/** Service worker → frame: it was restarted and lost its port. */
export interface NeedPort {
  readonly type: "need-port";
  readonly workspace: string;
}

/** Frame → service worker, with the port. */
export interface TakePort {
  readonly type: "port";
  readonly workspace: string;
}

/** Version 1: a service worker of a newer build serves pages of an older one, so these two only grow. */
export type EdgeRequest =
  | {
      readonly type: "request";
      readonly id: number;
      readonly app: string;
      readonly method: string;
      readonly target: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: ArrayBuffer | null;
    }
  | { readonly type: "abort"; readonly id: number };

export type EdgeResponse =
  | {
      readonly type: "head";
      readonly id: number;
      readonly status: number;
      readonly reason: string;
      /** E.g. `hola-flask-0f9c2d7a1b3e.herokuapp.com`. */
      readonly host: string;
      readonly headers: readonly (readonly [string, string])[];
    }
  | { readonly type: "chunk"; readonly id: number; readonly data: Uint8Array }
  | { readonly type: "end"; readonly id: number }
  /** The connection broke in the middle of the body. */
  | { readonly type: "broken"; readonly id: number };
