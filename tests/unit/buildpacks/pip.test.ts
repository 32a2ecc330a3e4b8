/** Outputs as pip 26.2.1 printed them over an index of the same wheels. */

import { describe, expect, it } from "vitest";
import { build, compiled } from "./build";

const INSTALL = "-----> Installing dependencies using 'pip install -r requirements.txt'";

/** What pip printed, without its indentation. */
async function pip(requirements: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const { lines } = await build({ ".python-version": "3.14\n", "requirements.txt": requirements, ...more });
  const output = lines.slice(lines.indexOf(INSTALL) + 1);
  const end = output.findIndex((line) => !line.startsWith("       "));
  return output.slice(0, end).map((line) => line.slice(7));
}

describe("installing", () => {
  it("collects breadth first, downloads as it settles, installs leaves first", async () => {
    expect(await pip("Flask\ngunicorn\n")).toEqual([
      "Collecting Flask (from -r requirements.txt (line 1))",
      "  Downloading flask-3.1.3-py3-none-any.whl.metadata (3.2 kB)",
      "Collecting gunicorn (from -r requirements.txt (line 2))",
      "  Downloading gunicorn-26.2.0-py3-none-any.whl.metadata (5.5 kB)",
      "Collecting blinker>=1.9.0 (from Flask->-r requirements.txt (line 1))",
      "  Downloading blinker-1.9.0-py3-none-any.whl.metadata (1.6 kB)",
      "Collecting click>=8.1.3 (from Flask->-r requirements.txt (line 1))",
      "  Downloading click-8.5.0-py3-none-any.whl.metadata (2.6 kB)",
      "Collecting itsdangerous>=2.2.0 (from Flask->-r requirements.txt (line 1))",
      "  Downloading itsdangerous-2.2.0-py3-none-any.whl.metadata (1.9 kB)",
      "Collecting jinja2>=3.1.2 (from Flask->-r requirements.txt (line 1))",
      "  Downloading jinja2-3.1.6-py3-none-any.whl.metadata (2.9 kB)",
      "Collecting markupsafe>=2.1.1 (from Flask->-r requirements.txt (line 1))",
      "  Downloading markupsafe-3.0.3-cp314-cp314-manylinux2014_x86_64.whl.metadata (2.7 kB)",
      "Collecting werkzeug>=3.1.0 (from Flask->-r requirements.txt (line 1))",
      "  Downloading werkzeug-3.1.9-py3-none-any.whl.metadata (4.1 kB)",
      "Downloading flask-3.1.3-py3-none-any.whl (103 kB)",
      "Downloading gunicorn-26.2.0-py3-none-any.whl (228 kB)",
      "Downloading blinker-1.9.0-py3-none-any.whl (8.5 kB)",
      "Downloading click-8.5.0-py3-none-any.whl (125 kB)",
      "Downloading itsdangerous-2.2.0-py3-none-any.whl (16 kB)",
      "Downloading jinja2-3.1.6-py3-none-any.whl (134 kB)",
      "Downloading markupsafe-3.0.3-cp314-cp314-manylinux2014_x86_64.whl (22 kB)",
      "Downloading werkzeug-3.1.9-py3-none-any.whl (228 kB)",
      "Installing collected packages: markupsafe, itsdangerous, gunicorn, click, blinker, werkzeug, jinja2, Flask",
      "Successfully installed Flask-3.1.3 blinker-1.9.0 click-8.5.0 gunicorn-26.2.0 itsdangerous-2.2.0 jinja2-3.1.6 markupsafe-3.0.3 werkzeug-3.1.9",
    ]);
  });

  it("settles what is pinned and what is bounded first, and shows specifiers sorted", async () => {
    const output = await pip("gunicorn\nFlask==3.1.3\npython-dotenv\njinja2 <4, >=3 # hola\n");
    expect(output.filter((line) => line.startsWith("Collecting"))).toEqual([
      "Collecting gunicorn (from -r requirements.txt (line 1))",
      "Collecting Flask==3.1.3 (from -r requirements.txt (line 2))",
      "Collecting python-dotenv (from -r requirements.txt (line 3))",
      "Collecting jinja2<4,>=3 (from -r requirements.txt (line 4))",
      "Collecting blinker>=1.9.0 (from Flask==3.1.3->-r requirements.txt (line 2))",
      "Collecting click>=8.1.3 (from Flask==3.1.3->-r requirements.txt (line 2))",
      "Collecting itsdangerous>=2.2.0 (from Flask==3.1.3->-r requirements.txt (line 2))",
      "Collecting markupsafe>=2.1.1 (from Flask==3.1.3->-r requirements.txt (line 2))",
      "Collecting werkzeug>=3.1.0 (from Flask==3.1.3->-r requirements.txt (line 2))",
    ]);
    expect(output.filter((line) => line.startsWith("Downloading")).slice(0, 3)).toEqual([
      "Downloading flask-3.1.3-py3-none-any.whl (103 kB)",
      "Downloading jinja2-3.1.6-py3-none-any.whl (134 kB)",
      "Downloading gunicorn-26.2.0-py3-none-any.whl (228 kB)",
    ]);
  });

  it("takes names in any spelling, sizes in pip's units", async () => {
    expect(await pip("Python_DotEnv\ntzdata[all]\n")).toEqual([
      "Collecting Python_DotEnv (from -r requirements.txt (line 1))",
      "  Downloading python_dotenv-1.2.4-py3-none-any.whl.metadata (29 kB)",
      "Collecting tzdata[all] (from -r requirements.txt (line 2))",
      "  Downloading tzdata-2026.4-py3-none-any.whl.metadata (958 bytes)",
      "Downloading python_dotenv-1.2.4-py3-none-any.whl (23 kB)",
      "Downloading tzdata-2026.4-py3-none-any.whl (1.3 MB)",
      "Installing collected packages: tzdata, Python_DotEnv",
      "Successfully installed Python_DotEnv-1.2.4 tzdata-2026.4",
    ]);
  });

  it("prints nothing for a file without requirements", async () => {
    expect(await pip("# nada\n\n")).toEqual([]);
  });

  it.each([
    "==3.1.3",
    "==3.1.*",
    "~=3.1",
    "~=3.1.0",
    ">=3,<4",
    "!=3.0",
    ">3.1.2",
    "<=3.1.3",
    "<3.2",
    "===3.1.3",
    " (>=3)",
    ">=3.1.3rc1",
    "<3.1.4.dev1",
  ])("finds Flask %s", async (specifier) => {
    expect((await pip(`Flask${specifier}\n`)).at(-1)).toMatch(/^Successfully installed Flask-3.1.3 /);
  });

  it.each(["==3.1", "~=3.0.1", "<3", ">3.1.3", "!=3.1.*", ">=4", "==3.1.3.post1", "==1!3.1.3"])(
    "does not find Flask %s",
    async (specifier) => {
      expect(await pip(`Flask${specifier}\n`)).toEqual([
        `ERROR: Could not find a version that satisfies the requirement Flask${specifier} (from versions: 3.1.3)`,
        `ERROR: No matching distribution found for Flask${specifier}`,
      ]);
    },
  );
});

