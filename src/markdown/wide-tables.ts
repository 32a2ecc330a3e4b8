import type { HastPluginDefinition } from "satteri";

/** Lets a table that is wider than its column scroll by itself, also by keyboard. */
export const wideTables: HastPluginDefinition = {
  name: "wide-tables",
  element: {
    filter: ["table"],
    visit(node, context) {
      context.wrapNode(node, {
        type: "element",
        tagName: "div",
        properties: { className: ["table"], tabIndex: 0, role: "group", ariaLabel: "Tabla" },
        children: [],
      });
    },
  },
};
