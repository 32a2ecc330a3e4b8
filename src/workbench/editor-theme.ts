import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours are custom properties of workbench.css, so that the theme can change under an open editor. */
const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "transparent", color: "var(--wb-text)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "2px solid var(--wb-accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--wb-font-mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--wb-accent)", paddingBlock: "0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--wb-accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--wb-muted)", border: "none" },
  ".cm-activeLine": { backgroundColor: "var(--wb-active-line)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--wb-text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--wb-selection)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--wb-selection)",
    outline: "1px solid var(--wb-border-strong)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--wb-selection)" },
  ".cm-searchMatch": { backgroundColor: "var(--wb-selection)", outline: "1px solid var(--wb-accent)" },
  ".cm-panels": { backgroundColor: "var(--wb-surface-2)", color: "var(--wb-text)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--wb-border)" },
  ".cm-panel.cm-search": { padding: "0.5rem", fontFamily: "var(--wb-font-sans)" },
  ".cm-textfield": {
    backgroundColor: "var(--wb-surface)",
    color: "var(--wb-text)",
    border: "1px solid var(--wb-border-strong)",
    borderRadius: "4px",
    fontSize: "0.8125rem",
  },
  ".cm-button": {
    backgroundImage: "none",
    backgroundColor: "var(--wb-surface)",
    color: "var(--wb-text)",
    border: "1px solid var(--wb-border-strong)",
    borderRadius: "4px",
    fontSize: "0.8125rem",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--wb-surface)",
    color: "var(--wb-text)",
    border: "1px solid var(--wb-border-strong)",
    borderRadius: "6px",
    overflow: "hidden",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--wb-accent)",
    color: "var(--wb-accent-text)",
  },
});

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--wb-syntax-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--wb-syntax-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--wb-syntax-number)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--wb-syntax-function)" },
  { tag: [tags.className, tags.typeName, tags.tagName], color: "var(--wb-syntax-type)" },
  {
    tag: [tags.propertyName, tags.attributeName, tags.definition(tags.propertyName)],
    color: "var(--wb-syntax-property)",
  },
  { tag: tags.meta, color: "var(--wb-syntax-comment)" },
  { tag: [tags.comment, tags.docComment], color: "var(--wb-syntax-comment)", fontStyle: "italic" },
  { tag: tags.heading, color: "var(--wb-syntax-type)", fontWeight: "bold" },
  { tag: tags.strong, fontWeight: "bold" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--wb-syntax-string)", textDecoration: "underline" },
  { tag: tags.invalid, color: "var(--wb-danger)" },
]);

export const editorTheme: Extension = [theme, syntaxHighlighting(highlight)];
