import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, type ChangeSet, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { editorTheme } from "./editor-theme";
import { languageFor } from "./languages";

/** Marks a change that came from the workspace and not from the reader. */
export const fromWorkspace = Annotation.define<true>();

/** The words of CodeMirror's own panels, in the reader's language. */
const phrases = EditorState.phrases.of({
  Find: "Buscar",
  Replace: "Reemplazar",
  next: "siguiente",
  previous: "anterior",
  all: "todas",
  "match case": "mayúsculas",
  regexp: "expresión regular",
  "by word": "palabra completa",
  replace: "reemplazar",
  "replace all": "reemplazar todas",
  close: "cerrar",
  "Go to line": "Ir a la línea",
  go: "ir",
  "current match": "coincidencia actual",
  "on line": "en la línea",
  "replaced match on line $": "reemplazada la coincidencia de la línea $",
  "replaced $ matches": "$ coincidencias reemplazadas",
  Completions: "Sugerencias",
});

/**
 * Tab indents only once the reader typed or clicked in the editor, so that the keyboard can pass through it (WCAG
 * 2.1.2); Escape gives Tab back to the browser.
 */
const tabPassesThrough = EditorView.domEventObservers({
  focus: (_event, view) => view.setTabFocusMode(true),
  // After the focus event that this press causes.
  mousedown: (_event, view) => void setTimeout(() => view.setTabFocusMode(false), 0),
  keydown: (event, view) => {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (!["Tab", "Shift", "Control", "Alt", "Meta"].includes(event.key)) view.setTabFocusMode(false);
  },
});

export interface EditorHandlers {
  /** The reader changed the text. */
  onEdit(changes: ChangeSet): void;
  onBlur(): void;
}

/** The state of one open file. */
export function createEditorState(
  path: string,
  text: string,
  descriptionId: string,
  handlers: EditorHandlers,
): EditorState {
  const extensions: Extension[] = [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    // Only when asked for (Ctrl Space): a list that opens by itself would take Enter from who does not look.
    autocompletion({ activateOnTyping: false }),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search(),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      indentWithTab,
    ]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-label": "Editor",
      "aria-describedby": descriptionId,
      tabindex: "0",
      spellcheck: "false",
      autocapitalize: "off",
      autocorrect: "off",
    }),
    phrases,
    tabPassesThrough,
    EditorView.domEventHandlers({
      blur: () => {
        handlers.onBlur();
        return false;
      },
    }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      if (update.transactions.some((transaction) => transaction.annotation(fromWorkspace))) return;
      handlers.onEdit(update.changes);
    }),
    editorTheme,
    languageFor(path),
  ];
  return EditorState.create({ doc: text, extensions });
}
