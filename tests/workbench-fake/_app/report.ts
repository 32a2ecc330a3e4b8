/** What the sandbox's edge puts into every page of an application: where it is. */
export function report(base: string): void {
  const path = `/${location.pathname.slice(base.length)}`;
  parent.postMessage({ type: "despliega:location", path: path + location.search + location.hash }, "*");
}
