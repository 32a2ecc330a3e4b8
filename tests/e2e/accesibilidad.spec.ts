/** No violation of axe-core's WCAG rules on any page type: both widths, both themes, the workbench open. */

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { Taller } from "./taller";

const PAGES = [
  { name: "home", path: "/" },
  { name: "lesson", path: "/lecciones/desplegar-flask/" },
  { name: "exercise", path: "/ejercicios/desplegar-flask/" },
] as const;

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${viewport.width} px, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      for (const { name, path } of PAGES) {
        test(name, async ({ page }) => {
          await page.goto(path);
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        });
      }

      test("workbench", async ({ page }) => {
        await Taller.open(page);
        const tabs = page.getByRole("tablist", { name: "Paneles del ejercicio" }).getByRole("tab");
        if (viewport.width < 800) await expect(tabs).toHaveCount(4);
        const panes = viewport.width < 800 ? await tabs.all() : [undefined];
        for (const pane of panes) {
          await pane?.click();
          // The preview's document is the learner's, not ours.
          const result = await new AxeBuilder({ page }).exclude('iframe[title="Vista previa"]').analyze();
          expect(result.violations).toEqual([]);
        }
      });
    });
  }
}
