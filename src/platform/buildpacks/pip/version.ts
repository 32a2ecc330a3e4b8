/** Versions and specifiers of Python packages, as PEP 440 defines them. */

export interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** `a`, `b` or `rc` with its number. */
  readonly pre: readonly [phase: "a" | "b" | "rc", number: number] | undefined;
  readonly post: number | undefined;
  readonly dev: number | undefined;
  readonly local: string | undefined;
}

export type Operator = "==" | "!=" | "<=" | ">=" | "<" | ">" | "~=" | "===";

export interface Specifier {
  readonly operator: Operator;
  /** As written, e.g. `3.1.*`. */
  readonly version: string;
}

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|a|b|c|rc)[-_.]?(\d+)?)?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:([-_.]?dev)[-_.]?(\d+)?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i;
const PHASES: Readonly<Record<string, "a" | "b" | "rc">> = {
  a: "a",
  alpha: "a",
  b: "b",
  beta: "b",
  c: "rc",
  rc: "rc",
  pre: "rc",
  preview: "rc",
};

/** Undefined when the text is no version. */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text.trim());
  if (!match) return undefined;
  const [, epoch, release = "", phase, preNumber, implicitPost, post, dev, devNumber, local] = match;
  const kind = phase === undefined ? undefined : PHASES[phase.toLowerCase()];
  return {
    epoch: Number(epoch ?? 0),
    release: release.split(".").map(Number),
    pre: kind && [kind, Number(preNumber ?? 0)],
    post: implicitPost === undefined && post === undefined ? undefined : Number(implicitPost ?? post ?? 0),
    dev: dev === undefined ? undefined : Number(devNumber ?? 0),
    local: local?.toLowerCase().replace(/[-_]/g, "."),
  };
}

/** Negative, zero or positive, as for sorting. */
export function compareVersions(left: Version, right: Version): number {
  return (
    left.epoch - right.epoch ||
    compareNumbers(left.release, right.release) ||
    compareNumbers(suffixKey(left), suffixKey(right)) ||
    compareLocal(left.local, right.local)
  );
}

/** Whether it is an alpha, beta, candidate or development release. */
export function isPrerelease(version: Version): boolean {
  return version.pre !== undefined || version.dev !== undefined;
}

/** Whether `version` is within all of `specifiers`. */
export function satisfies(version: Version, specifiers: readonly Specifier[]): boolean {
  return specifiers.every((specifier) => contains(specifier, version));
}

function contains({ operator, version: wanted }: Specifier, version: Version): boolean {
  if (operator === "===") return formatRelease(version) === wanted.toLowerCase();
  if (wanted.endsWith(".*")) {
    const prefix = parseVersion(wanted.slice(0, -2));
    const inside = prefix !== undefined && startsWith(version, prefix);
    return operator === "!=" ? !inside : inside;
  }
  const limit = parseVersion(wanted);
  if (!limit) return false;
  // A local version (`+…`) counts only if the specifier names one.
  const order = compareVersions(limit.local === undefined ? { ...version, local: undefined } : version, limit);
  switch (operator) {
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<=":
      return order <= 0;
    case ">=":
      return order >= 0;
    case "<":
      // `<3` excludes the pre-releases of 3.
      return order < 0 && (isPrerelease(limit) || !isPrerelease(version) || !sameRelease(version, limit));
    case ">":
      // `>3` excludes the post-releases of 3.
      return order > 0 && (limit.post !== undefined || version.post === undefined || !sameRelease(version, limit));
    case "~=":
      return order >= 0 && startsWith(version, { ...limit, release: limit.release.slice(0, -1) });
  }
}

function startsWith(version: Version, prefix: Version): boolean {
  return (
    version.epoch === prefix.epoch && prefix.release.every((part, index) => (version.release[index] ?? 0) === part)
  );
}

function sameRelease(left: Version, right: Version): boolean {
  return left.epoch === right.epoch && compareNumbers(left.release, right.release) === 0;
}

/** dev < a < b < rc < final < post; a development release comes before what it leads to. */
function suffixKey({ pre, post, dev }: Version): readonly number[] {
  const phase = pre ? { a: 1, b: 2, rc: 3 }[pre[0]] : post === undefined && dev !== undefined ? 0 : 4;
  return [phase, pre?.[1] ?? 0, post === undefined ? -1 : post, dev ?? Number.POSITIVE_INFINITY];
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one = 0, other = 0] = [left[index], right[index]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function compareLocal(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  return left < right ? -1 : 1;
}

function formatRelease({ release, pre, post, dev, local }: Version): string {
  return [
    release.join("."),
    pre ? pre.join("") : "",
    post === undefined ? "" : `.post${post}`,
    dev === undefined ? "" : `.dev${dev}`,
    local === undefined ? "" : `+${local}`,
  ].join("");
}
