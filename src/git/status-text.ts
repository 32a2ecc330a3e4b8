/** `git status` as Git prints it (wt-status.c): the long form and the short one. */

import type { Change } from "./changes";
import { quotePath, relativePath } from "./paths";
import type { Status } from "./status";

export interface StatusTextOptions {
  /** The current directory inside the repository: "" or ending in "/". */
  readonly prefix: string;
  /** Printed by `git commit` that has nothing to commit. */
  readonly commit?: boolean;
  /** Printed by `git commit --amend` that would leave an empty commit. */
  readonly amend?: boolean;
  readonly colour?: boolean;
  /** Without the list of untracked files (`-uno`). */
  readonly hideUntracked?: boolean;
}

const LABELS: Record<Change["kind"], string> = {
  added: "new file:",
  deleted: "deleted:",
  modified: "modified:",
  typechange: "typechange:",
  renamed: "renamed:",
};
const WIDTH = 12;

export function longStatus(status: Status, options: StatusTextOptions): string {
  const paint = (code: string, text: string): string => (options.colour ? `\x1b[${code}m${text}\x1b[m` : text);
  const name = (path: string): string => quotePath(relativePath(path, options.prefix));
  const section = (title: string, hints: readonly string[], lines: readonly string[]): string =>
    `${title}\n${hints.map((hint) => `  (${hint})\n`).join("")}${lines.map((line) => `\t${line}\n`).join("")}\n`;
  const line = (change: Change, code: string): string => {
    const paths = change.kind === "renamed" ? `${name(change.from)} -> ${name(change.path)}` : name(change.path);
    return paint(code, `${LABELS[change.kind].padEnd(WIDTH)}${paths}`);
  };
  let text =
    status.head.kind === "branch"
      ? `On branch ${status.head.name}\n`
      : `${paint("31", "HEAD detached at ")}${status.head.name}\n`;
  text += upstreamText(status);
  if (status.merging) {
    text +=
      status.unstaged.length === 0
        ? 'All conflicts fixed but you are still merging.\n  (use "git commit" to conclude merge)\n\n'
        : "";
  }
  if (status.unborn) text += `\n${options.commit ? "Initial commit" : "No commits yet"}\n\n`;
  if (status.staged.length > 0) {
    const hint = status.unborn
      ? 'use "git rm --cached <file>..." to unstage'
      : 'use "git restore --staged <file>..." to unstage';
    text += section(
      "Changes to be committed:",
      [hint],
      status.staged.map((change) => line(change, "32")),
    );
  }
  if (status.unstaged.length > 0) {
    const verb = status.unstaged.some((change) => change.kind === "deleted") ? "add/rm" : "add";
    text += section(
      "Changes not staged for commit:",
      [
        `use "git ${verb} <file>..." to update what will be committed`,
        'use "git restore <file>..." to discard changes in working directory',
      ],
      status.unstaged.map((change) => line(change, "31")),
    );
  }
  if (options.hideUntracked) {
    if (status.staged.length > 0) text += "Untracked files not listed (use -u option to show untracked files)\n";
  } else if (status.untracked.length > 0) {
    text += section(
      "Untracked files:",
      ['use "git add <file>..." to include in what will be committed'],
      status.untracked.map((path) => paint("31", name(path))),
    );
  }
  if (status.staged.length > 0) return text;
  return text + conclusion(status, options);
}

function conclusion(status: Status, options: StatusTextOptions): string {
  if (options.amend) return "No changes\n";
  if (status.unstaged.length > 0) return 'no changes added to commit (use "git add" and/or "git commit -a")\n';
  if (options.hideUntracked) return "nothing to commit (use -u to show untracked files)\n";
  if (status.untracked.length > 0) {
    return 'nothing added to commit but untracked files present (use "git add" to track)\n';
  }
  if (status.unborn) return 'nothing to commit (create/copy files and use "git add" to track)\n';
  return "nothing to commit, working tree clean\n";
}

/** The lines about the upstream, with the empty line that follows them. */
export function upstreamText(status: Pick<Status, "upstream">): string {
  const { upstream } = status;
  if (!upstream) return "";
  if (upstream.kind === "gone") {
    return `Your branch is based on '${upstream.name}', but the upstream is gone.\n  (use "git branch --unset-upstream" to fixup)\n\n`;
  }
  const { name, ahead, behind } = upstream;
  const commits = (count: number): string => `${count} commit${count === 1 ? "" : "s"}`;
  if (ahead === 0 && behind === 0) return `Your branch is up to date with '${name}'.\n\n`;
  if (behind === 0) {
    return `Your branch is ahead of '${name}' by ${commits(ahead)}.\n  (use "git push" to publish your local commits)\n\n`;
  }
  if (ahead === 0) {
    return `Your branch is behind '${name}' by ${commits(behind)}, and can be fast-forwarded.\n  (use "git pull" to update your local branch)\n\n`;
  }
  return (
    `Your branch and '${name}' have diverged,\nand have ${ahead} and ${behind} different commits each, respectively.\n` +
    '  (use "git pull" if you want to integrate the remote branch with yours)\n\n'
  );
}

const LETTERS: Record<Change["kind"], string> = {
  added: "A",
  deleted: "D",
  modified: "M",
  typechange: "T",
  renamed: "R",
};

/** `XY path` per file. @param options.branch adds the line that starts with `##`. */
export function shortStatus(
  status: Status,
  options: StatusTextOptions & { readonly branch?: boolean; readonly porcelain?: boolean },
): string {
  const paint = (code: string, text: string): string => (options.colour ? `\x1b[${code}m${text}\x1b[m` : text);
  const name = (path: string): string => quotePath(options.porcelain ? path : relativePath(path, options.prefix), true);
  let text = options.branch ? `## ${branchLine(status)}\n` : "";
  const rows = new Map<string, { x: string; y: string; label: string }>();
  for (const change of status.staged) {
    const label = change.kind === "renamed" ? `${name(change.from)} -> ${name(change.path)}` : name(change.path);
    rows.set(change.path, { x: LETTERS[change.kind], y: " ", label });
  }
  for (const change of status.unstaged) {
    const row = rows.get(change.path) ?? { x: " ", y: " ", label: name(change.path) };
    rows.set(change.path, { ...row, y: LETTERS[change.kind] });
  }
  for (const [, { x, y, label }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    text += `${x === " " ? x : paint("32", x)}${y === " " ? y : paint("31", y)} ${label}\n`;
  }
  if (options.hideUntracked) return text;
  return text + status.untracked.map((path) => `${paint("31", "??")} ${name(path)}\n`).join("");
}

function branchLine(status: Status): string {
  if (status.head.kind === "detached") return "HEAD (no branch)";
  const start = status.unborn ? `No commits yet on ${status.head.name}` : status.head.name;
  const { upstream } = status;
  if (!upstream) return start;
  if (upstream.kind === "gone") return `${start}...${upstream.name} [gone]`;
  const parts = [
    ...(upstream.ahead > 0 ? [`ahead ${upstream.ahead}`] : []),
    ...(upstream.behind > 0 ? [`behind ${upstream.behind}`] : []),
  ];
  return `${start}...${upstream.name}${parts.length > 0 ? ` [${parts.join(", ")}]` : ""}`;
}
