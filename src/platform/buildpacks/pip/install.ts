/** `pip install -r requirements.txt` over the simulated index: what it installs, and what it prints. */

import type { Package, PackageIndex, SourceFiles } from "../../ports";
import { installOrder } from "./install-order";
import { markerEnvironment } from "./markers";
import { type ListedRequirement, readRequirements } from "./requirements-file";
import { type Choice, resolve } from "./resolve";

export interface InstallInput {
  readonly files: SourceFiles;
  readonly index: PackageIndex;
  /** Exact, e.g. `3.14.7`. */
  readonly pythonVersion: string;
  /** What the restored cache holds. */
  readonly installed: readonly Package[];
  /** One line of pip's output; may be empty. */
  print(line: string): void;
  /** Rests where the network would take its time. @param milliseconds of platform time */
  pause(milliseconds: number): Promise<void>;
}

export type InstallResult =
  /** Everything that is installed now, by normalised name. */
  | { readonly status: "installed"; readonly packages: readonly Package[] }
  /** pip has printed why. */
  | { readonly status: "failed"; readonly reason: string };

/** Wheel bytes that a build machine fetches in one ms. */
const BYTES_PER_MS = 20_000;

export async function pipInstall(input: InstallInput): Promise<InstallResult> {
  const { files, index, pythonVersion, installed, print, pause } = input;
  const listed = readRequirements(files, "requirements.txt");
  if (listed.status === "invalid") {
    for (const line of listed.lines) print(line);
    return { status: "failed", reason: "requirements file" };
  }

  const environment = markerEnvironment(pythonVersion);
  const applies = ({ requirement: { name, marker } }: ListedRequirement) => {
    if (!marker || marker.holds(environment)) return true;
    print(`Ignoring ${name}: markers '${marker.text}' don't match your environment`);
    return false;
  };
  const resolution = resolve({
    requirements: listed.requirements.filter(applies),
    constraints: listed.constraints.filter(({ requirement: { marker } }) => !marker || marker.holds(environment)),
    index,
    installed,
    met(choice, description) {
      if (choice.installed) {
        // The buildpack cuts `in /app/.heroku/python/lib/…/site-packages` out of this line.
        print(`Requirement already satisfied: ${description} (${choice.package.version})`);
        return;
      }
      print(`Collecting ${description}`);
      const { metadataSize } = choice.package;
      print(`  Downloading ${wheelName(choice.package, pythonVersion)}.metadata (${formatSize(metadataSize)})`);
    },
  });
  if (resolution.status === "conflict") {
    for (const line of resolution.lines) print(line);
    return { status: "failed", reason: "dependencies" };
  }

  const missing = resolution.choices.filter((choice) => !choice.installed);
  for (const { package: wheel } of missing) {
    await pause(wheel.wheelSize / BYTES_PER_MS);
    print(`Downloading ${wheelName(wheel, pythonVersion)} (${formatSize(wheel.wheelSize)})`);
  }
  if (missing.length > 0) {
    const order = installOrder(resolution.choices).filter((choice) => !choice.installed);
    print(`Installing collected packages: ${order.map(({ name }) => name).join(", ")}`);
    await pause(500);
    print(`Successfully installed ${[...missing].sort(byName).map(described).join(" ")}`);
  }
  return { status: "installed", packages: resolution.choices.map((choice) => choice.package) };
}

/** As pip prints sizes: decimal units, one decimal below 10 kB and from 1 MB. @param bytes */
export function formatSize(bytes: number): string {
  if (bytes > 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  if (bytes > 10_000) return `${Math.floor(bytes / 1_000)} kB`;
  if (bytes > 1_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  return `${bytes} bytes`;
}

/** The index knows one wheel of each package; a compiled one has a sibling for each Python, named alike. */
function wheelName({ wheel }: Package, pythonVersion: string): string {
  const [major, minor] = pythonVersion.split(".");
  return wheel.replace(/-cp3\d+-cp3\d+-/, `-cp${major}${minor}-cp${major}${minor}-`);
}

function byName(left: Choice, right: Choice): number {
  return left.name < right.name ? -1 : 1;
}

function described({ name, package: { version } }: Choice): string {
  return `${name}-${version}`;
}
