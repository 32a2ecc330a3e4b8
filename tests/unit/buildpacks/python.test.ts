import { describe, expect, it } from "vitest";
import { pythonBuildpack } from "../../../src/platform/buildpacks/python/python";
import { sourceFiles } from "../platform/doubles";
import { build, compiled } from "./build";

const NOTE = [
  "",
  " !     Note: We recently added support for the package manager uv:",
  " !     https://devcenter.heroku.com/changelog-items/3238",
  " !     ",
  " !     It's now our recommended Python package manager, since it",
  " !     supports lockfiles, is faster, gives more helpful error",
  " !     messages, and is actively maintained by a full-time team.",
  " !     ",
  " !     If you haven't tried it yet, we suggest you take a look!",
  " !     https://docs.astral.sh/uv/",
  "",
];
const REJECTED = " !     Push rejected, failed to compile Python app.";
const APP = { ".python-version": "3.14\n", "requirements.txt": "click\n" };
const COLLECT_CLICK = [
  "-----> Installing dependencies using 'pip install -r requirements.txt'",
  "       Collecting click (from -r requirements.txt (line 1))",
  "         Downloading click-8.5.0-py3-none-any.whl.metadata (2.6 kB)",
  "       Downloading click-8.5.0-py3-none-any.whl (125 kB)",
  "       Installing collected packages: click",
  "       Successfully installed click-8.5.0",
  "-----> Saving cache",
  ...NOTE,
];

/** First lines of the blocks, and steps. */
function outline(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => /^-----> | ! {5}(?:Error|Warning|Note|Push)/.test(line));
}

describe("detection", () => {
  it.each([".python-version", "app.py", "Requirements.txt", "requirements.txt.txt", "venv/pyvenv.cfg", "uv.lock"])(
    "takes an app with %s",
    (path) => expect(pythonBuildpack.detect(sourceFiles({ [path]: "" }))).toBe(true),
  );

  it.each(["hola.py", "src/app.py", "package.json", "Procfile", "venv"])("does not take one with only %s", (path) =>
    expect(pythonBuildpack.detect(sourceFiles({ [path]: "" }))).toBe(false),
  );
});

