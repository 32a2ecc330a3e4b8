/** Which package manager an app uses, by its files. Texts of the buildpack's `lib/package_manager.sh`. */

import type { SourceFiles } from "../../ports";
import { linesOf } from "./blocks";
import { type Failure, failure } from "./failure";
import { rootEntries } from "./root";

export type PackageManager = "pip" | "pipenv" | "poetry" | "uv";

export type PackageManagerResult = { readonly status: "found"; readonly manager: PackageManager } | Failure;

const FILES: readonly (readonly [file: string, manager: PackageManager, title: string])[] = [
  ["Pipfile.lock", "pipenv", "Pipenv"],
  ["requirements.txt", "pip", "pip"],
  ["poetry.lock", "poetry", "Poetry"],
  ["uv.lock", "uv", "uv"],
];

/** Exactly one of them must be there. */
export function determinePackageManager(files: SourceFiles): PackageManagerResult {
  if (files.has("Pipfile") && !files.has("Pipfile.lock")) {
    return failure("package-manager::pipenv-missing-lockfile", NO_PIPFILE_LOCK);
  }
  const found = FILES.filter(([file]) => files.has(file));
  const [first, ...more] = found;
  if (first && more.length === 0) return { status: "found", manager: first[1] };
  if (first) {
    const names = found.map(([file, , title]) => `${file} (${title})`);
    return failure("package-manager::multiple-found", multiple(names));
  }
  if (files.has("setup.py")) return failure("package-manager::setup-py-only", SETUP_PY_ONLY);
  return failure("package-manager::none-found", noneFound(rootEntries(files)));
}

function noneFound(entries: readonly string[]): readonly string[] {
  return linesOf(`
Error: Couldn't find any supported Python package manager files.

A Python app on Heroku must have either a 'requirements.txt',
'Pipfile.lock', 'poetry.lock' or 'uv.lock' package manager file
in the root directory of its source code.

Currently the root directory of your app contains:

${entries.join("\n")}

If your app already has a package manager file, check that it:

1. Is in the top level directory (not a subdirectory).
2. Has the correct spelling (the filenames are case-sensitive).
3. Isn't listed in '.gitignore' or '.slugignore'.
4. Has been added to the Git repository using 'git add --all'
   and then committed using 'git commit'.

Otherwise, add a package manager file to your app. If your app has
no dependencies, then create an empty 'requirements.txt' file.

If you aren't sure which package manager to use, we recommend
trying uv, since it supports lockfiles, is extremely fast, and
is actively maintained by a full-time team:
https://docs.astral.sh/uv/

For help with using Python on Heroku, see:
https://devcenter.heroku.com/articles/getting-started-with-python
https://devcenter.heroku.com/articles/python-support
`);
}

function multiple(names: readonly string[]): readonly string[] {
  return linesOf(`
Error: Multiple Python package manager files were found.

Exactly one package manager file should be present in your app's
source code, however, several were found:

${names.join("\n")}

Previously, the buildpack guessed which package manager to use
and installed your dependencies with the first package manager
listed above. However, this implicit behaviour was deprecated
in November 2024 and is now no longer supported.

You must decide which package manager you want to use with your
app, and then delete the file(s) and any config from the others.

If you aren't sure which package manager to use, we recommend
trying uv, since it supports lockfiles, is extremely fast, and
is actively maintained by a full-time team:
https://docs.astral.sh/uv/

Note: If you use a third-party uv or Poetry buildpack, you must
remove it from your app, since it's no longer required and the
requirements.txt file it generates will trigger this error. See:
https://devcenter.heroku.com/articles/managing-buildpacks#remove-classic-buildpacks
`);
}

const NO_PIPFILE_LOCK = linesOf(`
Error: No 'Pipfile.lock' found!

A 'Pipfile' file was found, however, the associated 'Pipfile.lock'
Pipenv lockfile wasn't. This means your app dependency versions
aren't pinned, which means the package versions used on Heroku
might not match those installed in other environments.

Using Pipenv in this way is unsafe and no longer supported.

Run 'pipenv lock' locally to generate the lockfile, and make sure
that 'Pipfile.lock' isn't listed in '.gitignore' or '.slugignore'.

Alternatively, if you wish to switch to another package manager,
delete your 'Pipfile' and then add either a 'requirements.txt',
'poetry.lock' or 'uv.lock' file.

If you aren't sure which package manager to use, we recommend
trying uv, since it supports lockfiles, is extremely fast, and
is actively maintained by a full-time team:
https://docs.astral.sh/uv/
`);

const SETUP_PY_ONLY = linesOf(`
Error: Implicit setup.py file support has been sunset.

Your app currently only has a setup.py file and no Python
package manager files. This means that the buildpack can't
tell which package manager you want to use, and whether to
install your project in editable mode or not.

Previously the buildpack guessed and used pip to install your
dependencies in editable mode. However, this fallback was
deprecated in September 2025 and has now been sunset.

You must now add an explicit package manager file to your app,
such as a requirements.txt, poetry.lock or uv.lock file.

To continue using your setup.py file with pip in editable
mode, create a new file in the root directory of your app
named 'requirements.txt' containing the requirement
'--editable .' (without quotes).

Alternatively, if you wish to switch to another package
manager, we recommend uv, since it supports lockfiles, is
faster, and is actively maintained by a full-time team:
https://docs.astral.sh/uv/
`);
