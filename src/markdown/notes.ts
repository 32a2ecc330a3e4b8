/**
 * The syntax of the notes that the course was born from: `[[25_flask]]` is a link to the lesson with that alias,
 * `[4]` cites the fourth source of the front matter, `#cloud` is a tag of the lesson.
 * What does not resolve stops the build, with file and line.
 */

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { MdastNode, MdastPluginDefinition, MdastVisitorContext } from "satteri";
import { lessonIndex, nearest } from "./lesson-index.ts";

const CITATION_OR_TAG = /\[(\d{1,2})\]|(?<=^|\s)#(\p{L}[\p{L}\p{N}_-]*)/gu;
/** `25_flask`, not `https://…`, `/lecciones/…`, `#…`, `mailto:…` nor `archivo.png`. */
const WIKI_NAME = /^[\p{L}\p{N}_-]+$/u;

/** A mistake of the author: where it is, what is wrong, what was probably meant. */
export class ContentError extends Error {
  constructor(context: MdastVisitorContext, node: Readonly<MdastNode>, problem: string) {
    const file = context.fileURL ? relative(process.cwd(), fileURLToPath(context.fileURL)) : "contenido";
    super(`${file}:${node.position?.start.line ?? 1}: ${problem}`);
    this.name = "ContentError";
  }
}

function sourcesOf(context: MdastVisitorContext): number {
  const sources: unknown = context.data.astro?.frontmatter.fuentes;
  return Array.isArray(sources) ? sources.length : 0;
}

function tagsOf(context: MdastVisitorContext): readonly string[] {
  const tags: unknown = context.data.astro?.frontmatter.etiquetas;
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === "string") : [];
}

export const notes: MdastPluginDefinition = {
  name: "notes",
  options: { position: true },

  link(node, context) {
    if (!WIKI_NAME.test(node.url)) return;
    const index = lessonIndex();
    const lesson = index.get(node.url);
    if (!lesson) {
      const meant = nearest(node.url, index.keys());
      throw new ContentError(
        context,
        node,
        `el enlace [[${node.url}]] no lleva a ninguna lección${meant ? `; ¿querías decir [[${meant}]]?` : "."}`,
      );
    }
    const text = context.textContent(node);
    context.replaceNode(node, {
      type: "link",
      url: `/lecciones/${lesson.slug}/`,
      children: text === node.url ? [{ type: "text", value: lesson.title }] : [...node.children],
    });
  },

  text(node, context) {
    const parts: MdastNode[] = [];
    let from = 0;
    for (const match of node.value.matchAll(CITATION_OR_TAG)) {
      const [whole, citation, tag] = match;
      if (match.index > from) parts.push({ type: "text", value: node.value.slice(from, match.index) });
      from = match.index + whole.length;
      if (citation !== undefined) {
        const sources = sourcesOf(context);
        if (Number(citation) < 1 || Number(citation) > sources) {
          throw new ContentError(
            context,
            node,
            `la cita [${citation}] no tiene fuente: «fuentes» tiene ${sources === 1 ? "una" : sources}.`,
          );
        }
        parts.push({
          type: "link",
          url: `#fuente-${citation}`,
          data: { hProperties: { className: ["cite"], ariaLabel: `Fuente ${citation}` } },
          children: [{ type: "text", value: `[${citation}]` }],
        });
      } else if (tag !== undefined) {
        const tags = tagsOf(context);
        if (!tags.includes(tag)) {
          const meant = nearest(tag, tags);
          throw new ContentError(
            context,
            node,
            `la etiqueta #${tag} no está en «etiquetas»${meant ? `; ¿querías decir #${meant}?` : "."}`,
          );
        }
        parts.push({
          type: "emphasis",
          data: { hName: "span", hProperties: { className: ["tag"] } },
          children: [{ type: "text", value: `#${tag}` }],
        });
      }
    }
    if (parts.length === 0) return;
    if (from < node.value.length) parts.push({ type: "text", value: node.value.slice(from) });
    context.replaceNode(node, parts);
  },
};