describe("a build", () => {
  it("installs everything the first time", async () => {
    expect((await build(APP)).lines).toEqual([
      "-----> Using Python 3.14 specified in .python-version",
      "-----> Installing Python 3.14.7",
      "-----> Installing pip 26.2.1",
      ...COLLECT_CLICK,
    ]);
  });

  it("uses what the last one left when nothing changed", async () => {
    const { cache } = compiled(await build({ ...APP, "requirements.txt": "Flask\n" }));
    const again = await build({ ...APP, "requirements.txt": "Flask\n" }, { cache });
    expect(again.lines).toEqual([
      "-----> Using Python 3.14 specified in .python-version",
      "-----> Restoring cache",
      "-----> Using cached install of Python 3.14.7",
      "-----> Installing pip 26.2.1",
      "-----> Installing dependencies using 'pip install -r requirements.txt'",
      "       Requirement already satisfied: Flask (from -r requirements.txt (line 1)) (3.1.3)",
      "       Requirement already satisfied: blinker>=1.9.0 (from Flask->-r requirements.txt (line 1)) (1.9.0)",
      "       Requirement already satisfied: click>=8.1.3 (from Flask->-r requirements.txt (line 1)) (8.5.0)",
      "       Requirement already satisfied: itsdangerous>=2.2.0 (from Flask->-r requirements.txt (line 1)) (2.2.0)",
      "       Requirement already satisfied: jinja2>=3.1.2 (from Flask->-r requirements.txt (line 1)) (3.1.6)",
      "       Requirement already satisfied: markupsafe>=2.1.1 (from Flask->-r requirements.txt (line 1)) (3.0.3)",
      "       Requirement already satisfied: werkzeug>=3.1.0 (from Flask->-r requirements.txt (line 1)) (3.1.9)",
      "-----> Saving cache",
      ...NOTE,
    ]);
    expect(compiled(again).packages).toEqual(cache.packages);
  });

  it("says why it does not use it", async () => {
    const { cache } = compiled(await build({ ".python-version": "3.13", "requirements.txt": "Flask\n" }));
    expect((await build(APP, { cache: { ...cache, stack: "heroku-24" } })).lines).toEqual([
      "-----> Using Python 3.14 specified in .python-version",
      "-----> Discarding cache since:",
      "       - The stack has changed from heroku-24 to heroku-26",
      "       - The Python version has changed from 3.13.15 to 3.14.7",
      "       - The contents of requirements.txt changed",
      "-----> Installing Python 3.14.7",
      "-----> Installing pip 26.2.1",
      ...COLLECT_CLICK,
    ]);
  });

  it("sets the environment of one worker and announces the same", async () => {
    const { env, bootLines, defaultProcessTypes } = compiled(await build(APP));
    expect(bootLines).toEqual([
      "Python buildpack: Detected 512 MB available memory and 8 CPU cores.",
      `Python buildpack: Defaulting WEB_CONCURRENCY to ${env.WEB_CONCURRENCY} based on the available memory.`,
    ]);
    expect(env).toMatchObject({ WEB_CONCURRENCY: "1", PYTHONUNBUFFERED: "true", FORWARDED_ALLOW_IPS: "*" });
    expect(defaultProcessTypes).toEqual({});
  });

  it("makes a slug as large as what is in it", async () => {
    const small = compiled(await build(APP)).slugSize;
    const more = compiled(await build({ ...APP, "requirements.txt": "click\ntzdata\n" })).slugSize;
    expect(more - small).toBeGreaterThan(1_347_000);
    expect(compiled(await build({ ...APP, "datos.csv": "1,2\n".repeat(50_000) })).slugSize).toBeGreaterThan(small);
    expect(small / 1024 ** 2).toBeGreaterThan(20);
    expect(small / 1024 ** 2).toBeLessThan(22);
  });

  it("ends when it is cancelled", async () => {
    const reason = new Error("cancelled");
    const context = {
      files: sourceFiles(APP),
      packages: { find: () => undefined },
      output: { line: () => undefined },
      stack: "heroku-26",
      cache: undefined,
      pause: async () => undefined,
      signal: AbortSignal.abort(reason),
    };
    await expect(pythonBuildpack.compile(context)).rejects.toBe(reason);
  });
});

