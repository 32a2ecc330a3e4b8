/**
 * Code blocks, made at build time: Shiki's tokens as classes (no inline style, so both themes and a strict
 * Content-Security-Policy cost nothing), and terminal sessions whose prompt cannot be copied.
 *
 * Meta, as in ```python titulo="app.py" lineas="3,5-7": `titulo` is shown above, `lineas` are highlighted;
 * the word `ajustar` wraps long lines, as a terminal does, instead of letting them scroll.
 * Language `console`: lines that start with `$ ` are typed, those with `> ` after them continue, others are output.
 */

import type { Element, ElementContent } from "hast";
import type { HastPluginDefinition } from "satteri";
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import css from "shiki/langs/css.mjs";
import diff from "shiki/langs/diff.mjs";
import docker from "shiki/langs/docker.mjs";
import ini from "shiki/langs/ini.mjs";
import javascript from "shiki/langs/javascript.mjs";
import jinja from "shiki/langs/jinja.mjs";
import json from "shiki/langs/json.mjs";
import python from "shiki/langs/python.mjs";
import shell from "shiki/langs/shellscript.mjs";
import yaml from "shiki/langs/yaml.mjs";
import { procfile } from "./procfile-grammar.ts";

const THEME = "css-variables";
/** Longer lines than this may need to be scrolled on a phone. */
const WIDE = 38;

let loading: Promise<HighlighterCore> | undefined;
function highlighter(): Promise<HighlighterCore> {
  loading ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: "--t-" })],
    langs: [css, diff, docker, ini, javascript, jinja, json, python, shell, yaml, procfile],
    engine: createJavaScriptRegexEngine(),
  });
  return loading;
}

const element = (tagName: string, properties: Element["properties"], children: ElementContent[]): Element => ({
  type: "element",
  tagName,
  properties,
  children,
});
const text = (value: string): ElementContent => ({ type: "text", value });

/** `var(--t-token-string)` → `t-string`; the plain colour has no class. */
function classOf(color: string | undefined): string | undefined {
  const name = /--t-token-([a-z-]+)/.exec(color ?? "")?.[1];
  return name && `t-${name}`;
}

async function codeLines(code: string, lang: string): Promise<ElementContent[][]> {
  const shiki = await highlighter();
  if (!shiki.getLoadedLanguages().includes(lang)) return code.split("\n").map((line) => [text(line)]);
  return shiki.codeToTokensBase(code, { lang, theme: THEME }).map((tokens) =>
    tokens.map(({ content, color }) => {
      const name = classOf(color);
      return name ? element("span", { className: [name] }, [text(content)]) : text(content);
    }),
  );
}

/** A line is a block that ends with its own line feed: highlights reach the edge, and copied text keeps its lines. */
function lineOf(names: string[], children: ElementContent[]): Element {
  return element("span", { className: ["line", ...names] }, [...children, text("\n")]);
}

function sessionLines(code: string): ElementContent[] {
  let typing = false;
  return code.split("\n").map((line) => {
    const prompt = line.startsWith("$ ") ? "$ " : typing && line.startsWith("> ") ? "> " : undefined;
    typing = prompt !== undefined;
    if (prompt === undefined) return lineOf(["output"], outputLine(line));
    return lineOf(
      ["typed"],
      [element("span", { className: ["prompt"], ariaHidden: "true" }, [text(prompt)]), text(line.slice(2))],
    );
  });
}

/** `remote:` comes on every line of a push: it steps back, what it brings steps forward. */
function outputLine(line: string): ElementContent[] {
  const remote = /^(remote: ?)(\s*-{5}>)?(.*)$/.exec(line);
  if (!remote) return [text(line)];
  const [, prefix = "", arrow, rest = ""] = remote;
  return [
    element("span", { className: ["remote"] }, [text(prefix)]),
    ...(arrow ? [element("span", { className: ["arrow"] }, [text(arrow)])] : []),
    text(rest),
  ];
}

interface Meta {
  readonly title?: string;
  readonly marked: ReadonlySet<number>;
  readonly wrap: boolean;
}

function metaOf(meta: string): Meta {
  const attribute = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(meta)?.[1];
  const title = attribute("titulo");
  const marked = new Set<number>();
  for (const range of attribute("lineas")?.split(",") ?? []) {
    const [from = 0, to = from] = range.split("-").map(Number);
    for (let line = from; line <= to; line++) marked.add(line);
  }
  return { ...(title !== undefined && { title }), marked, wrap: /(?:^|\s)ajustar(?:\s|$)/.test(meta) };
}

export const codeBlocks: HastPluginDefinition = {
  name: "code-blocks",
  element: {
    filter: ["pre"],
    async visit(node, context) {
      const child = node.children.find((candidate) => candidate.type === "element" && candidate.tagName === "code");
      if (child?.type !== "element") return;
      const data: { lang?: unknown; meta?: unknown } = child.data ?? {};
      const classes = child.properties.className;
      const languageClass = Array.isArray(classes)
        ? classes.find((name) => typeof name === "string" && name.startsWith("language-"))
        : undefined;
      const lang =
        typeof data.lang === "string" ? data.lang : String(languageClass ?? "language-text").slice("language-".length);
      const { title, marked, wrap } = metaOf(typeof data.meta === "string" ? data.meta : "");
      const code = context.textContent(child).replace(/\n$/, "");
      const isSession = lang === "console";

      const lines = isSession
        ? sessionLines(code)
        : (await codeLines(code, lang)).map((children, index) =>
            lineOf(marked.has(index + 1) ? ["marked"] : [], children),
          );
      const caption = title ?? (isSession ? "Terminal" : undefined);
      const wide = !wrap && code.split("\n").some((line) => line.length > WIDE);
      return element("figure", { className: ["code", ...(isSession ? ["session"] : []), ...(wrap ? ["wrap"] : [])] }, [
        ...(caption ? [element("figcaption", title ? {} : { dataPagefindIgnore: "" }, [text(caption)])] : []),
        element("pre", wide ? { tabIndex: 0 } : {}, [element("code", {}, lines)]),
      ]);
    },
  },
};
