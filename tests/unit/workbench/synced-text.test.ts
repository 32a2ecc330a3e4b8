import { ChangeSet, Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { SyncedText } from "../../../src/workbench/synced-text";

/** An editor reduced to its text. */
class Editor {
  text: Text;
  readonly synced: SyncedText;
  constructor(text: string) {
    this.text = Text.of(text.split("\n"));
    this.synced = new SyncedText(text);
  }
  type(from: number, to: number, insert: string): void {
    const changes = ChangeSet.of({ from, to, insert }, this.text.length);
    this.text = changes.apply(this.text);
    this.synced.edited(changes);
  }
  arrives(text: string): void {
    const changes = this.synced.arrived(text);
    if (changes) this.text = ChangeSet.of(changes, this.text.length).apply(this.text);
  }
  get content(): string {
    return this.text.toString();
  }
}

describe("SyncedText", () => {
  it("hands over what was typed, once", () => {
    const editor = new Editor("uno\n");
    editor.type(3, 3, "!");
    expect(editor.synced.dirty).toBe(true);
    expect(editor.synced.takeForWriting()).toBe("uno!\n");
    expect(editor.synced.takeForWriting()).toBeUndefined();
    expect(editor.synced.dirty).toBe(false);
  });

  it("hands over nothing when what was typed was taken back", () => {
    const editor = new Editor("uno");
    editor.type(3, 3, "!");
    editor.type(3, 4, "");
    expect(editor.synced.takeForWriting()).toBeUndefined();
  });

  it("takes over a change of the workspace", () => {
    const editor = new Editor("uno\ndos\n");
    editor.arrives("uno\n2\n");
    expect(editor.content).toBe("uno\n2\n");
    expect(editor.synced.dirty).toBe(false);
  });

  it("does not take its own write for a change", () => {
    const editor = new Editor("uno");
    editor.type(3, 3, " dos");
    const written = editor.synced.takeForWriting() ?? "";
    editor.type(7, 7, " tres");
    editor.arrives(written);
    expect(editor.content).toBe("uno dos tres");
    expect(editor.synced.takeForWriting()).toBe("uno dos tres");
  });

  it("keeps both the change of the workspace and what was typed meanwhile", () => {
    const editor = new Editor("a = 1\nb = 2\n");
    editor.type(5, 5, "0");
    editor.arrives("a = 1\nb = 3\n");
    expect(editor.content).toBe("a = 10\nb = 3\n");
    expect(editor.synced.takeForWriting()).toBe("a = 10\nb = 3\n");
  });
});
