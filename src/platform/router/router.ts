/** From a browser's request to a dyno and back: selection, queue, deadlines, codes, log line, cookies. */

import type { Context } from "../context";
import type { DynoRun } from "../dynos/run";
import type { Supervisor } from "../dynos/supervisor";
import { uuid } from "../ids";
import type { App } from "../model/app";
import { currentSlug, findApp } from "../model/state";
import type { RouterRequest, RouterResponse } from "../platform";
import { DynoGone, type DynoResponse } from "../ports";
import { Backlog, type Turn } from "./backlog";
import { ROUTER_ERRORS, type RouterCode } from "./codes";
import { CookieJar } from "./cookie-jar";
import { acceptableRequestId, headerValue, requestHeaders, responseHeaders } from "./headers";
import { routerLine } from "./log-line";
import { errorPage, noSuchApp } from "./pages";
import { type TransferEnd, transfer } from "./transfer";
import { Changes, waitFor } from "./wait";

/** Milliseconds. Source: Dev Center, "HTTP Routing" and "Heroku Error Codes". */
const FIRST_BYTE_TIMEOUT = 30_000;
const BOOT_TIMEOUT = 75_000;

/** An address of the documentation range (RFC 5737) for a client that gives none. */
const DEFAULT_CLIENT = "203.0.113.7";

/** A request on its way. */
interface Exchange {
  readonly app: App;
  readonly request: RouterRequest;
  readonly signal: AbortSignal | undefined;
  readonly requestId: string;
  readonly forwardedFor: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
}

type Choice =
  | { readonly kind: "run"; readonly run: DynoRun }
  | { readonly kind: "wait" }
  | { readonly kind: "error"; readonly code: RouterCode };

type Answer = RouterResponse | "try-again";

export class Router {
  private readonly context: Context;
  private readonly dynos: Supervisor;
  private readonly changes = new Changes();
  private readonly backlogs = new WeakMap<DynoRun, Backlog>();
  private readonly jars = new Map<string, CookieJar>();
  private closed = false;

  constructor(context: Context, dynos: Supervisor) {
    this.context = context;
    this.dynos = dynos;
  }

  /** Something changed in an app or its dynos: those who wait look again. */
  changed(app: string): void {
    this.changes.tell(app);
  }

  /** Forgets what a browser knew of an app. */
  drop(app: string): void {
    this.jars.delete(app);
    this.changes.tell(app);
  }

  /** Forgets all cookies. */
  clearCookies(): void {
    this.jars.clear();
  }

  /** Answers everybody who waits, and from now on everything, with an error page. */
  close(): void {
    this.closed = true;
    this.changes.tellAll();
  }

  /** Rejects only with the signal's reason. */
  async route(request: RouterRequest, signal?: AbortSignal): Promise<RouterResponse> {
    signal?.throwIfAborted();
    const app = findApp(this.context.store.state, request.app);
    if (!app) return noSuchApp();
    const client = request.client ?? DEFAULT_CLIENT;
    const earlier = headerValue(request.headers, "x-forwarded-for");
    const exchange: Exchange = {
      app,
      request,
      signal,
      requestId: acceptableRequestId(request.headers) ?? uuid(this.context.random),
      forwardedFor: earlier ? `${earlier}, ${client}` : client,
      start: this.context.clock.now(),
    };
    while (true) {
      const choice = await this.choose(exchange);
      if (choice.kind === "error") {
        const gone = !this.context.store.state.apps[app.id];
        return gone ? noSuchApp() : this.refuse(exchange, choice.code);
      }
      const answer = await this.forward(exchange, choice.run);
      if (answer !== "try-again") return answer;
    }
  }

  /** A dyno that is up, at random; waits for one that starts. */
  private async choose(exchange: Exchange): Promise<Exclude<Choice, { kind: "wait" }>> {
    const { clock } = this.context;
    const deadline = clock.now() + BOOT_TIMEOUT;
    while (true) {
      const choice = this.look(exchange.app.id);
      if (choice.kind !== "wait") return choice;
      const change = this.changes.next(exchange.app.id);
      const waited = await waitFor(change, clock, deadline - clock.now(), exchange.signal);
      if (waited.kind === "timeout") return { kind: "error", code: "H20" };
      if (waited.kind === "aborted") throw this.abandoned(exchange);
    }
  }

  private look(id: string): Choice {
    const app = this.context.store.state.apps[id];
    if (this.closed || !app) return { kind: "error", code: "H99" };
    if (app.maintenance) return { kind: "error", code: "H80" };
    if (!currentSlug(app)) return { kind: "error", code: "H81" };
    const web = this.dynos.of(id).filter((dyno) => dyno.type === "web");
    if (web.length === 0) return { kind: "error", code: "H14" };
    const up = web.flatMap((dyno) => dyno.run ?? []);
    const run = up[Math.floor(this.context.random.next() * up.length)];
    if (run) return { kind: "run", run };
    return web.some((dyno) => dyno.state === "starting") ? { kind: "wait" } : { kind: "error", code: "H10" };
  }