describe("package managers", () => {
  it("lists the root when there is none", async () => {
    const { result, lines } = await build({ "app.py": "", Procfile: "", "templates/a.html": "", ".gitignore": "" });
    expect(lines).toEqual([
      "",
      " !     Error: Couldn't find any supported Python package manager files.",
      " !     ",
      " !     A Python app on Heroku must have either a 'requirements.txt',",
      " !     'Pipfile.lock', 'poetry.lock' or 'uv.lock' package manager file",
      " !     in the root directory of its source code.",
      " !     ",
      " !     Currently the root directory of your app contains:",
      " !     ",
      " !     app.py",
      " !     .gitignore",
      " !     Procfile",
      " !     templates/",
      " !     ",
      " !     If your app already has a package manager file, check that it:",
      " !     ",
      " !     1. Is in the top level directory (not a subdirectory).",
      " !     2. Has the correct spelling (the filenames are case-sensitive).",
      " !     3. Isn't listed in '.gitignore' or '.slugignore'.",
      " !     4. Has been added to the Git repository using 'git add --all'",
      " !        and then committed using 'git commit'.",
      " !     ",
      " !     Otherwise, add a package manager file to your app. If your app has",
      " !     no dependencies, then create an empty 'requirements.txt' file.",
      " !     ",
      " !     If you aren't sure which package manager to use, we recommend",
      " !     trying uv, since it supports lockfiles, is extremely fast, and",
      " !     is actively maintained by a full-time team:",
      " !     https://docs.astral.sh/uv/",
      " !     ",
      " !     For help with using Python on Heroku, see:",
      " !     https://devcenter.heroku.com/articles/getting-started-with-python",
      " !     https://devcenter.heroku.com/articles/python-support",
      "",
      REJECTED,
    ]);
    expect(result).toEqual({ status: "failed", reason: "package-manager::none-found" });
  });

  it("names them when there are several", async () => {
    const { lines } = await build({ "requirements.txt": "", "uv.lock": "", "Pipfile.lock": "{}", "poetry.lock": "" });
    expect(lines[1]).toBe(" !     Error: Multiple Python package manager files were found.");
    expect(lines.slice(6, 10)).toEqual([
      " !     Pipfile.lock (Pipenv)",
      " !     requirements.txt (pip)",
      " !     poetry.lock (Poetry)",
      " !     uv.lock (uv)",
    ]);
    expect(lines.slice(-2)).toEqual(["", REJECTED]);
  });

  it.each([
    ["setup.py", "Error: Implicit setup.py file support has been sunset."],
    ["Pipfile", "Error: No 'Pipfile.lock' found!"],
    ["uv.lock", "Error: This simulation of the Python buildpack only supports pip."],
  ])("refuses an app with only %s", async (path, first) => {
    expect(outline((await build({ [path]: "" })).lines)).toEqual([` !     ${first}`, REJECTED]);
  });

  it("refuses a committed virtual environment", async () => {
    const files = { ".venv/bin/python": "", ".venv/pyvenv.cfg": "", ".venv/lib/python3.14/site.py": "" };
    const { lines } = await build({ ...APP, ...files });
    expect(lines.slice(0, 12)).toEqual([
      "",
      " !     Error: Existing '.venv/' directory found.",
      " !     ",
      " !     Your app's source code contains an existing directory named",
      " !     '.venv/', which looks like a Python virtual environment:",
      " !     ",
      " !     .venv/",
      " !     .venv/bin",
      " !     .venv/bin/python",
      " !     .venv/lib",
      " !     .venv/lib/python3.14",
      " !     .venv/pyvenv.cfg",
    ]);
    expect(lines.at(-1)).toBe(REJECTED);
  });

  it("ends a failed installation with its own error", async () => {
    expect((await build({ ...APP, "requirements.txt": "flaks\n" })).lines).toEqual([
      "-----> Using Python 3.14 specified in .python-version",
      "-----> Installing Python 3.14.7",
      "-----> Installing pip 26.2.1",
      "-----> Installing dependencies using 'pip install -r requirements.txt'",
      "       ERROR: Could not find a version that satisfies the requirement flaks (from versions: none)",
      "       ERROR: No matching distribution found for flaks",
      "",
      " !     Error: Unable to install dependencies using pip.",
      " !     ",
      " !     See the log output above for more information.",
      "",
      REJECTED,
    ]);
  });
});

