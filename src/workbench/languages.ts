import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { markdown } from "@codemirror/lang-markdown";
import { python } from "@codemirror/lang-python";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit, StreamLanguage } from "@codemirror/language";
import { properties } from "@codemirror/legacy-modes/mode/properties";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { EditorState, type Extension } from "@codemirror/state";
import { nameOf } from "./file-tree-model";

const spaces = (count: number): Extension => [indentUnit.of(" ".repeat(count)), EditorState.tabSize.of(count)];

const BY_EXTENSION: Readonly<Record<string, () => Extension>> = {
  css: () => [css(), spaces(2)],
  htm: () => [html(), spaces(2)],
  html: () => [html(), spaces(2)],
  jinja: () => [html(), spaces(2)],
  js: () => [javascript(), spaces(2)],
  cjs: () => [javascript(), spaces(2)],
  mjs: () => [javascript(), spaces(2)],
  json: () => [json(), spaces(2)],
  md: () => [markdown(), spaces(2)],
  py: () => [python(), spaces(4)],
  sh: () => [StreamLanguage.define(shell), spaces(2)],
  toml: () => [StreamLanguage.define(properties), spaces(2)],
  ts: () => [javascript({ typescript: true }), spaces(2)],
  yaml: () => [yaml(), spaces(2)],
  yml: () => [yaml(), spaces(2)],
};

/** Highlighting and indentation for a file, by its name; files such as `.env` or `Procfile` are `name: value` lists. */
export function languageFor(path: string): Extension {
  const name = nameOf(path);
  if (name === "Procfile" || name === ".env" || name.startsWith(".env.")) return StreamLanguage.define(properties);
  const dot = name.lastIndexOf(".");
  const make = dot > 0 ? BY_EXTENSION[name.slice(dot + 1).toLowerCase()] : undefined;
  return make?.() ?? spaces(4);
}