describe("requirements files", () => {
  it("reads nested files and constraints, from the file that names them", async () => {
    const output = await pip("blinker\n-r req/web.txt\n", {
      "req/web.txt": "-r base.txt\n-c limits.txt\nclick\n",
      "req/base.txt": "itsdangerous\n",
      "req/limits.txt": "gunicorn<1\n",
    });
    expect(output.filter((line) => line.startsWith("Collecting"))).toEqual([
      "Collecting blinker (from -r requirements.txt (line 1))",
      "Collecting itsdangerous (from -r /tmp/build_4f1d2c9e/req/base.txt (line 1))",
      "Collecting click (from -r /tmp/build_4f1d2c9e/req/web.txt (line 3))",
    ]);
  });

  it("says which file is missing, and which names itself", async () => {
    expect(await pip("-r nada.txt")).toEqual([
      "ERROR: Could not open requirements file: [Errno 2] No such file or directory: '/tmp/build_4f1d2c9e/nada.txt'",
    ]);
    expect(await pip("-c nada.txt")).toEqual([
      "ERROR: Could not open constraint file: [Errno 2] No such file or directory: '/tmp/build_4f1d2c9e/nada.txt'",
    ]);
    expect((await pip("-r a.txt", { "a.txt": "-r requirements.txt" }))[0]).toMatch(/recursively references itself/);
  });

  it("joins continued lines and skips comments, options of the index and hashes", async () => {
    const output = await pip(
      "--index-url https://example.org/simple\n# uno\nclick\\\n==8.5.0 --hash=sha256:00\nflaks # dos",
    );
    expect(output).toEqual([
      "Collecting click==8.5.0 (from -r requirements.txt (line 3))",
      "  Downloading click-8.5.0-py3-none-any.whl.metadata (2.6 kB)",
      "ERROR: Could not find a version that satisfies the requirement flaks (from versions: none)",
      "ERROR: No matching distribution found for flaks",
    ]);
  });

  it("leaves out what the environment does not need", async () => {
    const requirements = [
      "pywin32==306 ; sys_platform=='win32'",
      'click; python_version >= "3.9" and (os_name == "nt" or os_name == "posix")',
      'blinker; python_version < "3.9"',
    ];
    expect((await pip(requirements.join("\n"))).slice(0, 3)).toEqual([
      "Ignoring pywin32: markers 'sys_platform == \"win32\"' don't match your environment",
      "Ignoring blinker: markers 'python_version < \"3.9\"' don't match your environment",
      "Collecting click (from -r requirements.txt (line 2))",
    ]);
  });

  it("reads what PowerShell writes", async () => {
    const { decodeRequirements } = await import("../../../src/platform/buildpacks/pip/requirements-file");
    const text = "Flask==3.1.3\r\n";
    const bytes = [0xff, 0xfe, ...[...text].flatMap((character) => [character.charCodeAt(0), 0])];
    expect(decodeRequirements(Uint8Array.from(bytes))).toBe(text);
    expect((await pip("\uFEFFclick\r\n"))[0]).toBe("Collecting click (from -r requirements.txt (line 1))");
  });
});

