/** ls */

import { FileError, type FileStat, resolvePath } from "../../files/tree";
import { nameOrder } from "../collation";
import type { Command, CommandContext } from "../command";
import { columnize, textWidth } from "../width";
import { formatDate } from "./date-text";
import { humanSize } from "./human-size";
import { type Manual, type Parsed, readOptions } from "./options";

const MANUAL: Manual = {
  name: "ls",
  misuse: 2,
  options: [
    { short: "a", long: "all" },
    { short: "A", long: "almost-all" },
    { short: "l" },
    { short: "1" },
    { short: "h", long: "human-readable" },
    { short: "R", long: "recursive" },
    { short: "d", long: "directory" },
    { short: "r", long: "reverse" },
    { short: "t" },
    { short: "S" },
    { short: "F", long: "classify" },
    { short: "p" },
    { short: "i", long: "inode" },
    { short: "n", long: "numeric-uid-gid" },
    { short: "g" },
    { short: "o" },
    { short: "s", long: "size" },
    { short: "C" },
    { short: "x" },
    { short: "U" },
    { short: "X" },
    { short: "v" },
    { long: "color", value: "optional" },
    { long: "group-directories-first" },
  ],
  help: `Usage: ls [OPTION]... [FILE]...
List information about the FILEs (the current directory by default).
Sort entries alphabetically if none of -tSUX is specified.

  -a, --all                  do not ignore entries starting with .
  -A, --almost-all           do not list implied . and ..
      --color[=WHEN]         color the output WHEN
  -d, --directory            list directories themselves, not their contents
  -F, --classify             append indicator (one of */=>@|) to entries
      --group-directories-first
                             group directories before files
  -h, --human-readable       with -l and -s, print sizes like 1K 234M 2G etc.
  -i, --inode                print the index number of each file
  -l                         use a long listing format
  -n, --numeric-uid-gid      like -l, but list numeric user and group IDs
  -p                         append / indicator to directories
  -r, --reverse              reverse order while sorting
  -R, --recursive            list subdirectories recursively
  -s, --size                 print the allocated size of each file, in blocks
  -S                         sort by file size, largest first
  -t                         sort by time, newest first; see --time
  -1                         list one file per line
      --help        display this help and exit
      --version     output version information and exit

Exit status:
 0  if OK,
 1  if minor problems (e.g., cannot access subdirectory),
 2  if serious trouble (e.g., cannot access command-line argument).
`,
};

interface Entry {
  /** As shown. */
  readonly name: string;
  readonly path: string;
  readonly stat: FileStat;
  readonly target?: string;
}

const BLOCK = 4096;
/** A file older than this shows its year instead of its hour. */
const HALF_YEAR = 15_778_476_000;

export const ls: Command = async (context) => {
  const options = await readOptions(context, MANUAL);
  if (typeof options === "number") return options;
  const { cwd, files, stdout, stderr } = context;
  const listing = new Listing(context, options);
  const single: Entry[] = [];
  const directories: Entry[] = [];
  let status = 0;
  for (const operand of options.operands.length > 0 ? options.operands : ["."]) {
    const path = resolvePath(cwd, operand);
    try {
      if (operand === "") throw new FileError("ENOENT", path);
      const link = files.lstat(path);
      if (operand.endsWith("/") && files.stat(path).kind !== "directory") throw new FileError("ENOTDIR", path);
      // A link to a directory is listed as the directory, unless the long format shows where it goes.
      const follow = link.kind === "symlink" && !options.has("l") && files.exists(path) && !options.has("d");
      const entry = listing.entry(operand, path, follow);
      if (entry.stat.kind === "directory" && !options.has("d")) directories.push(entry);
      else single.push(entry);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await stderr.write(`ls: cannot access '${operand}': ${error.reason}\n`);
      status = 2;
    }
  }
  let first = true;
  if (single.length > 0) {
    await stdout.write(listing.show(listing.sort(single)));
    first = false;
  }
  const titled = options.operands.length > 1 || options.has("R");
  const queue = listing.sort(directories);
  for (let next = queue.shift(); next; next = queue.shift()) {
    const entries = listing.sort(listing.children(next.path));
    const heading = titled ? `${first ? "" : "\n"}${next.name}:\n` : "";
    const long = options.has("l") || options.has("n") || options.has("g") || options.has("o") || options.has("s");
    const total = long ? `total ${listing.total(entries)}\n` : "";
    await stdout.write(heading + total + listing.show(entries));
    first = false;
    if (!options.has("R")) continue;
    const parent = next.name.replace(/\/$/, "");
    const inner = entries.filter(({ stat, name }) => stat.kind === "directory" && name !== "." && name !== "..");
    queue.unshift(...inner.map((entry) => ({ ...entry, name: `${parent}/${entry.name}` })));
  }
  return status;
};

