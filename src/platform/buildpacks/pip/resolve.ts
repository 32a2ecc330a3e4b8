/** Decides what to install. The index holds one version of each package, so nothing is ever tried and undone. */

import type { Package, PackageIndex } from "../../ports";
import { formatRequirement, formatSpecifiers, normalizeName, parseSpecifiers, type Requirement } from "./requirement";
import type { ListedRequirement } from "./requirements-file";
import { parseVersion, type Specifier, satisfies } from "./version";

/** A requirement and who has it. */
interface Wish {
  readonly requirement: Requirement;
  readonly parent: Choice | undefined;
  /** The place in the requirements file, for a requirement without parent. */
  readonly origin: string;
}

/** The package chosen for a name. */
export interface Choice {
  readonly package: Package;
  /** The name as the first wish spells it; pip goes on calling the package so. */
  readonly name: string;
  /** Was there before. */
  readonly installed: boolean;
  /** Normalised names of what it depends on. */
  readonly dependencies: readonly string[];
}

interface Criterion {
  readonly wishes: Wish[];
  readonly choice: Choice;
}

export type Resolution =
  /** In the order in which pip settles them. */
  | { readonly status: "resolved"; readonly choices: readonly Choice[] }
  | { readonly status: "conflict"; readonly lines: readonly string[] };

export interface ResolveInput {
  readonly requirements: readonly ListedRequirement[];
  readonly constraints: readonly ListedRequirement[];
  readonly index: PackageIndex;
  readonly installed: readonly Package[];
  /** Called when a package is met first. `description`: the requirement with its origins, as pip prints it. */
  met(choice: Choice, description: string): void;
}

class Conflict extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

/** Markers are taken as already judged: pass only the requirements that apply. */
export function resolve(input: ResolveInput): Resolution {
  try {
    return { status: "resolved", choices: new Resolver(input).run() };
  } catch (error) {
    if (error instanceof Conflict) return { status: "conflict", lines: error.lines };
    throw error;
  }
}

class Resolver {
  private readonly criteria = new Map<string, Criterion>();
  /** Place of a name in the requirements files. */
  private readonly order = new Map<string, number>();
  private readonly input: ResolveInput;

  constructor(input: ResolveInput) {
    this.input = input;
  }

  run(): Choice[] {
    for (const { requirement, origin } of this.input.requirements) {
      const key = normalizeName(requirement.name);
      if (!this.order.has(key)) this.order.set(key, this.order.size);
      this.add({ requirement, parent: undefined, origin });
    }
    const pinned = new Map<string, Choice>();
    for (;;) {
      const open = [...this.criteria].filter(([key]) => !pinned.has(key));
      const next = open.sort((left, right) => this.compare(left, right))[0];
      if (!next) return [...pinned.values()];
      const [key, { choice }] = next;
      pinned.set(key, choice);
      for (const { name, specifier } of choice.package.requires) {
        const requirement: Requirement = {
          name,
          extras: [],
          specifiers: parseSpecifiers(specifier),
          marker: undefined,
          url: undefined,
        };
        this.add({ requirement, parent: choice, origin: "" });
      }
    }
  }

  private add(wish: Wish): void {
    const { index, installed } = this.input;
    const { name } = wish.requirement;
    const key = normalizeName(name);
    const criterion = this.criteria.get(key);
    const wishes = [...(criterion?.wishes ?? []), wish];
    const constraints = this.input.constraints.filter(({ requirement }) => normalizeName(requirement.name) === key);
    const specifiers = [...wishes, ...constraints].flatMap(({ requirement }) => requirement.specifiers);
    const present = installed.find((candidate) => normalizeName(candidate.name) === key);
    const candidates = [present, index.find(name)].filter((candidate) => candidate !== undefined);
    const chosen = candidates.find((candidate) => fits(candidate, specifiers));
    if (!chosen) {
      const looking = wish.parent
        ? [
            `INFO: pip is looking at multiple versions of ${normalizeName(wish.parent.name)} to determine which version is compatible with other requirements. This could take a while.`,
          ]
        : [];
      const wanted = constraints.map(({ requirement }) => requirement);
      const [, ...others] = [...wishes, ...wanted];
      const found = index.find(name)?.version ?? "none";
      throw new Conflict([
        ...looking,
        ...(others.length === 0 ? notFound(wish, found) : this.impossible(key, wishes, wanted)),
      ]);
    }
    if (criterion) {
      criterion.wishes.push(wish);
      return;
    }
    const choice: Choice = {
      package: chosen,
      name,
      installed: chosen === present,
      dependencies: chosen.requires.map((dependency) => normalizeName(dependency.name)),
    };
    this.criteria.set(key, { wishes: [wish], choice });
    this.input.met(choice, `${bare(wish.requirement)} (from ${this.path(wish)})`);
  }

