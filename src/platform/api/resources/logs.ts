/** Log sessions: the API gives an address, and the address gives the lines. */

import { z } from "zod";
import { uuid } from "../../ids";
import type { LogFilter } from "../../logs/line";
import { RING_LINES } from "../../logs/ring";
import { type Endpoint, json, missing, ofApp, withBody } from "../endpoint";
import { date } from "../shapes";

/** Milliseconds; source: Dev Center, "Platform API Reference", log session. */
const LIFETIME = 5 * 60_000;
const DEFAULT_LINES = 100;

const wanted = z.object({
  dyno: z.string().nullish(),
  dyno_name: z.string().nullish(),
  type: z.string().nullish(),
  source: z.string().nullish(),
  lines: z.number().int().min(0).nullish(),
  tail: z.boolean().nullish(),
});

interface Session {
  /** The app's id. */
  readonly app: string;
  readonly filter: LogFilter;
  readonly lines: number;
  readonly tail: boolean;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Each set of endpoints has sessions of its own. */
export function logEndpoints(): readonly Endpoint[] {
  const sessions = new Map<string, Session>();
  return [
    ofApp("POST", "/log-sessions", (app, call) =>
      withBody(wanted, call, ({ dyno, dyno_name, type, source, lines, tail }) => {
        const { clock, random } = call.control;
        const now = clock.now();
        for (const [id, { expires }] of sessions) if (expires <= now) sessions.delete(id);
        const id = uuid(random);
        sessions.set(id, {
          app: app.id,
          filter: {
            ...((dyno ?? dyno_name) ? { dyno: dyno ?? dyno_name ?? "" } : {}),
            ...(type ? { type } : {}),
            ...(source ? { source } : {}),
          },
          lines: Math.min(lines ?? DEFAULT_LINES, RING_LINES),
          tail: tail ?? false,
          expires: now + LIFETIME,
        });
        const host = call.request.headers?.host ?? "api.heroku.com";
        const protocol = call.request.headers?.["x-forwarded-proto"] ?? "https";
        const logplex_url = `${protocol}://${host}/streams/${id}?srv=${Math.floor(now / 1000)}`;
        return json({ id, logplex_url, created_at: date(now), updated_at: date(now) }, 201);
      }),
    ),
    {
      method: "GET",
      path: "/streams/:session",
      handle({ control, params, signal }) {
        const session = sessions.get(params.session ?? "");
        if (!session || session.expires <= control.clock.now() || !control.store.state.apps[session.app]) {
          return missing("log session");
        }
        const { app, filter, lines, tail } = session;
        return {
          kind: "stream",
          status: 200,
          headers: { "content-type": "application/logplex-1" },
          lines: control.logs.of(app).follow({ lines, tail, filter, signal }),
        };
      },
    },
  ];
}