describe("refusing a line", () => {
  const noVersion = "Expected semicolon (after name with no version specifier) or end";
  const afterVersion = "Expected comma (within version specifier), semicolon (after version specifier) or end";

  it.each([
    ["an-invalid-requirement!", noVersion, 22, 0],
    ["flask 3.1.3", noVersion, 6, 0],
    ["pip install flask", noVersion, 4, 0],
    ["flask==", noVersion, 5, 0],
    ["flask==3.1.x", afterVersion, 5, 5],
    ["flask==3.1.3 gunicorn", afterVersion, 5, 8],
    ["flask>=3.*", ".* suffix can only be used with `==` or `!=` operators", 5, 4],
    ["==3", "Expected package name at the start of dependency specifier", 0, 0],
    ["flask[async", "Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras", 5, 6],
    ["flask (>=3", "Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after version specifier", 6, 4],
    ["flask @", "Expected URL after @", 7, 0],
  ])("points at what is wrong in %s", async (line, reason, start, length) => {
    expect(await pip(`click\n${line}\n`)).toEqual([
      `ERROR: Invalid requirement: '${line}': ${reason}`,
      `    ${line}`,
      `    ${" ".repeat(start)}${"~".repeat(length)}^ (from line 2 of requirements.txt)`,
    ]);
  });

  it("guesses what was meant", async () => {
    expect((await pip("flask=3.1")).at(-1)).toBe("Hint: = is not a valid operator. Did you mean == ?");
    expect((await pip("foo/bar")).at(-1)).toBe("Hint: It looks like a path. File 'foo/bar' does not exist.");
    expect((await pip("requirements.txt"))[1]).toMatch(
      /^HINT: You are attempting to install a package literally named/,
    );
    expect((await pip("flask=='3'"))[0]).toMatch(/^ERROR: Invalid requirement: "flask=='3'": /);
  });

  it("refuses markers, options and directories as pip does", async () => {
    expect(await pip("flask; hola")).toEqual([
      "ERROR: Invalid requirement: 'flask': Expected a marker variable or quoted string",
      "    hola",
      "    ^",
    ]);
    expect(await pip("flask; python_version")).toEqual([
      "ERROR: Invalid requirement: 'flask': Expected marker operator, one of <=, <, !=, ==, >=, >, ~=, ===, in, not in",
      "    python_version",
      "                  ^",
    ]);
    expect(await pip("flask==3.1.3 --foo")).toEqual([
      "Usage: pip [options]",
      "",
      "ERROR: Invalid requirement: flask==3.1.3 --foo",
      "pip: error: no such option: --foo",
      "",
    ]);
    expect(await pip(".")).toEqual([
      "ERROR: Directory '.' is not installable. Neither 'setup.py' nor 'pyproject.toml' found.",
    ]);
    expect((await pip("-e ."))[1]).toBe(
      "ERROR: file:///tmp/build_4f1d2c9e (from -r requirements.txt (line 1)) does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found.",
    );
    expect((await pip("-e ./nada"))[0]).toMatch(/^ERROR: \.\/nada is not a valid editable requirement\. /);
  });

  it.each(["git+https://github.com/pallets/flask", "flask @ https://example.com/flask.whl", "-e ."])(
    "says that it cannot build %s",
    async (line) => {
      expect((await pip(line, { "setup.py": "" }))[0]).toMatch(/^ERROR: Cannot install '.*': this simulation of pip/);
    },
  );
});

