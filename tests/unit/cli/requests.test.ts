import { describe, expect, it } from "vitest";
import { heroku } from "../../../src/cli/heroku";
import type { ApiRequest } from "../../../src/platform/api/http";

/** Runs a command before an API that knows nothing, and tells what it was asked. */
async function requestsOf(
  ...args: readonly string[]
): Promise<readonly Pick<ApiRequest, "method" | "path" | "body">[]> {
  const requests: ApiRequest[] = [];
  const output = { isTerminal: false, write: async () => {} };
  await heroku({
    args,
    terminal: { stdout: output, stderr: output, columns: 80, ask: async () => undefined },
    git: { remotes: async () => undefined, setRemote: async () => {}, removeRemote: async () => {} },
    browser: { open: async () => {} },
    api: async (request) => {
      requests.push(request);
      return { kind: "json", status: 404, headers: {}, body: { id: "not_found", message: "Nada." } };
    },
    env: { HEROKU_APP: "hola" },
    now: () => 0,
    signal: new AbortController().signal,
  });
  return requests.map(({ method, path, body }) => ({ method, path, body }));
}

describe("what the API is asked", () => {
  it.each([
    [["ps:stop", "-d", "web.1"], "POST", "/apps/hola/dynos/web.1/actions/stop", undefined],
    [["ps:stop", "-p", "web"], "POST", "/apps/hola/formations/web/actions/stop", undefined],
    [["ps:restart", "-p", "web"], "DELETE", "/apps/hola/formations/web", undefined],
    [
      ["ps:scale", "web=2:standard-1x"],
      "PATCH",
      "/apps/hola/formation",
      { updates: [{ type: "web", quantity: 2, size: "standard-1x" }] },
    ],
    [["config:unset", "A"], "PATCH", "/apps/hola/config-vars", { A: null }],
    [["create", "nueva", "--team", "equipo"], "POST", "/teams/apps", { name: "nueva", team: "equipo" }],
    [["apps", "--all"], "GET", "/apps", undefined],
    [["apps"], "GET", "/users/~/apps", undefined],
    [["rollback", "v3"], "GET", "/apps/hola/releases/3", undefined],
  ])("by %j", async (args, method, path, body) => {
    const [first] = await requestsOf(...args);
    expect(first).toEqual({ method, path, body });
  });
});
