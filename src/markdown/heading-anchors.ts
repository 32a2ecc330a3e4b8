import type { HastPluginDefinition } from "satteri";

/** `Qué pasó, y por qué` → `que-paso-y-por-que`: an address that survives being typed. */
export function slug(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Gives every section an id, and makes its heading a link to itself. */
export function headingAnchors(): HastPluginDefinition {
  const seen = new Map<string, number>();
  return {
    name: "heading-anchors",
    element: {
      filter: ["h2", "h3"],
      visit(node, context) {
        const base = slug(context.textContent(node));
        const count = (seen.get(base) ?? 0) + 1;
        seen.set(base, count);
        const id = count === 1 ? base : `${base}-${count}`;
        return {
          type: "element",
          tagName: node.tagName,
          properties: { ...node.properties, id },
          children: [
            {
              type: "element",
              tagName: "a",
              properties: { href: `#${id}`, className: ["anchor"] },
              children: node.children,
            },
          ],
        };
      },
    },
  };
}