  /** Queues at the dyno, hands the request over and waits for the head of the answer. */
  private async forward(exchange: Exchange, run: DynoRun): Promise<Answer> {
    const { clock } = this.context;
    const { signal } = exchange;
    const backlog = this.backlogOf(run);
    if (backlog.full) return this.refuse(exchange, "H11");
    const turn = backlog.enter();
    const sent = clock.now();
    const left = () => Math.max(0, sent + FIRST_BYTE_TIMEOUT - clock.now());
    const fail = (code: RouterCode) => this.refuse(exchange, code, { run, sent });

    try {
      const waited = await waitFor(turn.ready, clock, left(), signal);
      if (waited.kind !== "done") {
        turn.leave();
        if (waited.kind === "aborted") throw this.abandoned(exchange, { run, sent });
        return fail("H12");
      }
    } catch (error) {
      turn.leave();
      // It was still in the queue: another dyno, or the next process of this one, takes it.
      if (error instanceof DynoGone) return "try-again";
      throw error;
    }

    const answer = run.request(this.asForwarded(exchange), exchange.request.probe === true);
    try {
      const waited = await waitFor(answer, clock, left(), signal);
      if (waited.kind === "done") return this.deliver(exchange, run, sent, waited.value, turn);
      // The dyno does not know that nobody waits any more: it is busy until it has answered.
      discard(answer, turn);
      if (waited.kind === "aborted") throw this.abandoned(exchange, { run, sent });
      return fail("H12");
    } catch (error) {
      if (signal?.aborted) throw error;
      turn.leave();
      return fail("H13");
    }
  }

  private deliver(exchange: Exchange, run: DynoRun, sent: number, response: DynoResponse, turn: Turn): RouterResponse {
    const { app, request, signal } = exchange;
    const { clock } = this.context;
    if (keepsCookies(request)) this.jarOf(app.id).store(response.headers, app.host, request.target, clock.now());
    const body = transfer(response.body, {
      clock,
      name: run.name,
      signal,
      ended: (end, bytes) => {
        const code = codeOf(end);
        const status = code?.startsWith("H2") ? 499 : response.status;
        this.log(exchange, status, code, { run, sent, bytes });
      },
      freed: () => turn.leave(),
    });
    const { status, reason, headers } = response;
    return { status, reason, headers: responseHeaders(headers), body, dyno: run.name };
  }

  private asForwarded(exchange: Exchange) {
    const { app, request, requestId, forwardedFor, start } = exchange;
    const { method, target, body } = request;
    const kept = keepsCookies(request) ? this.jarOf(app.id).header(target, start) : undefined;
    const cookie = kept ?? headerValue(request.headers, "cookie");
    const forwarding = { host: app.host, requestId, forwardedFor, start, cookie };
    return { method, target, headers: requestHeaders(request.headers, forwarding), body };
  }

  private refuse(exchange: Exchange, code: RouterCode, backend?: Reached): RouterResponse {
    this.log(exchange, ROUTER_ERRORS[code].status, code, backend);
    const page = errorPage(code);
    return backend ? { ...page, dyno: backend.run.name } : page;
  }

  /** The client left before it had an answer. @returns what to throw */
  private abandoned(exchange: Exchange, backend?: Reached): unknown {
    this.log(exchange, ROUTER_ERRORS.H27.status, "H27", backend);
    return exchange.signal?.reason;
  }

  private log(exchange: Exchange, status: number, code: RouterCode | undefined, backend: Reached | undefined): void {
    const { app, request, requestId, forwardedFor } = exchange;
    if (request.probe) return;
    const { clock, logs, store } = this.context;
    // A late answer for an app that is gone must not bring its log back.
    if (!store.state.apps[app.id]) return;
    const line = routerLine({
      code,
      method: request.method,
      target: request.target,
      host: app.host,
      requestId,
      forwardedFor,
      status,
      backend: backend && {
        dyno: backend.run.name,
        // A dyno of the simulation is never far away.
        connect: 0,
        service: clock.now() - backend.sent,
        bytes: backend.bytes ?? 0,
      },
    });
    logs.append(app.id, "heroku", "router", line);
  }

  private backlogOf(run: DynoRun): Backlog {
    let backlog = this.backlogs.get(run);
    if (!backlog) {
      backlog = new Backlog(run);
      this.backlogs.set(run, backlog);
    }
    return backlog;
  }

  private jarOf(app: string): CookieJar {
    let jar = this.jars.get(app);
    if (!jar) {
      jar = new CookieJar();
      this.jars.set(app, jar);
    }
    return jar;
  }
}

interface Reached {
  readonly run: DynoRun;
  /** When the request was given to the dyno, queue included. */
  readonly sent: number;
  readonly bytes?: number;
}

/** A client with cookies of its own (a program, a real browser) keeps them itself, and a check's probe has none. */
function keepsCookies(request: RouterRequest): boolean {
  return !request.probe && request.cookies !== "client";
}

function codeOf(end: TransferEnd): RouterCode | undefined {
  switch (end) {
    case "complete":
      return undefined;
    case "backend-gone":
      return "H18";
    case "backend-idle":
      return "H15";
    case "client-gone":
      return "H27";
    case "client-idle":
      return "H28";
  }
}

/** Waits for an answer that came too late, lets its body go, and frees the dyno. */
function discard(answer: Promise<DynoResponse>, turn: Turn): void {
  const read = async () => {
    const { body } = await answer;
    // The first chunk starts the generator, so that leaving it reaches its source.
    for await (const _chunk of body) break;
  };
  read()
    .catch(() => undefined)
    .finally(() => turn.leave());
}
