/** What a buildpack is: detect → compile → release, over a source tree that the control plane hands to it. */

import type { BuildOutput, Package, PackageIndex, SourceFiles } from "../ports";

/** What an earlier build of the same app left behind. */
export interface BuildCache {
  /** E.g. `heroku/python`. */
  readonly buildpack: string;
  readonly stack: string;
  /** Exact, e.g. `3.14.7`. */
  readonly languageVersion: string;
  /** Text of the manifest that was installed (requirements.txt). */
  readonly manifest: string;
  readonly packages: readonly Package[];
}

export interface CompileContext {
  readonly files: SourceFiles;
  readonly packages: PackageIndex;
  readonly output: BuildOutput;
  /** E.g. `heroku-26`. */
  readonly stack: string;
  /** Undefined on the first build, or after the cache was purged. */
  readonly cache: BuildCache | undefined;
  /** Rests for so many ms of platform time at the places where the real build takes its time; 0 when the pace is quick. */
  pause(milliseconds: number): Promise<void>;
  readonly signal: AbortSignal;
}

export type CompileResult =
  | {
      readonly status: "compiled";
      readonly languageVersion: string;
      readonly packages: readonly Package[];
      /** Environment that the buildpack's profile scripts set on every dyno. Config vars win over it. */
      readonly env: Readonly<Record<string, string>>;
      /** Lines that the profile scripts print when a web dyno of 512 MB boots. */
      readonly bootLines: readonly string[];
      /** Process types that apply when the Procfile does not name them. */
      readonly defaultProcessTypes: Readonly<Record<string, string>>;
      readonly cache: BuildCache;
      /** Bytes of the compressed slug. */
      readonly slugSize: number;
    }
  /** The whole explanation was written to the output, the `Push rejected, failed to compile …` line included. */
  | { readonly status: "failed"; readonly reason: string };

export interface Buildpack {
  /** E.g. `heroku/python`. */
  readonly name: string;
  /** As it stands in `-----> Python app detected`. */
  readonly language: string;
  detect(files: SourceFiles): boolean;
  compile(context: CompileContext): Promise<CompileResult>;
}
