/** The Platform API: finds the endpoint for a request. */

import type { Control } from "../control-plane/control";
import { type Endpoint, refused } from "./endpoint";
import type { Api } from "./http";
import { appEndpoints } from "./resources/apps";
import { dynoEndpoints } from "./resources/dynos";
import { logEndpoints } from "./resources/logs";
import { releaseEndpoints } from "./resources/releases";

export function createApi(control: Control): Api {
  const endpoints = [...appEndpoints, ...releaseEndpoints, ...dynoEndpoints, ...logEndpoints()];
  return async (request, signal) => {
    signal?.throwIfAborted();
    const [path = "/", query = ""] = request.path.split("?");
    for (const endpoint of endpoints) {
      const params = endpoint.method === request.method ? match(endpoint, path) : undefined;
      if (!params) continue;
      return endpoint.handle({ control, request, params, query: new URLSearchParams(query), signal });
    }
    return refused({
      status: 404,
      id: "not_found",
      message:
        "The requested API endpoint was not found. Are you using the right HTTP verb (i.e. `GET` vs. `POST`), and did you specify your intended version with the `Accept` header?",
    });
  };
}

/** The values of the path's `:names`; undefined when it is another path. */
function match({ path }: Endpoint, actual: string): Record<string, string> | undefined {
  const wanted = path.split("/");
  const given = actual.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