class Listing {
  private readonly order: (a: string, b: string) => number;
  private readonly colored: boolean;
  private readonly long: boolean;

  constructor(
    private readonly context: CommandContext,
    private readonly options: Parsed,
  ) {
    const { env, stdout } = context;
    this.order = nameOrder(env);
    const when = options.has("color") ? (options.value("color") ?? "always") : "auto";
    this.colored = when === "always" || when === "yes" || (when === "auto" && stdout.isTerminal);
    this.long = options.has("l") || options.has("n") || options.has("g") || options.has("o");
  }

  entry(name: string, path: string, follow: boolean): Entry {
    const { files } = this.context;
    const stat = follow ? files.stat(path) : files.lstat(path);
    return stat.kind === "symlink" ? { name, path, stat, target: files.readLink(path) } : { name, path, stat };
  }

  children(path: string): Entry[] {
    const { files } = this.context;
    const { options } = this;
    const all = options.has("a");
    const names = files.readDirectory(path).filter((name) => all || options.has("A") || !name.startsWith("."));
    const entries = names.map((name) => this.entry(name, resolvePath(path, name), false));
    if (!all) return entries;
    return [this.entry(".", path, false), this.entry("..", resolvePath(path, ".."), false), ...entries];
  }

  sort(entries: readonly Entry[]): Entry[] {
    const { options } = this;
    if (options.has("U")) return [...entries];
    const extension = (name: string) => /(?<=.)\.[^.]*$/.exec(name)?.[0] ?? "";
    const dots = (name: string) => (name === "." ? 0 : name === ".." ? 1 : 2);
    const sorted = [...entries].sort(
      (a, b) =>
        (options.has("t") ? b.stat.mtime - a.stat.mtime : 0) ||
        (options.has("S") ? b.stat.size - a.stat.size : 0) ||
        (options.has("X") ? this.order(extension(a.name), extension(b.name)) : 0) ||
        dots(a.name) - dots(b.name) ||
        this.order(a.name, b.name),
    );
    if (options.has("r")) sorted.reverse();
    if (!options.has("group-directories-first")) return sorted;
    const isDirectory = ({ stat }: Entry) => stat.kind === "directory";
    return [...sorted.filter(isDirectory), ...sorted.filter((entry) => !isDirectory(entry))];
  }

  total(entries: readonly Entry[]): string {
    const bytes = entries.reduce((sum, { stat }) => sum + blocks(stat) * 1024, 0);
    return this.options.has("h") ? humanSize(bytes) : String(bytes / 1024);
  }

  show(entries: readonly Entry[]): string {
    const { options, context } = this;
    if (this.long) return this.longLines(entries);
    const inodes = options.has("i") ? Math.max(0, ...entries.map(({ stat }) => String(stat.ino).length)) : 0;
    const sizes = options.has("s") ? Math.max(0, ...entries.map(({ stat }) => String(blocks(stat)).length)) : 0;
    const names = entries.map((entry) => {
      const head =
        (inodes > 0 ? `${String(entry.stat.ino).padStart(inodes)} ` : "") +
        (sizes > 0 ? `${String(blocks(entry.stat)).padStart(sizes)} ` : "");
      const mark = this.mark(entry);
      const shown = this.quoted(entry.name);
      return { text: head + this.color(entry, shown) + mark, width: textWidth(head + shown + mark) };
    });
    const inColumns = (context.stdout.isTerminal || options.has("C") || options.has("x")) && !options.has("1");
    if (inColumns) return columnize(names, context.columns);
    return names.map(({ text }) => `${text}\n`).join("");
  }

