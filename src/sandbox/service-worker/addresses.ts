/// <reference lib="webworker" />
/** Which application a request of the browser belongs to. */

import { PREVIEW_PREFIX } from "../preview-address";

export interface AppContext {
  readonly workspace: string;
  readonly app: string;
}

/** Splits `/_app/<workspace>/<app>/<path>`; the path starts with `/`. Undefined for any other address. */
export function parsePreview(pathname: string): (AppContext & { readonly path: string }) | undefined {
  if (!pathname.startsWith(PREVIEW_PREFIX)) return undefined;
  const [workspace, app, ...rest] = pathname.slice(PREVIEW_PREFIX.length).split("/");
  if (!workspace || !app) return undefined;
  return { workspace, app, path: `/${rest.join("/")}` };
}

/** Where a root-relative target of an application really is. */
export function previewPath(app: AppContext, target: string): string {
  return `${PREVIEW_PREFIX}${app.workspace}/${app.app}${target}`;
}

/**
 * The application whose page made the request. The client's own address is the surest sign; a navigation has no client
 * yet, and then the referrer tells, which a page may have hidden.
 */
export async function contextOf(event: FetchEvent, clients: Clients): Promise<AppContext | undefined> {
  const client = event.clientId ? await clients.get(event.clientId) : undefined;
  for (const address of [client?.url, event.request.referrer]) {
    if (!address || !URL.canParse(address)) continue;
    const url = new URL(address);
    if (url.origin !== self.location.origin) continue;
    const preview = parsePreview(url.pathname);
    if (preview) return { workspace: preview.workspace, app: preview.app };
  }
  return undefined;
}

/**
 * A `Location` of the application as the browser must see it.
 * @param target of the request that was answered, for relative locations
 */
export function previewLocation(location: string, app: AppContext, host: string, target: string): string {
  const resolved = URL.canParse(location, `https://${host}${target}`)
    ? new URL(location, `https://${host}${target}`)
    : undefined;
  if (!resolved || resolved.host !== host) return location;
  return previewPath(app, resolved.pathname + resolved.search + resolved.hash);
}
