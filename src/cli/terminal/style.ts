/** Colours by what a text means, as the CLI's two themes paint them. Palette: @heroku/heroku-cli-util 11. */

/** What a text is. */
export type Meaning =
  | "app"
  | "name"
  | "info"
  | "success"
  | "warning"
  | "failure"
  | "user"
  | "inactive"
  | "addon"
  | "pipeline"
  | "space"
  | "team"
  | "cyan"
  | "magenta"
  | "blue"
  | "yellow"
  | "label"
  | "code";

/** Attributes that do not depend on the theme. */
export type Attribute = "bold" | "dim" | "underline" | "red" | "yellow" | "cyan" | "bright-blue" | "white" | "reset";

type Pair = readonly [open: string, close: string];

const FOREGROUND_END = "39";
const ATTRIBUTES: Readonly<Record<Attribute, Pair>> = {
  bold: ["1", "22"],
  dim: ["2", "22"],
  underline: ["4", "24"],
  red: ["31", FOREGROUND_END],
  yellow: ["33", FOREGROUND_END],
  cyan: ["36", FOREGROUND_END],
  white: ["37", FOREGROUND_END],
  "bright-blue": ["94", FOREGROUND_END],
  reset: ["0", "0"],
};

/** A number is a colour of the 256; a pair is the same for a terminal with 256 colours and for one with all. */
const PALETTE: Readonly<Record<Exclude<Meaning, "label" | "code">, number | readonly [number, string]>> = {
  app: 147,
  name: 212,
  info: 43,
  success: 40,
  warning: 214,
  failure: [217, "255;135;135"],
  user: [116, "80;211;213"],
  inactive: 248,
  addon: 185,
  pipeline: [206, "255;34;221"],
  space: 117,
  team: [159, "143;245;247"],
  cyan: [116, "80;211;213"],
  magenta: [206, "255;34;221"],
  blue: 117,
  yellow: 185,
};

/** The theme `simple`: the eight colours of any terminal. */
const SIMPLE: Readonly<Record<Exclude<Meaning, "label" | "code">, string>> = {
  app: "35",
  name: "35",
  info: "36",
  success: "32",
  warning: "33",
  failure: "31",
  user: "36",
  inactive: "90",
  addon: "33",
  pipeline: "35",
  space: "36",
  team: "36",
  cyan: "36",
  magenta: "35",
  blue: "34",
  yellow: "33",
};

type Depth = "none" | "basic" | "256" | "true";

export class Style {
  private readonly depth: Depth;
  private readonly simple: boolean;

  /**
   * @param isTerminal whether standard output is one: it decides for standard error too
   * @param env NO_COLOR, TERM, COLORTERM, HEROKU_THEME
   */
  constructor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>) {
    this.depth = isTerminal ? depthOf(env) : "none";
    this.simple = env.HEROKU_THEME?.toLowerCase().trim() === "simple" || this.depth === "basic";
  }

  get coloured(): boolean {
    return this.depth !== "none";
  }

  paint(meaning: Meaning, text: string): string {
    if (!this.coloured) return text;
    if (meaning === "label") return wrapIn(ATTRIBUTES.bold, text);
    if (meaning === "code") {
      const bold = wrapIn(ATTRIBUTES.bold, text);
      return this.simple ? bold : wrapIn(["48;5;237", "49"], wrapIn(["38;5;255", FOREGROUND_END], bold));
    }
    if (this.simple) return wrapIn([SIMPLE[meaning], FOREGROUND_END], text);
    const colour = PALETTE[meaning];
    const code =
      typeof colour === "number" ? `38;5;${colour}` : this.depth === "true" ? `38;2;${colour[1]}` : `38;5;${colour[0]}`;
    const symbol = meaning === "app" ? "⬢ " : meaning === "space" ? "⬡ " : "";
    return wrapIn([code, FOREGROUND_END], symbol + text);
  }

  attribute(attribute: Attribute, text: string): string {
    return this.coloured ? wrapIn(ATTRIBUTES[attribute], text) : text;
  }

  app(name: string): string {
    return this.paint("app", name);
  }
}

function depthOf(env: Readonly<Record<string, string | undefined>>): Depth {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "0") return "none";
  if (env.TERM === "dumb") return "none";
  if (env.COLORTERM === "truecolor" || env.COLORTERM === "24bit") return "true";
  return /-256(color)?$/i.test(env.TERM ?? "") ? "256" : "basic";
}

/** A text inside that ends the same attribute would end this one too, so there it begins again. */
function wrapIn([open, close]: Pair, text: string): string {
  const start = `\u001b[${open}m`;
  const end = `\u001b[${close}m`;
  return start + text.replaceAll(end, start) + end;
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** The text without its escape sequences. */
export function plain(text: string): string {
  return text.replace(ESCAPES, "");
}

/** Columns that a text takes. */
export function visibleWidth(text: string): number {
  return [...plain(text)].length;
}

/** The first `width` columns of a text, its escape sequences kept. */
export function cutTo(width: number, text: string): string {
  let left = width;
  let cut = "";
  let at = 0;
  for (const { index, 0: sequence } of text.matchAll(ESCAPES)) {
    const part = [...text.slice(at, index)];
    cut += part.slice(0, left).join("") + sequence;
    left = Math.max(0, left - part.length);
    at = index + sequence.length;
  }
  return cut + [...text.slice(at)].slice(0, left).join("");
}
