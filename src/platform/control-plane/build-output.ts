/** The platform's own lines of a build, around those of the buildpack. Texts as the real build system prints them. */

import type { BuildOutput } from "../ports";

/** Bytes of a compressed slug. Source: Heroku's blog, 19 March 2026. */
export const MAX_SLUG_SIZE = 1024 ** 3;

/** E.g. `Heroku-26`. */
export function stackTitle(stack: string): string {
  return stack.charAt(0).toUpperCase() + stack.slice(1);
}

export function writeStart(output: BuildOutput, stack: string, buildpack: string | null): void {
  output.line("Compressing source files... done.");
  output.line("Building source:");
  output.line("");
  output.line(`-----> Building on the ${stackTitle(stack)} stack`);
  output.line(
    buildpack === null
      ? "-----> Determining which buildpack to use for this app"
      : `-----> Using buildpack: ${buildpack}`,
  );
}

/** `declared` are those of the Procfile, `defaults` those that only the buildpack names. */
export function writeProcessTypes(output: BuildOutput, declared: readonly string[], defaults: readonly string[]): void {
  output.line("-----> Discovering process types");
  const list = declared.length > 0 ? declared.join(", ") : "(none)";
  if (declared.length > 0 && defaults.length === 0) output.line(`       Procfile declares types -> ${list}`);
  // With two lines, or nothing to list, the arrows stand in one column.
  else output.line(`       Procfile declares types     -> ${list}`);
  if (defaults.length > 0) output.line(`       Default types for buildpack -> ${defaults.join(", ")}`);
  output.line("");
}

export function writeLaunch(output: BuildOutput, version: number, host: string): void {
  output.line("-----> Launching...");
  output.line(`       Released v${version}`);
  output.line(`       https://${host}/ deployed to Heroku`);
  output.line("");
  output.line("Verifying deploy... done.");
}

export function writeNoLanguage(output: BuildOutput): void {
  const indent = " ".repeat(24);
  output.line(" !     No default language could be detected for this app.");
  output.line(
    `${indent}HINT: This occurs when Heroku cannot detect the buildpack to use for this application automatically.`,
  );
  output.line(`${indent}See https://devcenter.heroku.com/articles/buildpacks`);
}

export function writeIncompatible(output: BuildOutput, buildpack: string): void {
  output.line(`-----> App not compatible with buildpack: ${buildpack}`);
  output.line("       More info: https://devcenter.heroku.com/articles/buildpacks#detection-failure");
}

export function writeTooLarge(output: BuildOutput, size: number): void {
  output.line(` !     Compiled slug size: ${megabytes(size)} is too large (max is 1G).`);
  output.line(" !     See: http://devcenter.heroku.com/articles/slug-size");
}

/** How every failed build ends. @param again the same commit failed before */
export function writeRejection(output: BuildOutput, app: string, commit: string, again: boolean): void {
  output.line("");
  output.line(" !     Push failed");
  if (again) writeDuplicate(output, commit);
  output.line("Verifying deploy...");
  output.line("");
  output.line(`!       Push rejected to ${app}.`);
  output.line("");
}

function writeDuplicate(output: BuildOutput, commit: string): void {
  const text = [
    "",
    `## Warning - The same version of this code has already been built: ${commit}`,
    "",
    `We have detected that you have triggered a build from source code with version ${commit}`,
    "at least twice. One common cause of this behavior is attempting to deploy code from a different branch.",
    "",
    "If you are developing on a branch and deploying via git you must run:",
    "",
    "    git push heroku <branchname>:main",
    "",
    "This article goes into details on the behavior:",
    "  https://devcenter.heroku.com/articles/duplicate-build-version",
    "",
  ];
  for (const line of text) output.line(` ! ${line}`);
}

/** E.g. `21.2M`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)}M`;
}