describe("the Python version", () => {
  const requirements = { "requirements.txt": "" };
  const INSTALLED = [
    "-----> Installing dependencies using 'pip install -r requirements.txt'",
    "-----> Saving cache",
    " !     Note: We recently added support for the package manager uv:",
  ];

  it.each([
    ["# mía\n 3.13 \n", "3.13", "3.13.15", "pip 26.2.1"],
    ["3.14.7", "3.14.7", "3.14.7", "pip 26.2.1"],
    ["3.12\r\n", "3.12", "3.12.14", "pip 26.2.1 and setuptools 70.3.0"],
  ])("comes from .python-version: %j", async (text, asked, full, tools) => {
    const outcome = await build({ ...requirements, ".python-version": text });
    expect(outline(outcome.lines)).toEqual([
      `-----> Using Python ${asked} specified in .python-version`,
      `-----> Installing Python ${full}`,
      `-----> Installing ${tools}`,
      ...INSTALLED,
    ]);
    expect(compiled(outcome).languageVersion).toBe(full);
  });

  it("comes from runtime.txt first, with a warning", async () => {
    const { lines } = await build({
      ...requirements,
      "runtime.txt": "# vieja\npython-3.13\n",
      ".python-version": "3.14",
    });
    expect(outline(lines).slice(0, 3)).toEqual([
      "-----> Using Python 3.13 specified in runtime.txt",
      " !     Warning: The runtime.txt file is deprecated.",
      "-----> Installing Python 3.13.15",
    ]);
  });

  it("is the default, then that of the last build", async () => {
    const first = await build(requirements);
    expect(outline(first.lines).slice(0, 3)).toEqual([
      "-----> No Python version was specified. Using the buildpack default: Python 3.14",
      " !     Warning: No Python version was specified.",
      "-----> Installing Python 3.14.7",
    ]);
    const { cache } = compiled(await build({ ...requirements, ".python-version": "3.13" }));
    expect(outline((await build(requirements, { cache })).lines).slice(0, 4)).toEqual([
      "-----> No Python version was specified. Using the same major version as the last build: Python 3.13",
      " !     Warning: No Python version was specified.",
      "-----> Restoring cache",
      "-----> Using cached install of Python 3.13.15",
    ]);
  });

  it("is warned about when it is old", async () => {
    const { lines } = await build({ ...requirements, ".python-version": "3.10.0" });
    expect(outline(lines).slice(0, 4)).toEqual([
      "-----> Using Python 3.10.0 specified in .python-version",
      " !     Warning: Support for Python 3.10 is deprecated!",
      " !     Warning: A Python patch update is available!",
      "-----> Installing Python 3.10.0",
    ]);
    expect(lines).toContain(" !     patch release of Python 3.10 available: 3.10.21");
  });

  it("explains what a version looks like", async () => {
    expect((await build({ ...requirements, ".python-version": "python-3.14\n" })).lines).toEqual([
      "",
      " !     Error: Invalid Python version in .python-version.",
      " !     ",
      " !     The Python version specified in your .python-version file",
      " !     isn't in the correct format.",
      " !     ",
      " !     The following version was found:",
      " !     python-3.14",
      " !     ",
      " !     However, the Python version must be specified as either:",
      " !     1. The major version only, for example: 3.14 (recommended)",
      " !     2. An exact patch version, for example: 3.14.999",
      " !     ",
      " !     Don't include quotes, a 'python-' prefix or wildcards. Any",
      " !     code comments must be on a separate line prefixed with '#'.",
      " !     ",
      " !     For example, to request the latest version of Python 3.14,",
      " !     update your .python-version file so it contains exactly:",
      " !     3.14",
      " !     ",
      " !     We strongly recommend that you don't specify the Python patch",
      " !     version number, since it will pin your app to an exact Python",
      " !     version and so stop your app from receiving security updates",
      " !     each time it builds.",
      "",
      REJECTED,
    ]);
  });

  it.each([
    [{ ".python-version": "# nada\n" }, "Error: No Python version found in .python-version."],
    [{ ".python-version": "3.13\n3.14\n" }, "Error: Invalid Python version in .python-version."],
    [{ "runtime.txt": "3.14\n" }, "Error: Invalid Python version in runtime.txt."],
    [{ "python-version": "3.14\n" }, "Error: Your .python-version file is spelled incorrectly."],
    [{ ".python-version.txt": "3.14\n" }, "Error: Your .python-version file is spelled incorrectly."],
    [
      { ".python-version": "3.14\n", ".python_version": "" },
      "Error: Your .python-version file is spelled incorrectly.",
    ],
  ])("refuses %j", async (files, first) => {
    expect(outline((await build({ ...requirements, ...files })).lines)).toEqual([` !     ${first}`, REJECTED]);
  });

  it.each([
    ["3.9", "Error: The requested Python version has reached end-of-life."],
    ["2.7.18", "Error: The requested Python version has reached end-of-life."],
    ["3.999", "Error: The requested Python version isn't recognised."],
    ["4.0", "Error: The requested Python version isn't recognised."],
  ])("refuses %s", async (version, first) => {
    expect(outline((await build({ ...requirements, ".python-version": version })).lines)).toEqual([
      `-----> Using Python ${version} specified in .python-version`,
      ` !     ${first}`,
      REJECTED,
    ]);
  });

  it("fails to fetch a patch release that never was", async () => {
    const { lines } = await build({ ...requirements, ".python-version": "3.12.999" });
    expect(lines.slice(0, 8)).toEqual([
      "-----> Using Python 3.12.999 specified in .python-version",
      "-----> Installing Python 3.12.999",
      "       curl: (22) The requested URL returned error: 404",
      "       zstd: /*stdin*\\: unexpected end of file ",
      "       tar: Child returned status 1",
      "       tar: Error is not recoverable: exiting now",
      "",
      " !     Error: The requested Python version isn't available.",
    ]);
    expect(lines.at(-1)).toBe(REJECTED);
  });
});
