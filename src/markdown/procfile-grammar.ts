import type { LanguageRegistration } from "shiki/core";

/** `web: gunicorn app:app`: a process type, a colon, a command line. */
export const procfile: LanguageRegistration = {
  name: "procfile",
  scopeName: "source.procfile",
  repository: {},
  patterns: [
    { match: "^\\s*#.*$", name: "comment.line" },
    {
      match: "^([A-Za-z0-9_-]+)(:)\\s*(\\S+)?(.*)$",
      captures: {
        1: { name: "keyword.control" },
        2: { name: "punctuation.separator" },
        3: { name: "entity.name.function" },
        4: { patterns: [{ match: "\\$\\{?\\w+\\}?", name: "variable.parameter" }] },
      },
    },
  ],
};
