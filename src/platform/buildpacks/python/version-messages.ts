/** What the buildpack says about a Python version once it knows which. Texts of `lib/python_version.sh` and `lib/python.sh`. */

import { linesOf } from "./blocks";
import type { Origin } from "./version-request";
import { DEFAULT_MAJOR, NEWEST_MAJOR, OLDEST_MAJOR } from "./versions";

/** How to write a `.python-version`, as part of several messages. */
export function versionFileInstructions(origin: Origin, major: string): string {
  const start =
    origin === "runtime.txt"
      ? "Delete your runtime.txt file and create a new file in the\nroot directory of your app named:"
      : "Create a new file in the root directory of your app named:";
  return `${start}
.python-version

Make sure to include the '.' character at the start of the
filename. Don't add a file extension such as '.txt'.

In the new file, specify your app's major Python version number
only. Don't include quotes or a 'python-' prefix.

For example, to request the latest version of Python ${major},
update your .python-version file so it contains exactly:
${major}

We strongly recommend that you don't specify the Python patch
version number, since it will pin your app to an exact Python
version and so stop your app from receiving security updates
each time it builds.`;
}

export function usingVersion(version: string, origin: Origin): string {
  if (origin === "default") return `No Python version was specified. Using the buildpack default: Python ${version}`;
  if (origin === "cached") {
    return `No Python version was specified. Using the same major version as the last build: Python ${version}`;
  }
  return `Using Python ${version} specified in ${origin}`;
}

export function endOfLife(version: string, major: string, origin: Origin): readonly string[] {
  if (origin === "cached") {
    return linesOf(`
Error: The cached Python version has reached end-of-life.

Your app doesn't specify a Python version, and so normally
would use the version cached from the last build (${version}).

However, Python ${major} has reached its upstream end-of-life,
and is therefore no longer receiving security updates:
https://devguide.python.org/versions/#supported-versions

As such, it's no longer supported by this buildpack:
https://devcenter.heroku.com/articles/python-support#supported-python-versions

Please upgrade to at least Python ${OLDEST_MAJOR} by configuring an
explicit Python version for your app.

${versionFileInstructions(origin, OLDEST_MAJOR)}
`);
  }
  return linesOf(`
Error: The requested Python version has reached end-of-life.

Python ${major} has reached its upstream end-of-life, and is
therefore no longer receiving security updates:
https://devguide.python.org/versions/#supported-versions

As such, it's no longer supported by this buildpack:
https://devcenter.heroku.com/articles/python-support#supported-python-versions

Please upgrade to at least Python ${OLDEST_MAJOR} by changing the
version in your ${origin} file.

If possible, we recommend upgrading all the way to Python ${DEFAULT_MAJOR},
since it contains many performance and usability improvements.
`);
}

export function unknownMajor(major: string, origin: Origin): readonly string[] {
  return linesOf(`
Error: The requested Python version isn't recognised.

The requested Python version ${major} isn't recognised.

Check that this Python version has been officially released,
and that the Python buildpack has added support for it:
https://devguide.python.org/versions/#supported-versions
https://devcenter.heroku.com/articles/python-support#supported-python-versions

If it has, make sure that you are using the latest version
of this buildpack, and haven't pinned to an older release:
https://devcenter.heroku.com/articles/managing-buildpacks#view-your-buildpacks
https://devcenter.heroku.com/articles/managing-buildpacks#classic-buildpacks-references

Otherwise, switch to a supported version (such as Python ${NEWEST_MAJOR})
by changing the version in your ${origin} file.
`);
}

export function unavailablePatch(full: string, major: string, origin: Origin): readonly string[] {
  return linesOf(`
Error: The requested Python version isn't available.

Your app's ${origin} file specifies a Python version
of ${full}, however, we couldn't find that version on S3.

Check that this Python version has been released upstream,
and that the Python buildpack has added support for it:
https://www.python.org/downloads/
https://github.com/heroku/heroku-buildpack-python/blob/main/CHANGELOG.md

If it has, make sure that you are using the latest version
of this buildpack, and haven't pinned to an older release:
https://devcenter.heroku.com/articles/managing-buildpacks#view-your-buildpacks
https://devcenter.heroku.com/articles/managing-buildpacks#classic-buildpacks-references

We also strongly recommend that you don't pin your app to an
exact Python version such as ${full}, and instead only specify
the major Python version of ${major} in your ${origin} file.
This will allow your app to receive the latest available Python
patch version automatically, and prevent this type of error.
`);
}

export function noVersionSpecified(origin: Origin, major: string): readonly string[] {
  return linesOf(`
Warning: No Python version was specified.

Your app doesn't specify a Python version and so the buildpack
picked a default version for you.

Relying on this default version isn't recommended, since it
can change over time and may not be consistent with your local
development environment, CI or other instances of your app.

Please configure an explicit Python version for your app.

${versionFileInstructions(origin, major)}

If your app already has a .python-version file, check that it:

1. Is in the top level directory (not a subdirectory).
2. Is named exactly '.python-version' in all lowercase.
3. Isn't listed in '.gitignore' or '.slugignore'.
4. Has been added to the Git repository using 'git add --all'
   and then committed using 'git commit'.

In the future we will require the use of a .python-version
file and this warning will be made an error.
`);
}

export function runtimeTxtDeprecated(major: string): readonly string[] {
  return linesOf(`
Warning: The runtime.txt file is deprecated.

The runtime.txt file is deprecated since it has been replaced
by the more widely supported .python-version file:
https://devcenter.heroku.com/changelog-items/3141

Please switch to using a .python-version file instead.

${versionFileInstructions("runtime.txt", major)}

In the future support for runtime.txt will be removed and
this warning will be made an error.
`);
}

/** Of Python 3.10, the only major version that is about to be dropped. */
export function majorDeprecated(origin: Origin): readonly string[] {
  return linesOf(`
Warning: Support for Python 3.10 is deprecated!

Python 3.10 will reach its upstream end-of-life in October 2026,
at which point it will no longer receive security updates:
https://devguide.python.org/versions/#supported-versions

As such, support for Python 3.10 will be removed from this
buildpack on 6th January 2027.

Upgrade to a newer Python version as soon as possible, by
changing the version in your ${origin} file.

For more information, see:
https://devcenter.heroku.com/articles/python-support#supported-python-versions
`);
}

export function patchAvailable(full: string, major: string, latest: string, origin: Origin): readonly string[] {
  return linesOf(`
Warning: A Python patch update is available!

Your app is using Python ${full}, however, there is a newer
patch release of Python ${major} available: ${latest}

It is important to always use the latest patch version of
Python to keep your app secure.

Update your ${origin} file to use the new version.

We strongly recommend that you don't pin your app to an
exact Python version such as ${full}, and instead only specify
the major Python version of ${major} in your ${origin} file.
This will allow your app to receive the latest available Python
patch version automatically and prevent this warning.
`);
}
