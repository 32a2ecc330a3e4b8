/** Things that must not be in a source tree. Texts of the buildpack's `lib/checks.sh`. */

import type { SourceFiles } from "../../ports";
import { linesOf } from "./blocks";
import { type Failure, failure } from "./failure";
import { listed } from "./root";

/** Undefined when nothing is wrong. */
export function checkSource(files: SourceFiles): Failure | undefined {
  const inside = [...files.keys()].some((path) => path === ".heroku/python" || path.startsWith(".heroku/python/"));
  if (inside) return failure("checks::existing-python-dir", existingPython(listed(files, ".heroku/python/")));
  const venv = [".venv", "venv"].find((name) => files.has(`${name}/pyvenv.cfg`));
  if (venv === undefined) return undefined;
  return failure("checks::existing-venv-dir", existingVenv(venv, listed(files, `${venv}/`)));
}

function existingPython(paths: readonly string[]): readonly string[] {
  return linesOf(`
Error: Existing '.heroku/python/' directory found.

Your app's source code contains an existing directory named
'.heroku/python/', which is where the Python buildpack needs
to install its files. This existing directory contains:

${paths.join("\n")}

Writing to internal locations used by the Python buildpack
isn't supported and can cause unexpected errors.

If you have committed a '.heroku/python/' directory to your
Git repo, you must delete it or use a different location.

Otherwise, check that an earlier buildpack or 'bin/pre_compile'
hook hasn't created this directory.

Note: This error replaces the deprecation warning which was
displayed in build logs starting 13th December 2024.
`);
}

function existingVenv(name: string, paths: readonly string[]): readonly string[] {
  return linesOf(`
Error: Existing '${name}/' directory found.

Your app's source code contains an existing directory named
'${name}/', which looks like a Python virtual environment:

${paths.join("\n")}

Including a virtual environment directory in your app source
isn't supported since the files within it are specific to a
single machine and so won't work when run somewhere else.

If you've committed a '${name}/' directory to your Git repo, you
must delete it and add the directory to your .gitignore file.

To do this:
1. Run 'git rm --cached -r ${name}/' to remove the directory
   from the Git index.
2. Create a '.gitignore' file in the root of your repository
   if it doesn't already exist.
3. Add the '${name}/' directory to the .gitignore file as a
   new entry on its own line (don't include the quotes).
4. Commit these changes using 'git add --all' followed by
   'git commit'.

For more information, see:
https://docs.github.com/en/get-started/git-basics/ignoring-files

If the directory was created by a 'bin/pre_compile' hook or
an earlier buildpack, you must instead update them to create
the virtual environment in a different location.

Note: This error replaces the warning which was displayed in
build logs starting 2nd September 2025.
`);
}
