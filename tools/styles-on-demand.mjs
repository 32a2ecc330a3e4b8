/**
 * Astro links every style sheet of a page's scripts in the page's head, also those of modules that a script imports
 * later. The workbench's must come with the workbench and not before: here its import becomes a link that the module
 * itself adds, and waits for.
 */

const MODULE = /\/src\/workbench\/mount\.ts$/;
const IMPORT = /^import "\.\/(?<sheet>[\w-]+\.css)";$/m;

const link = (sheet) => `import stylesheetUrl from "./${sheet}?url";
await new Promise((resolve, reject) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = stylesheetUrl;
  link.onload = resolve;
  link.onerror = () => reject(new Error(stylesheetUrl));
  document.head.append(link);
});`;

/** @returns {import("vite").Plugin} */
export default function stylesOnDemand() {
  return {
    name: "despliega:styles-on-demand",
    apply: "build",
    enforce: "pre",
    applyToEnvironment: (environment) => environment.name === "client",
    transform: {
      filter: { id: MODULE },
      handler(code) {
        const sheet = IMPORT.exec(code)?.groups?.sheet;
        if (!sheet)
          this.error(
            "src/workbench/mount.ts no longer imports its style sheet: is tools/styles-on-demand.mjs still needed?",
          );
        return { code: code.replace(IMPORT, link(sheet)), map: null };
      },
    },
  };
}
