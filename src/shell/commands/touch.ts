/** touch */

import { FileError, resolvePath } from "../../files/tree";
import type { Command } from "../command";
import { parseDate } from "./date-text";
import { attempt, pathOf } from "./input";
import { type Manual, misuse, readOptions } from "./options";

const MANUAL: Manual = {
  name: "touch",
  options: [
    { short: "a" },
    { short: "m" },
    { short: "c", long: "no-create" },
    { short: "d", long: "date", value: "required" },
    { short: "r", long: "reference", value: "required" },
    { short: "t", value: "required" },
    { short: "h", long: "no-dereference" },
  ],
  help: `Usage: touch [OPTION]... FILE...
Update the access and modification times of each FILE to the current time.

A FILE argument that does not exist is created empty, unless -c or -h
is supplied.

  -a                     change only the access time
  -c, --no-create        do not create any files
  -d, --date=STRING      parse STRING and use it instead of current time
  -m                     change only the modification time
  -r, --reference=FILE   use this file's times instead of current time
  -t STAMP               use [[CC]YY]MMDDhhmm[.ss] instead of current time
      --help        display this help and exit
      --version     output version information and exit
`,
};

export const touch: Command = async (context) => {
  const options = await readOptions(context, MANUAL);
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return misuse(context, MANUAL, "missing file operand");
  const { cwd, files, stderr } = context;
  let time: number | undefined;
  const text = options.value("d") ?? stampToDate(options.value("t"));
  if (text !== undefined) {
    time = parseDate(text, Date.now());
    if (time === undefined) {
      await stderr.write(`touch: invalid date format ‘${text}’\n`);
      return 1;
    }
  }
  const reference = options.value("r");
  if (reference !== undefined) {
    const found = await attempt(
      context,
      () => {
        time = files.stat(resolvePath(cwd, reference)).mtime;
      },
      (reason) => `touch: failed to get attributes of '${reference}': ${reason}`,
    );
    if (!found) return 1;
  }
  let status = 0;
  for (const operand of options.operands) {
    let doing = "cannot touch";
    const touched = await attempt(
      context,
      () => {
        if (operand.endsWith("/") && files.isFile(resolvePath(cwd, operand))) doing = "setting times of";
        const path = pathOf(context, operand);
        if (!files.exists(path)) {
          if (options.has("c")) return;
          if (operand.endsWith("/")) throw new FileError("ENOENT", path);
          files.writeFile(path, "");
        }
        if (time === undefined) files.touch(path);
        else files.touch(path, time);
      },
      (reason) => `touch: ${doing} '${operand}': ${reason}`,
    );
    if (!touched) status = 1;
  }
  return status;
};

/** `[[CC]YY]MMDDhhmm[.ss]` as a date that `parseDate` reads. */
function stampToDate(stamp: string | undefined): string | undefined {
  if (stamp === undefined) return undefined;
  const match = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(stamp);
  if (!match) return stamp;
  const [, first, second, month, day, hour, minute, seconds = "00"] = match;
  const year = first && second ? first + second : first ? `20${first}` : String(new Date().getFullYear());
  return `${year}-${month}-${day} ${hour}:${minute}:${seconds}`;
}