describe("conflicts", () => {
  it("names the package that a dependency lacks", async () => {
    expect(await pip("needs_missing")).toEqual([
      "Collecting needs_missing (from -r requirements.txt (line 1))",
      "  Downloading needs_missing-1.0-py3-none-any.whl.metadata (900 bytes)",
      "INFO: pip is looking at multiple versions of needs-missing to determine which version is compatible with other requirements. This could take a while.",
      "ERROR: Could not find a version that satisfies the requirement nowhere>=2 (from needs-missing) (from versions: none)",
      "ERROR: No matching distribution found for nowhere>=2",
    ]);
  });

  it("explains two lines that exclude each other", async () => {
    expect((await pip("click==8.5.0\nclick<8.2\n")).slice(2)).toEqual([
      "ERROR: Cannot install click<8.2 and click==8.5.0 because these package versions have conflicting dependencies.",
      "",
      "The conflict is caused by:",
      "    The user requested click==8.5.0",
      "    The user requested click<8.2",
      "",
      "Additionally, some packages in these conflicts have no matching distributions available for your environment:",
      "    click",
      "",
      "To fix this you could try to:",
      "1. loosen the range of package versions you've specified",
      "2. remove package versions to allow pip to attempt to solve the dependency conflict",
      "",
      "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts",
    ]);
  });

  it("explains a constraint against a dependency", async () => {
    const output = await pip("Flask\n-c c.txt\n", { "c.txt": "click<8.2" });
    expect(output.slice(4, 10)).toEqual([
      "INFO: pip is looking at multiple versions of flask to determine which version is compatible with other requirements. This could take a while.",
      "ERROR: Cannot install -r requirements.txt (line 1) because these package versions have conflicting dependencies.",
      "",
      "The conflict is caused by:",
      "    flask 3.1.3 depends on click>=8.1.3",
      "    The user requested (constraint) click<8.2",
    ]);
  });
});

it("hands over everything that is installed", async () => {
  const { packages } = compiled(await build({ "requirements.txt": "Flask\n" }));
  expect(packages.map(({ name }) => name).sort()).toEqual([
    "Flask",
    "Jinja2",
    "MarkupSafe",
    "Werkzeug",
    "blinker",
    "click",
    "itsdangerous",
  ]);
});
