import type { MdastPluginDefinition } from "satteri";

const words = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Puts the number of words of a document, code blocks left out, into its front matter as `words`. */
export function wordCount(): MdastPluginDefinition {
  let count = 0;
  return {
    name: "word-count",
    text(node) {
      count += words(node.value);
    },
    inlineCode(node) {
      count += words(node.value);
    },
    after(_root, context) {
      const frontmatter = context.data.astro?.frontmatter;
      if (frontmatter) frontmatter.words = count;
    },
  };
}
