import type { PreviewTarget } from "../sandbox/workspace";

/** A frame's page may say any path; longer ones are not believed. */
const MAX_PATH = 4_096;

/**
 * Where a path of the application really is. It never leaves the application: `..` and `//host` stay below its base.
 * @param path what the reader typed or the application said, e.g. `/notas?orden=1`
 */
export function previewUrl(target: PreviewTarget, path: string): string {
  const relative = path.replace(/^[/\\]+/, "");
  try {
    const url = new URL(`./${relative}`, target.base);
    return url.href.startsWith(target.base) ? url.href : target.base;
  } catch {
    return target.base;
  }
}

/** A path as the address bar writes it: always with its first slash, without what cannot be in an address. */
export function normalisePath(path: string): string {
  return `/${path.trim().replace(/^[/\\]+/, "")}`;
}

/** The path that a page in the preview reports after each navigation, or undefined if the message is anything else. */
export function readLocationMessage(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  if (!("type" in data) || data.type !== "despliega:location") return undefined;
  if (!("path" in data) || typeof data.path !== "string") return undefined;
  if (!data.path.startsWith("/") || data.path.length > MAX_PATH) return undefined;
  return data.path;
}

/** The application and path that a link means, or undefined when no present application has that address. */
export function findTarget(
  targets: readonly PreviewTarget[],
  link: string,
): { readonly target: PreviewTarget; readonly path: string } | undefined {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return undefined;
  }
  const path = url.pathname + url.search + url.hash;
  for (const target of targets) {
    if (url.host === target.host) return { target, path };
    if (url.href.startsWith(target.base)) return { target, path: `/${url.href.slice(target.base.length)}` };
  }
  return undefined;
}

/** The paths seen in the frame, as a browser keeps them: going somewhere new forgets what lay ahead. */
export class Trail {
  #paths: string[] = [];

  /** The page shown now is this one. Going to where one came from counts as having gone back. */
  visit(path: string): void {
    if (path === this.#paths.at(-1)) return;
    if (this.#paths.length > 1 && path === this.#paths.at(-2)) this.#paths.pop();
    else this.#paths.push(path);
  }

  get canGoBack(): boolean {
    return this.#paths.length > 1;
  }

  /** Leaves the present page; returns the one to show, or undefined at the start. */
  back(): string | undefined {
    if (!this.canGoBack) return undefined;
    this.#paths.pop();
    return this.#paths.at(-1);
  }

  clear(): void {
    this.#paths = [];
  }
}
