/** The workbench by itself, over a workspace that pretends: what each part shows, and that the keyboard reaches it. */
import { fileURLToPath } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { createServer, type ViteDevServer } from "vite";
import type { StepState } from "../../src/exercise/schema";

let server: ViteDevServer;
let address: string;

test.beforeAll(async () => {
  const configFile = fileURLToPath(new URL("../workbench-fake/vite.config.ts", import.meta.url));
  // A port of its own, so that an open development server is no obstacle.
  server = await createServer({ configFile, logLevel: "error", server: { port: 0, strictPort: false } });
  await server.listen();
  const bound = server.httpServer?.address();
  if (!bound || typeof bound === "string") throw new Error("the server has no port");
  address = `http://127.0.0.1:${bound.port}/`;
});
test.afterAll(() => server.close());

const open = async (page: Page, query = ""): Promise<void> => {
  await page.goto(address + query);
  await expect(page.getByRole("list", { name: "Pasos" })).toBeVisible();
};
const text = (page: Page, path: string): Promise<string | undefined> =>
  page.evaluate((name) => fake.engine.workspaces.at(-1)?.files.text(`/home/estudiante/hola-flask/${name}`), path);
const write = (page: Page, path: string, content: string): Promise<void> =>
  page.evaluate(
    async ([name, value]) => {
      await fake.engine.workspaces
        .at(-1)
        ?.files.write(`/home/estudiante/hola-flask/${name}`, new TextEncoder().encode(value));
    },
    [path, content] as const,
  );
const setSteps = (page: Page, done: number): Promise<void> =>
  page.evaluate((count) => {
    const steps = ["crear", "procfile", "publicar", "mirar"].map(
      (id, index): StepState =>
        index < count ? { id, state: "completado" } : { id, state: "pendiente", missing: `Falta ${id}.` },
    );
    fake.engine.workspaces.at(-1)?.setSteps(steps);
  }, done);
const terminalInput = (page: Page): Promise<string> =>
  page.evaluate(() => fake.engine.workspaces.at(-1)?.terminals.at(-1)?.input.join("") ?? "");