  /** Who asked, back to the requirements file, e.g. `Flask->-r requirements.txt (line 1)`. */
  private path({ parent, origin }: Wish): string {
    if (!parent) return origin;
    const [first] = this.criteria.get(normalizeName(parent.name))?.wishes ?? [];
    return first ? `${bare(first.requirement)}->${this.path(first)}` : parent.name;
  }

  private impossible(key: string, wishes: readonly Wish[], constraints: readonly Requirement[]): readonly string[] {
    const triggers = new Set(
      wishes.map(({ requirement, parent }) => (parent ? this.trigger(parent) : forError(requirement))),
    );
    const causes = wishes.map(({ requirement, parent }) =>
      parent
        ? `${normalizeName(parent.name)} ${parent.package.version} depends on ${forError(requirement)}`
        : `The user requested ${forError(requirement)}`,
    );
    if (constraints.length > 0) {
      const limits = formatSpecifiers(constraints.flatMap(({ specifiers }) => specifiers)).split(",");
      causes.push(`The user requested (constraint) ${key}${join(limits)}`);
    }
    return [
      `ERROR: Cannot install ${join([...triggers].sort())} because these package versions have conflicting dependencies.`,
      "",
      "The conflict is caused by:",
      ...causes.map((cause) => `    ${cause}`),
      "",
      // pip 26.2 says so whether it is true or not; the spelling of its whole message is kept.
      "Additionally, some packages in these conflicts have no matching distributions available for your environment:",
      `    ${key}`,
      "",
      "To fix this you could try to:",
      "1. loosen the range of package versions you've specified",
      "2. remove package versions to allow pip to attempt to solve the dependency conflict",
      "",
      "ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/dependency-resolution/#dealing-with-dependency-conflicts",
    ];
  }

  /** What brought a package in: the line of the requirements file, or the package that needs it. */
  private trigger(choice: Choice): string {
    const [first] = this.criteria.get(normalizeName(choice.name))?.wishes ?? [];
    return first?.parent ? first.parent.name : (first?.origin ?? choice.name);
  }

  /** pip settles first what is pinned, then what has an upper bound, then in the order of the file, then by name. */
  private compare([leftKey, left]: [string, Criterion], [rightKey, right]: [string, Criterion]): number {
    const [one, other] = [this.rank(leftKey, left), this.rank(rightKey, right)];
    for (let index = 0; index < one.length; index += 1) {
      const [a = 0, b = 0] = [one[index], other[index]];
      if (a !== b) return a < b ? -1 : 1;
    }
    return leftKey < rightKey ? -1 : 1;
  }

  private rank(key: string, { wishes }: Criterion): readonly number[] {
    const specifiers = wishes.flatMap(({ requirement }) => requirement.specifiers);
    const wildcard = ({ operator, version }: Specifier) => operator === "==" && version.endsWith(".*");
    const pinned = specifiers.some(
      (specifier) => specifier.operator === "===" || (specifier.operator === "==" && !wildcard(specifier)),
    );
    const bounded = specifiers.some(
      (specifier) => ["<", "<=", "~="].includes(specifier.operator) || wildcard(specifier),
    );
    return [
      pinned ? 0 : 1,
      bounded ? 0 : 1,
      this.order.get(key) ?? Number.POSITIVE_INFINITY,
      specifiers.length > 0 ? 0 : 1,
    ];
  }
}

function fits(candidate: Package, specifiers: readonly Specifier[]): boolean {
  const version = parseVersion(candidate.version);
  return version !== undefined && satisfies(version, specifiers);
}

/** Without its marker, which pip splits off. */
function bare(requirement: Requirement): string {
  return formatRequirement({ ...requirement, marker: undefined });
}

/** @param versions what the index has */
function notFound({ requirement, parent }: Wish, versions: string): readonly string[] {
  const text = bare(requirement);
  const from = parent ? ` (from ${normalizeName(parent.name)})` : "";
  const hint =
    text === "requirements.txt"
      ? [
          "HINT: You are attempting to install a package literally named \"requirements.txt\" (which cannot exist). Consider using the '-r' flag to install the packages listed in requirements.txt",
        ]
      : [];
  return [
    `ERROR: Could not find a version that satisfies the requirement ${text}${from} (from versions: ${versions})`,
    ...hint,
    `ERROR: No matching distribution found for ${text}`,
  ];
}

function forError(requirement: Requirement): string {
  return join(bare(requirement).split(","));
}

/** `a, b and c` */
function join(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${last}` : last;
}
