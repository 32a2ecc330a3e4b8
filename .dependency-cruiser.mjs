/** Imports flow one way. The picture is in README.md, "El mapa de src/". */

const to = (...folders) => `^src/(${folders.join("|")})/`;

/** What each folder may import of ours, beside itself. */
const ALLOWED = {
  files: [],
  platform: [],
  "git-server": ["platform", "files"],
  shell: ["platform", "files"],
  git: ["platform", "files"],
  cli: ["platform", "files"],
  exercise: ["platform", "files"],
  python: ["platform", "files"],
  sandbox: ["shell", "git", "cli", "exercise", "python", "git-server", "platform", "files"],
  node: ["shell", "git", "cli", "exercise", "python", "git-server", "platform", "files"],
  progress: [],
  styles: [],
  markdown: [],
};

const directions = Object.entries(ALLOWED).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import only ${[folder, ...allowed].map((name) => `src/${name}`).join(", ")}`,
  severity: "error",
  from: { path: to(folder) },
  to: { path: "^src/", pathNot: to(folder, ...allowed) },
}));

export default {
  forbidden: [
    ...directions,
    {
      name: "workbench-types-only",
      comment: "The workbench knows an engine only through its port: types of sandbox and exercise, nothing that runs",
      severity: "error",
      from: { path: to("workbench") },
      to: { path: "^src/", pathNot: to("workbench"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "workbench-imports",
      severity: "error",
      from: { path: to("workbench") },
      to: { path: "^src/", pathNot: to("workbench", "sandbox", "exercise") },
    },
    {
      name: "only-python-knows-pyodide",
      severity: "error",
      from: { pathNot: to("python") },
      to: { path: "node_modules/pyodide" },
    },
    {
      name: "only-the-webcontainer-engine-knows-it",
      severity: "error",
      from: { pathNot: "^src/sandbox/webcontainer/" },
      to: { path: "node_modules/@webcontainer" },
    },
    {
      name: "content-through-its-config",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/content.config.ts$" },
      to: { path: "^content/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true, pathNot: "^(astro:|virtual:)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "browser", "default", "types"],
      extensions: [".ts", ".mjs", ".js", ".d.ts", ".json"],
    },
  },
};
