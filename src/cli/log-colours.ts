/** Colours of log lines: each source its own, and what matters in the lines of the router, the API and the dynos. */

import type { Meaning, Style } from "./terminal/style";

const CYCLE: readonly Meaning[] = [
  "yellow",
  "success",
  "cyan",
  "magenta",
  "blue",
  "info",
  "name",
  "addon",
  "pipeline",
  "warning",
];
/** They always have the same colours: the first of the cycle. */
const KNOWN_SOURCES = ["run", "router", "web", "postgres", "heroku-postgres"];

/** `2026-… heroku[web.1]: message`. */
const LINE = /^(.*?\[([\w-]+)(?:[\d.]+)?\]:)(.*)$/;

/** Paints the lines of one stream, one after the other. */
export class LogColours {
  private readonly sources = new Map<string, Meaning>();

  constructor(private readonly style: Style) {
    for (const source of KNOWN_SOURCES) this.ofSource(source);
  }

  /** The message loses the spaces around it, with and without colours, as the real command prints it. */
  line(text: string): string {
    const [, head, source, rest] = LINE.exec(text) ?? [];
    if (head === undefined || source === undefined || rest === undefined) return text;
    return `${this.style.paint(this.ofSource(source), head)} ${this.message(source, rest.trim())}`;
  }

  private ofSource(source: string): Meaning {
    const [key = source] = source.split(".");
    const known = this.sources.get(key);
    if (known) return known;
    const meaning = CYCLE[this.sources.size % CYCLE.length] ?? "yellow";
    this.sources.set(key, meaning);
    return meaning;
  }

  private message(source: string, text: string): string {
    switch (source) {
      case "router":
        return this.router(text);
      case "api":
        return this.api(text);
      case "web":
        return this.process(text) ?? this.request(text);
      case "run":
        return this.process(text) ?? text;
      default:
        return text;
    }
  }

  private router(text: string): string {
    const { style } = this;
    return text
      .split(/\s+/)
      .map((token) => {
        const equals = token.indexOf("=");
        if (equals < 0) return style.paint("inactive", token);
        const [key, value] = [token.slice(0, equals), token.slice(equals + 1)];
        return style.paint("inactive", `${key}=`) + this.routerValue(key, value);
      })
      .join(" ");
  }

  private routerValue(key: string, value: string): string {
    const { style } = this;
    switch (key) {
      case "at":
        return style.paint(value === "error" ? "failure" : "inactive", value);
      case "code":
        return style.paint("failure", style.paint("label", value));
      case "dyno":
        return style.paint(this.ofSource(value), value);
      case "method":
        return style.paint("magenta", value);
      case "path":
        return style.paint("success", value);
      case "status":
        return this.status(value);
      case "connect":
      case "service":
        return this.duration(value);
      default:
        return style.paint("inactive", value);
    }
  }

  private status(value: string): string {
    const meanings: Readonly<Record<string, Meaning>> = { 2: "success", 3: "info", 4: "warning", 5: "failure" };
    const meaning = /^\d{3}$/.test(value) ? meanings[value[0] ?? ""] : undefined;
    return meaning ? this.style.paint(meaning, value) : value;
  }

  private duration(value: string): string {
    const milliseconds = Number.parseInt(value, 10);
    if (!milliseconds) return value;
    const meaning =
      milliseconds < 100 ? "success" : milliseconds < 500 ? "info" : milliseconds < 5000 ? "warning" : "failure";
    return this.style.paint(meaning, value);
  }

  private api(text: string): string {
    const { style } = this;
    if (text === "Build succeeded") return style.paint("success", text);
    if (text.startsWith("Build failed")) return style.paint("failure", text);
    const build = /^(Build started by user )(.+)$/.exec(text);
    if (build) return `${build[1]}${style.paint("success", build[2] ?? "")}`;
    const [, verb, what, by, user] = /^(Deploy |Release )(\w+)( by user | created by user )(.+)$/.exec(text) ?? [];
    if (verb !== undefined && what !== undefined && by !== undefined && user !== undefined) {
      const meaning = verb === "Deploy " ? "cyan" : "magenta";
      return `${verb}${style.paint(meaning, what)}${by}${style.paint("success", user)}`;
    }
    return this.start(text) ?? text;
  }

  /** Lines about a process's life; undefined for others. */
  private process(text: string): string | undefined {
    const { style } = this;
    if (text === "Restarting" || text === "Unidling") return style.paint("yellow", text);
    if (text === "Stopping all processes with SIGTERM") return style.paint("failure", text);
    const [, exited, code] = /^(Process exited with status )(\d+)$/.exec(text) ?? [];
    if (exited !== undefined && code !== undefined) {
      return exited + style.paint(code === "0" ? "success" : "failure", code);
    }
    const [, changed, from, to, after] = /^(State changed from )(\w+)( to )(\w+)$/.exec(text) ?? [];
    if (changed !== undefined && from !== undefined && to !== undefined && after !== undefined) {
      return `${changed}${this.state(from)}${to}${this.state(after)}`;
    }
    return this.start(text);
  }

  private start(text: string): string | undefined {
    const [, start, command, user = ""] = /^(Starting process with command )(`.+`)(?:by user )?(.*)?$/.exec(text) ?? [];
    if (start === undefined || command === undefined) return undefined;
    return start + this.style.paint("code", command) + (user && this.style.paint("success", user));
  }

  private state(state: string): string {
    const meanings: Readonly<Record<string, Meaning>> = {
      complete: "success",
      up: "success",
      down: "failure",
      starting: "info",
    };
    const meaning = meanings[state];
    return meaning ? this.style.paint(meaning, state) : state;
  }

  /** A line of a web server's access log. */
  private request(text: string): string {
    const { style } = this;
    const apache = /^(\d+\.\d+\.\d+\.\d+ -[^-]*- \[[^\]]+\] ")(\w+)( )(\S+)( HTTP\/\d+\.\d+" )(\d+)( .+)$/.exec(text);
    if (apache) {
      const [, client = "", method = "", space = "", path = "", version = "", status = "", rest = ""] = apache;
      return [
        style.paint("inactive", client),
        style.paint("magenta", method),
        style.paint("inactive", space),
        style.paint("success", path),
        style.paint("inactive", version),
        this.status(status),
        style.paint("inactive", rest),
      ].join("");
    }
    const route = /^(.* ")(\w+)(.+)(HTTP\/\d+\.\d+" .*)$/.exec(text);
    if (!route) return text;
    const [, before = "", method = "", path = "", rest = ""] = route;
    return before + style.paint("magenta", method) + style.paint("success", path) + rest;
  }
}
