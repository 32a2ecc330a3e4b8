import type { MdastPluginDefinition } from "satteri";

/** Puts the number of words of a document, code left out, into its front matter as `words`. */
export function wordCount(): MdastPluginDefinition {
  let code = 0;
  const words = (text: string) => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return {
    name: "word-count",
    code(node) {
      code += words(node.value);
    },
    after(root, context) {
      const frontmatter = context.data.astro?.frontmatter;
      if (frontmatter) frontmatter.words = Math.max(0, words(context.textContent(root)) - code);
    },
  };
}