test.describe("start", () => {
  test("a failed start says why and what to do, and works the second time", async ({ page }) => {
    await page.goto(`${address}?fallo`);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("Python no se pudo preparar en 30 segundos.");
    await expect(alert).toContainText("Comprueba tu conexión");
    await expect(page.getByRole("list", { name: "Etapas del arranque" })).toContainText("Preparar Pythonfalló");
    await page.getByRole("button", { name: "Reintentar" }).click();
    await expect(page.getByRole("textbox", { name: "Terminal", exact: true })).toBeAttached();
  });

  test("an engine that says nothing can be given up", async ({ page }) => {
    await page.clock.install();
    await page.goto(`${address}?lento`);
    await expect(page.getByText("en curso", { exact: true })).toBeVisible();
    await page.clock.fastForward(16_000);
    await page.getByRole("button", { name: "Empezar de nuevo" }).click();
    await expect(page.getByText("en curso", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Empezar de nuevo" })).toHaveCount(0);
  });

  test("an engine that dies is announced and can be started again; what was set aside can be kept", async ({
    page,
  }) => {
    await open(page, "?recuperado");
    const download = page.getByRole("link", { name: "Descargar lo guardado" });
    await expect(download).toHaveAttribute("download", "hola-flask.json");
    await page.evaluate(() => fake.engine.workspaces[0]?.trouble(true));
    const alert = page.getByRole("alert").filter({ hasText: "El motor del ejercicio se detuvo." });
    await alert.getByRole("button", { name: "Reintentar" }).click();
    await expect.poll(() => page.evaluate(() => fake.engine.workspaces.length)).toBe(2);
    expect(await page.evaluate(() => fake.engine.workspaces[0]?.disposed)).toBe(true);
    await expect(page.getByRole("list", { name: "Pasos" })).toBeVisible();
  });

  test("dispose leaves nothing behind", async ({ page }) => {
    await open(page);
    await page.evaluate(() => fake.dispose());
    await expect(page.locator("#root")).toBeEmpty();
    expect(await page.evaluate(() => fake.engine.workspaces[0]?.disposed)).toBe(true);
  });
});

test.describe("editor", () => {
  test("what is typed is in the workspace at once, and what the shell writes is in the editor", async ({ page }) => {
    await open(page);
    const editor = page.getByRole("textbox", { name: "Editor", exact: true });
    await expect(editor).toContainText("import os");
    await editor.click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# hola\n");
    await expect.poll(() => text(page, "app.py")).toMatch(/^# hola\nimport os\n/);
    await expect(page.getByText("Guardado", { exact: true })).toBeVisible();

    // The cursor is at the start of line 2; the shell changes the end of the file.
    await write(page, "app.py", `${await text(page, "app.py")}# de la terminal\n`);
    await expect(editor).toContainText("# de la terminal");
    await page.keyboard.type("# aquí\n");
    await expect.poll(() => text(page, "app.py")).toMatch(/^# hola\n# aquí\nimport os\n[\s\S]*# de la terminal\n$/);
  });

  test("typing and going to the terminal at once loses nothing", async ({ page }) => {
    await open(page);
    await page.getByRole("textbox", { name: "Editor", exact: true }).click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.insertText("x = 1\n");
    await page.keyboard.press("F6");
    expect(await text(page, "app.py")).toMatch(/^x = 1\n/);
  });

  test("a file deleted in the shell closes with a notice", async ({ page }) => {
    await open(page);
    const tabs = page.getByRole("list", { name: "Archivos abiertos" });
    await expect(tabs.getByRole("button", { name: "app.py", exact: true })).toBeVisible();
    await page.evaluate(() => fake.engine.workspaces[0]?.files.remove("/home/estudiante/hola-flask/app.py"));
    await expect(page.getByText("app.py ya no existe: se borró fuera del editor.")).toBeVisible();
    await expect(tabs.getByRole("button")).toHaveCount(0);
  });

  test("Tab passes through until the reader types, then indents; Escape lets it out again", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "Cerrar app.py" }).focus();
    await page.keyboard.press("Tab");
    const editor = page.getByRole("textbox", { name: "Editor", exact: true });
    await expect(editor).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(editor).not.toBeFocused();
    expect(await text(page, "app.py")).toMatch(/^import os/);

    await editor.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Tab");
    await expect.poll(() => text(page, "app.py")).toMatch(/^ {4}import os/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect(editor).not.toBeFocused();
  });

  test("a binary file says that it is one", async ({ page }) => {
    await open(page);
    await page.getByRole("treeitem", { name: "static" }).click();
    await page.getByRole("treeitem", { name: "logo.png" }).click();
    await expect(page.getByText("logo.png contiene datos binarios")).toBeVisible();
    await expect(page.getByText("Guardado", { exact: true })).toBeHidden();
  });
});

test.describe("files", () => {
  test("by keyboard: new file in a new folder, rename, delete", async ({ page }) => {
    await open(page);
    const tree = page.getByRole("tree", { name: "Archivos del ejercicio" });
    await page.getByRole("button", { name: "Nuevo archivo" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("app.py");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Ya existe «app.py».")).toBeVisible();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("blog/rutas.py");
    await page.keyboard.press("Enter");
    const editor = page.getByRole("textbox", { name: "Editor", exact: true });
    await expect(editor).toBeFocused();
    await page.keyboard.type("x = 1");
    await expect.poll(() => text(page, "blog/rutas.py")).toBe("x = 1");

    await tree.getByRole("treeitem", { name: "rutas.py" }).focus();
    await page.keyboard.press("F2");
    await page.keyboard.type("vistas");
    await page.keyboard.press("Enter");
    await expect.poll(() => text(page, "blog/vistas.py")).toBe("x = 1");
    await expect(page.getByRole("button", { name: "vistas.py", exact: true })).toBeVisible();

    await tree.getByRole("treeitem", { name: "vistas.py" }).focus();
    await page.keyboard.press("Delete");
    await expect(page.getByRole("dialog", { name: "¿Borrar vistas.py?" })).toBeVisible();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(tree.getByRole("treeitem", { name: "vistas.py" })).toHaveCount(0);
    await expect(tree.getByRole("treeitem", { name: "blog" })).toBeFocused();
  });

  test("arrows and letters move in the tree; Enter opens", async ({ page }) => {
    await open(page);
    const tree = page.getByRole("tree", { name: "Archivos del ejercicio" });
    await tree.getByRole("treeitem", { name: "app.py" }).focus();
    await page.keyboard.press("t");
    await expect(tree.getByRole("treeitem", { name: "templates" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(tree.getByRole("treeitem", { name: "inicio.html" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Editor", exact: true })).toBeFocused();
    await expect(page.getByRole("textbox", { name: "Editor", exact: true })).toContainText("{{ saludo }}");
  });

  test("a folder that the shell makes beside the exercise's is shown too; the home's dot files are not", async ({
    page,
  }) => {
    await open(page);
    await page.evaluate(() => fake.engine.workspaces[0]?.files.makeDirectory("/home/estudiante/otra"));
    await expect(page.getByRole("treeitem", { name: "otra" })).toBeVisible();
    await expect(page.getByRole("treeitem", { name: ".gitconfig" })).toHaveCount(0);
  });
});

test.describe("terminal", () => {
  test("keys go to the shell as they are, Tab too; Escape and Tab leave", async ({ page }) => {
    await open(page);
    const terminal = page.getByRole("textbox", { name: "Terminal", exact: true });
    await terminal.focus();
    await page.keyboard.type("ls");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+C");
    expect(await terminalInput(page)).toBe("ls\t\x03");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect(terminal).not.toBeFocused();
    expect(await terminalInput(page)).toBe("ls\t\x03\x1b");
  });

  test("Ctrl V pastes", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await open(page);
    await page.evaluate(() => navigator.clipboard.writeText("git status"));
    await page.getByRole("textbox", { name: "Terminal", exact: true }).focus();
    await page.keyboard.press("Control+V");
    await expect.poll(() => terminalInput(page)).toBe("git status");
  });

  test("the shell learns the terminal's size, and again when it changes", async ({ page }) => {
    await open(page);
    const size = () => page.evaluate(() => fake.engine.workspaces[0]?.terminals[0]?.sizes.at(-1));
    const before = await size();
    expect(before?.columns).toBeGreaterThan(80);
    await page.setViewportSize({ width: 1600, height: 900 });
    await expect.poll(async () => (await size())?.columns).toBeGreaterThan(before?.columns ?? 0);
  });
});

test.describe("preview", () => {
  const preview = (page: Page) => page.getByTitle("Vista previa");
  const path = (page: Page) => page.getByRole("textbox", { name: "Ruta de la aplicación" });

  test("shows what heroku open opens, follows it and goes back", async ({ page }) => {
    await open(page);
    await expect(page.getByText("Aquí verás tu aplicación")).toBeVisible();
    await page.evaluate(() => {
      const workspace = fake.engine.workspaces[0];
      workspace?.setApps(["hola-flask", "otra-app"]);
      workspace?.open("hola-flask", "/");
    });
    const frame = page.frameLocator('iframe[title="Vista previa"]');
    await expect(frame.getByRole("heading")).toHaveText("Hola desde hola-flask");
    await expect(page.getByText("https://hola-flask-0f9c2d7a1b3e.herokuapp.com", { exact: true })).toBeVisible();
    await frame.getByRole("link", { name: "Notas" }).click();
    await expect(path(page)).toHaveValue("/notas.html");
    await page.getByRole("button", { name: "Atrás" }).click();
    await expect(frame.getByRole("heading")).toHaveText("Hola desde hola-flask");
    await expect(path(page)).toHaveValue("/");
    await path(page).fill("notas.html");
    await path(page).press("Enter");
    await expect(frame.getByRole("heading")).toHaveText("Notas");
    await page.getByRole("combobox", { name: "Aplicación que se muestra" }).selectOption("otra-app");
    await expect(frame.getByRole("heading")).toHaveText("Hola desde otra-app");
    await page.evaluate(() => fake.engine.workspaces[0]?.setApps([]));
    await expect(preview(page)).toHaveCount(0);
  });

  test("believes no message but the shown frame's", async ({ page }) => {
    await open(page);
    await page.evaluate(() => {
      const workspace = fake.engine.workspaces[0];
      workspace?.setApps(["hola-flask"]);
      workspace?.open("hola-flask", "/");
    });
    await expect(path(page)).toHaveValue("/");
    await page.evaluate(() => postMessage({ type: "despliega:location", path: "/falsa" }, "*"));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await expect(path(page)).toHaveValue("/");
  });

  test("reloads when the application answers something new", async ({ page }) => {
    await open(page);
    await page.evaluate(() => {
      const workspace = fake.engine.workspaces[0];
      workspace?.setApps(["hola-flask"]);
      workspace?.open("hola-flask", "/");
    });
    await expect(page.frameLocator('iframe[title="Vista previa"]').getByRole("heading")).toBeVisible();
    const again = page.waitForRequest((request) => request.url().endsWith("/_app/hola-flask/"));
    await page.evaluate(() => fake.engine.workspaces[0]?.appChanged("hola-flask"));
    await again;
  });
});

test.describe("steps", () => {
  test("say their state in words, what is missing, and are announced when done", async ({ page }) => {
    await open(page);
    const items = page.getByRole("list", { name: "Pasos" }).getByRole("listitem");
    await expect(items).toHaveCount(4);
    await expect(items.nth(0)).toContainText("pendiente");
    await expect(items.nth(0)).toContainText("Todavía no hay ninguna aplicación");
    await setSteps(page, 1);
    await expect(items.nth(0)).toContainText("completado");
    await expect(items.nth(1)).toContainText("Falta procfile.");
    await expect(page.getByRole("status").filter({ hasText: "Paso completado" })).toHaveText(
      "Paso completado: Crea la aplicación en la plataforma. Sigue: Di cómo se arranca.",
    );
    await setSteps(page, 4);
    await expect(page.getByText("¡Ejercicio completado!")).toBeVisible();
    await expect(page.getByRole("link", { name: "Siguiente: Variables de configuración" })).toBeVisible();
    expect(await page.evaluate(() => fake.done)).toEqual(["crear", "procfile", "publicar", "mirar"]);
  });

  test("give one hint at a time, the solution after a question", async ({ page }) => {
    await open(page);
    const first = page.getByRole("listitem").filter({ hasText: "Crea la aplicación" });
    for (const number of [1, 2, 3]) await first.getByRole("button", { name: `Pista ${number} de 3` }).click();
    await expect(first.getByRole("button", { name: /Pista/ })).toHaveCount(0);
    await page.getByRole("button", { name: "Ver la solución" }).click();
    await page.getByRole("button", { name: "Cancelar" }).click();
    await expect(page.getByRole("region", { name: "Solución" })).toHaveCount(0);
    await page.getByRole("button", { name: "Ver la solución" }).click();
    await page.getByRole("button", { name: "Mostrar la solución" }).click();
    const solution = page.getByRole("region", { name: "Solución" });
    await expect(solution).toContainText("web: gunicorn app:app");
    await expect(solution.getByRole("button", { name: "Copiar Procfile" })).toBeVisible();
    expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
  });

  test("start again from the beginning after a question", async ({ page }) => {
    await open(page);
    await write(page, "app.py", "otra cosa\n");
    await setSteps(page, 2);
    await page.getByRole("button", { name: "Reiniciar el ejercicio" }).click();
    await page.getByRole("button", { name: "Reiniciar", exact: true }).click();
    await expect(page.getByRole("textbox", { name: "Editor", exact: true })).toContainText("import os");
    await expect(page.getByRole("list", { name: "Pasos" }).getByRole("listitem").first()).toContainText("pendiente");
    expect(await page.evaluate(() => fake.engine.workspaces[0]?.terminals.map(({ disposed }) => disposed))).toEqual([
      true,
      false,
    ]);
  });

  test("the platform's clock is in view and can be changed", async ({ page }) => {
    await open(page);
    await page.getByRole("combobox", { name: "Reloj de la plataforma" }).selectOption("×60");
    await expect.poll(() => page.evaluate(() => fake.engine.workspaces[0]?.clock.rate())).toBe(60);
  });
});

test.describe("layout", () => {
  test("F6 goes round the panes, also out of the terminal", async ({ page }) => {
    await open(page);
    await page.getByRole("textbox", { name: "Editor", exact: true }).focus();
    await page.keyboard.press("F6");
    await expect(page.getByRole("textbox", { name: "Terminal", exact: true })).toBeFocused();
    await page.keyboard.press("Shift+F6");
    await expect(page.getByRole("textbox", { name: "Editor", exact: true })).toBeFocused();
    expect(await terminalInput(page)).toBe("");
  });

  test("separators move by keyboard and are remembered", async ({ page }) => {
    await open(page);
    const separator = page.getByRole("separator", { name: "Alto de la terminal" });
    await separator.focus();
    await page.keyboard.press("ArrowUp");
    await expect(separator).toHaveAttribute("aria-valuenow", "44");
    await page.reload();
    await expect(separator).toHaveAttribute("aria-valuenow", "44");
    await separator.focus();
    await page.keyboard.press("Enter");
    await expect(separator).toHaveAttribute("aria-valuenow", "42");
  });

  test("on a phone one pane at a time, and heroku open brings the preview", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page);
    await expect(page.getByRole("tab")).toHaveText(["Pasos", "Archivos", "Terminal", "Vista previa"]);
    await page.getByRole("tab", { name: "Pasos" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("textbox", { name: "Editor", exact: true })).toBeVisible();
    await expect(page.getByRole("list", { name: "Pasos" })).toBeHidden();
    await page.evaluate(() => {
      const workspace = fake.engine.workspaces[0];
      workspace?.setApps(["hola-flask"]);
      workspace?.open("hola-flask", "/");
    });
    await expect(page.getByRole("tab", { name: "Vista previa" })).toHaveAttribute("aria-selected", "true");
    await expect(page.getByTitle("Vista previa")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test.describe("axe", () => {
  for (const theme of ["light", "dark"]) {
    for (const [width, height] of [
      [1280, 800],
      [390, 844],
    ] as const) {
      test(`finds nothing: ${theme}, ${width} px`, async ({ page }) => {
        const check = async (): Promise<void> => {
          const { violations } = await new AxeBuilder({ page })
            .include("#root")
            .options({ rules: { "target-size": { enabled: true } } })
            .analyze();
          expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
        };
        // What fades in has its colours only at the end.
        await page.emulateMedia({ reducedMotion: "reduce" });
        await page.setViewportSize({ width, height });
        await page.goto(`${address}?fallo&recuperado&tema=${theme}`);
        await expect(page.getByRole("button", { name: "Reintentar" })).toBeVisible();
        await check();
        await page.getByRole("button", { name: "Reintentar" }).click();
        await expect(page.getByRole("list", { name: "Pasos" })).toBeVisible();
        await check();
        await page.evaluate(() => {
          const workspace = fake.engine.workspaces.at(-1);
          workspace?.setApps(["hola-flask", "otra-app"]);
          workspace?.trouble(true);
        });
        await page.getByRole("button", { name: "Pista 1 de 3" }).click();
        await page.getByRole("button", { name: "Ver la solución" }).click();
        await check();
        await page.getByRole("button", { name: "Mostrar la solución" }).click();
        await setSteps(page, 4);
        await check();
        for (const name of ["Archivos", "Terminal", "Vista previa"]) {
          if (width > 800) break;
          await page.getByRole("tab", { name }).click();
          await check();
        }
        await page.evaluate(() => fake.engine.workspaces.at(-1)?.open("hola-flask", "/"));
        await expect(page.frameLocator('iframe[title="Vista previa"]').getByRole("heading")).toBeVisible();
        await check();
        await page.getByRole("button", { name: "Atajos de teclado" }).click();
        await check();
      });
    }
  }
});
