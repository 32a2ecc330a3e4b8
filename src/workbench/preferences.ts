/** The reader's layout, kept in this browser. Where storage is refused everything works, unremembered. */

const PREFIX = "despliega:workbench:";

export function readNumber(name: string, fallback: number): number {
  try {
    const stored = localStorage.getItem(PREFIX + name);
    if (stored === null) return fallback;
    const value = Number(stored);
    return Number.isFinite(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

export function writeNumber(name: string, value: number): void {
  try {
    localStorage.setItem(PREFIX + name, String(value));
  } catch {
    // A private window or a full store: the layout lasts as long as the page.
  }
}
