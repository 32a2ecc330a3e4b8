/** The workbench as a learner with a keyboard sees it. */

import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

const PROMPT = /\$$/;

export class Taller {
  readonly terminal: Locator;
  readonly editor: Locator;
  readonly preview: FrameLocator;
  readonly steps: Locator;

  constructor(readonly page: Page) {
    this.terminal = page.getByRole("textbox", { name: "Terminal" });
    this.editor = page.getByRole("textbox", { name: "Editor" });
    this.preview = page.frameLocator('iframe[title="Vista previa"]');
    this.steps = page.getByRole("list", { name: "Pasos" });
  }

  /** Opens the exercise's page and its workbench, and waits for the first prompt. */
  static async open(page: Page, slug = "desplegar-flask"): Promise<Taller> {
    await page.goto(`/ejercicios/${slug}/`);
    const taller = new Taller(page);
    await taller.start();
    return taller;
  }

  async start(): Promise<void> {
    await this.page.getByRole("button", { name: "Abrir el taller" }).click();
    // On a phone the terminal is one pane of several.
    const terminalTab = this.page.getByRole("tab", { name: "Terminal" });
    await expect(this.terminal.or(terminalTab).first()).toBeAttached({ timeout: 60_000 });
    if (await terminalTab.isVisible()) await terminalTab.click();
    await expect(this.terminal).toBeAttached({ timeout: 60_000 });
    await expect.poll(() => this.lastRow(), { timeout: 60_000 }).toMatch(PROMPT);
  }

  /** The rows of the screen, right-trimmed, empty ones at the end left out. */
  async screen(): Promise<string[]> {
    const rows = await this.page.locator(".xterm-rows > div").allInnerTexts();
    const lines = rows.map((row) => row.replaceAll("\u00a0", " ").trimEnd());
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }

  async lastRow(): Promise<string> {
    return (await this.screen()).at(-1) ?? "";
  }

  /** Types one line, waits until the prompt is back, and gives what the screen shows of it. */
  async run(line: string, timeout = 30_000): Promise<string> {
    await this.terminal.focus();
    await this.page.keyboard.press("Control+l");
    await expect.poll(async () => (await this.screen()).length).toBe(1);
    // A test's keyboard has no key for «ó», a learner's has: such lines are pasted.
    if (/^[\x20-\x7e]*$/.test(line)) await this.page.keyboard.type(line);
    else await this.paste(line);
    await expect.poll(async () => (await this.screen()).join("")).toContain(line.slice(-20));
    await this.page.keyboard.press("Enter");
    await expect
      .poll(
        async () => {
          const rows = await this.screen();
          return rows.length > 1 && PROMPT.test(rows.at(-1) ?? "");
        },
        { timeout, message: `the prompt after «${line}»` },
      )
      .toBe(true);
    return (await this.screen()).slice(1, -1).join("\n");
  }

  /** Pastes text into the terminal, as Ctrl-Shift-V or the menu does. */
  async paste(text: string): Promise<void> {
    await this.terminal.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** Replaces the whole text of the file that the editor shows, by keyboard. */
  async write(file: string, text: string): Promise<void> {
    await this.page.getByRole("treeitem", { name: file }).click();
    await this.editor.focus();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.insertText(text);
    await expect(this.page.getByText("Guardado", { exact: true })).toBeVisible();
  }
}