  private longLines(entries: readonly Entry[]): string {
    const { context, options } = this;
    const { files, env } = context;
    const user = options.has("n") ? "1000" : (env.USER ?? "root");
    const now = Date.now();
    const rows = entries.map((entry) => {
      const { stat, path } = entry;
      const links =
        stat.kind === "directory"
          ? 2 +
            files.readDirectory(path).filter((name) => files.lstat(resolvePath(path, name)).kind === "directory").length
          : 1;
      const bytes = stat.kind === "directory" ? BLOCK : stat.size;
      const recent = stat.mtime > now - HALF_YEAR && stat.mtime <= now + 60_000;
      return {
        inode: options.has("i") ? `${stat.ino} ` : "",
        blocks: options.has("s") ? `${blocks(stat)} ` : "",
        mode: modeText(stat),
        links: String(links),
        size: options.has("h") ? humanSize(bytes) : String(bytes),
        date: formatDate(recent ? "%b %e %H:%M" : "%b %e  %Y", stat.mtime),
        name:
          this.color(entry, this.quoted(entry.name)) +
          this.mark(entry, true) +
          (entry.target === undefined ? "" : ` -> ${this.quoted(entry.target)}`),
      };
    });
    const width = (key: "links" | "size" | "inode" | "blocks") => Math.max(0, ...rows.map((row) => row[key].length));
    const [links, size, inode, blockWidth] = [width("links"), width("size"), width("inode"), width("blocks")];
    const owner = `${options.has("g") ? "" : `${user} `}${options.has("o") ? "" : `${user} `}`;
    return rows
      .map(
        (row) =>
          `${row.inode.padStart(inode)}${row.blocks.padStart(blockWidth)}${row.mode} ${row.links.padStart(links)} ${owner}${row.size.padStart(size)} ${row.date} ${row.name}\n`,
      )
      .join("");
  }

  /** In a terminal a name with special characters is shown as it would be typed. */
  private quoted(name: string): string {
    if (!this.context.stdout.isTerminal || /^[\w@%+=:,./\u0080-\u{10ffff}-]+$/u.test(name)) return name;
    return name.includes("'") ? `"${name}"` : `'${name}'`;
  }

  private mark({ stat, path, target }: Entry, long = false): string {
    const { options } = this;
    if (!options.has("F") && !options.has("p")) return "";
    if (stat.kind === "directory") return "/";
    if (options.has("p")) return "";
    if (stat.kind === "symlink") return long && target !== undefined ? "" : "@";
    return (this.context.files.stat(path).mode & 0o111) !== 0 ? "*" : "";
  }

  /** dircolors' defaults for the kinds that exist here. */
  private color({ stat, path }: Entry, text: string): string {
    if (!this.colored) return text;
    const code =
      stat.kind === "directory"
        ? "01;34"
        : stat.kind === "symlink"
          ? this.context.files.exists(path)
            ? "01;36"
            : "40;31;01"
          : (stat.mode & 0o111) !== 0
            ? "01;32"
            : undefined;
    return code === undefined ? text : `\x1b[${code}m${text}\x1b[0m`;
  }
}

/** In units of 1024 bytes, as on a file system with blocks of 4 KiB. */
function blocks(stat: FileStat): number {
  if (stat.kind === "symlink") return 0;
  return stat.kind === "directory" ? 4 : Math.ceil(stat.size / BLOCK) * 4;
}

export function modeText({ kind, mode }: FileStat): string {
  const letter = kind === "directory" ? "d" : kind === "symlink" ? "l" : "-";
  const bits = [...Array(9).keys()].map((index) => ((mode >> (8 - index)) & 1 ? ("rwx"[index % 3] ?? "") : "-"));
  return letter + bits.join("");
}
