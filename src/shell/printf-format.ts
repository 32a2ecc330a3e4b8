/** The format language of `printf` and the escapes of `echo -e`. */

const SIMPLE: Record<string, string> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

/** Expands backslash escapes; `stop` is set by `\c`, after which nothing more is written. */
export function unescapeText(text: string, leadingZero: boolean): { text: string; stop: boolean } {
  let stop = false;
  const octal = leadingZero ? "0[0-7]{0,3}" : "[0-7]{1,3}";
  const pattern = new RegExp(`\\\\(${octal}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[\\s\\S])`, "g");
  const cut = text.search(/(?<!\\)(?:\\\\)*\\c/);
  const source = cut >= 0 ? text.slice(0, text.indexOf("\\c", cut)) : text;
  if (cut >= 0) stop = true;
  const expanded = source.replace(pattern, (whole, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
    if (/^[xuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    return SIMPLE[code] ?? whole;
  });
  return { text: expanded, stop };
}

export interface Formatted {
  readonly text: string;
  /** Messages about arguments that are no numbers. */
  readonly complaints: readonly string[];
}

const DIRECTIVE = /%(?:(%)|([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|q|j|z|t|L)?([a-zA-Z]|\([^)]*\)T))/g;

/** Applies a format to its arguments, again and again while arguments are left. */
export function formatText(format: string, args: readonly string[], now: number): Formatted {
  const queue = [...args];
  const complaints: string[] = [];
  let text = "";
  let stopped = false;
  do {
    const before = queue.length;
    const once = applyOnce(format, queue, complaints, now);
    text += once.text;
    stopped = once.stop;
    if (queue.length === before) break;
  } while (queue.length > 0 && !stopped);
  return { text, complaints };
}

function applyOnce(
  format: string,
  queue: string[],
  complaints: string[],
  now: number,
): { text: string; stop: boolean } {
  let text = "";
  let at = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    const literal = unescapeText(format.slice(at, match.index), false);
    text += literal.text;
    if (literal.stop) return { text, stop: true };
    at = match.index + match[0].length;
    const [whole, percent, flags = "", width, precision, conversion = ""] = match;
    if (percent) {
      text += "%";
      continue;
    }
    const star = (value: string | undefined) => (value === "*" ? Number(queue.shift() ?? 0) : Number(value ?? 0));
    const wide = star(width);
    const exact = whole.includes(".") ? star(precision) : undefined;
    const left = flags.includes("-") || wide < 0;
    const result = convert(conversion, queue.shift(), flags, exact, complaints, now);
    const zero = flags.includes("0") && !left && !/[sbcq]/.test(conversion);
    text += pad(result.text, Math.abs(wide), left, zero);
    if (result.stop) return { text, stop: true };
  }
  const literal = unescapeText(format.slice(at), false);
  return { text: text + literal.text, stop: literal.stop };
}

function pad(text: string, width: number, left: boolean, zero: boolean): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (left) return text + " ".repeat(missing);
  if (!zero) return " ".repeat(missing) + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}

function convert(
  conversion: string,
  argument: string | undefined,
  flags: string,
  precision: number | undefined,
  complaints: string[],
  now: number,
): { text: string; stop: boolean } {
  const plain = (text: string) => ({ text, stop: false });
  const signed = (text: string) =>
    text.startsWith("-") ? text : flags.includes("+") ? `+${text}` : flags.includes(" ") ? ` ${text}` : text;
  switch (conversion) {
    case "s":
      return plain([...(argument ?? "")].slice(0, precision).join(""));
    case "b":
      return unescapeText(argument ?? "", true);
    case "c":
      return plain([...(argument ?? "")].slice(0, 1).join(""));
    case "q":
      return plain(quoteWord(argument ?? ""));
    case "d":
    case "i": {
      const value = integer(argument, complaints);
      const digits = (value < 0n ? -value : value).toString().padStart(precision ?? 0, "0");
      return plain(signed(value < 0n ? `-${digits}` : digits));
    }
    case "u":
      return plain(BigInt.asUintN(64, integer(argument, complaints)).toString());
    case "o":
    case "x":
    case "X": {
      const base = conversion === "o" ? 8 : 16;
      const digits = BigInt.asUintN(64, integer(argument, complaints))
        .toString(base)
        .padStart(precision ?? 0, "0");
      const prefix = flags.includes("#") && digits !== "0" ? (conversion === "o" ? "0" : "0x") : "";
      return plain(conversion === "X" ? (prefix + digits).toUpperCase() : prefix + digits);
    }
    case "f":
    case "F":
      return plain(signed(real(argument, complaints).toFixed(precision ?? 6)));
    case "e":
    case "E": {
      const text = real(argument, complaints)
        .toExponential(precision ?? 6)
        .replace(/e([+-])(\d)$/, "e$10$2");
      return plain(signed(conversion === "E" ? text.toUpperCase() : text));
    }
    case "g":
    case "G":
      return plain(signed(general(real(argument, complaints), precision ?? 6)));
    default:
      if (conversion.startsWith("(")) {
        const time = argument === undefined || argument === "-1" ? new Date(now) : new Date(Number(argument) * 1000);
        return plain(time.toISOString());
      }
      complaints.push(`\`${conversion}': invalid format character`);
      return { text: "", stop: true };
  }
}

function general(value: number, precision: number): string {
  const exact = precision === 0 ? 1 : precision;
  if (value === 0) return "0";
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -4 || exponent >= exact) {
    return value
      .toExponential(exact - 1)
      .replace(/\.?0+e/, "e")
      .replace(/e([+-])(\d)$/, "e$10$2");
  }
  const text = value.toFixed(Math.max(0, exact - 1 - exponent));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function integer(argument: string | undefined, complaints: string[]): bigint {
  const text = (argument ?? "").trim();
  if (text === "") return 0n;
  if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]+|\d+)/.exec(text);
  if (!match || match[0].length < text.length) complaints.push(`${text}: invalid number`);
  if (!match) return 0n;
  const digits = match[2] ?? "0";
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return match[1] === "-" ? -value : value;
}

function real(argument: string | undefined, complaints: string[]): number {
  const text = (argument ?? "").trim();
  if (text === "") return 0;
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  complaints.push(`${text}: invalid number`);
  return Number.parseFloat(text) || 0;
}

/** `%q`: text that the shell would read back as one word. */
export function quoteWord(text: string): string {
  if (text === "") return "''";
  if (/\p{Cc}/u.test(text)) {
    return `$'${text.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\x1b", "\\E")}'`;
  }
  return text.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, "\\$&");
}
