/** The pages that the router answers by itself. In English, as the real ones; the markup is our own. */

import type { RouterResponse } from "../platform";
import { ROUTER_ERRORS, type RouterCode } from "./codes";

const encoder = new TextEncoder();

const REASONS: Readonly<Record<number, string>> = {
  404: "Not Found",
  499: "Client Closed Request",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

/** No app has this name. */
export function noSuchApp(): RouterResponse {
  return page(404, "There's nothing here, yet.", ["Build something amazing: no app answers at this address."]);
}

export function errorPage(code: RouterCode): RouterResponse {
  const { status } = ROUTER_ERRORS[code];
  return { ...page(status, ...texts(code)), code };
}

function texts(code: RouterCode): [title: string, paragraphs: readonly string[]] {
  switch (code) {
    case "H80":
      return ["Offline for Maintenance", ["This application is undergoing maintenance right now. Check back later."]];
    case "H81":
      return [
        "Welcome to your new app!",
        ["No code has been deployed to it yet. Push some with <code>git push heroku main</code>."],
      ];
    default:
      return [
        "Application error",
        [
          "The application could not serve this page.",
          "If you own it, look at its logs: <code>heroku logs --tail</code>",
        ],
      ];
  }
}

function page(status: number, title: string, paragraphs: readonly string[]): RouterResponse {
  const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;text-align:center;color:#333}</style>
</head>
<body>
<h1>${title}</h1>
${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}
</body>
</html>
`;
  const body = encoder.encode(html);
  return {
    status,
    reason: REASONS[status] ?? "",
    headers: [
      ["Content-Type", "text/html; charset=utf-8"],
      ["Content-Length", String(body.byteLength)],
      ["Cache-Control", "no-cache, no-store"],
      ["Server", "Heroku"],
      ["Via", "1.1 heroku-router"],
    ],
    body: once(body),
  };
}

async function* once(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
}
