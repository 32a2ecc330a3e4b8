import { ChangeSet, EditorState } from "@codemirror/state";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OpenDocuments } from "../../../src/workbench/open-documents";
import { FakeFiles } from "../../workbench-fake/fake-engine";

const PATH = "/home/ana/web/app.py";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function setUp(initial: string | Uint8Array) {
  const files = new FakeFiles();
  files.contents.set(PATH, typeof initial === "string" ? bytes(initial) : initial);
  const removed: string[] = [];
  const documents: OpenDocuments = new OpenDocuments(files, {
    createState: (_path, doc) => EditorState.create({ doc }),
    applyChange(document, changes) {
      if (document.body.kind === "text") document.body.state = document.body.state.update({ changes }).state;
    },
    storeState: () => undefined,
    changed: () => undefined,
    removedOutside: (path) => removed.push(path),
  });
  files.watch((changes) => documents.workspaceChanged(changes));
  const text = (): string => {
    const body = documents.active?.body;
    return body?.kind === "text" ? body.state.doc.toString() : "";
  };
  const type = (from: number, insert: string): void => {
    const body = documents.active?.body;
    if (body?.kind !== "text") throw new Error("no text document is active");
    const changes = ChangeSet.of({ from, insert }, body.state.doc.length);
    body.state = body.state.update({ changes }).state;
    documents.edited(changes);
  };
  return { files, documents, removed, text, type };
}

describe("OpenDocuments", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("writes what was typed within 150 ms", async () => {
    const { files, documents, type } = setUp("uno\n");
    await documents.open(PATH);
    type(3, "!");
    expect(documents.active?.status.kind).toBe("saving");
    await vi.advanceTimersByTimeAsync(150);
    expect(files.text(PATH)).toBe("uno!\n");
    expect(documents.active?.status.kind).toBe("saved");
  });

  it("writes at once when asked to", async () => {
    const { files, documents, type } = setUp("uno\n");
    await documents.open(PATH);
    type(3, "!");
    documents.flushAll();
    expect(files.text(PATH)).toBe("uno!\n");
  });

  it("keeps the line ends of the file", async () => {
    const { files, documents, type, text } = setUp("uno\r\ndos\r\n");
    await documents.open(PATH);
    expect(text()).toBe("uno\ndos\n");
    type(3, "!");
    documents.flushAll();
    expect(files.text(PATH)).toBe("uno!\r\ndos\r\n");
  });

  it("shows what the shell wrote, and merges it with what is being typed", async () => {
    const { files, documents, type, text } = setUp("a = 1\nb = 2\n");
    await documents.open(PATH);
    type(5, "0");
    await files.write(PATH, bytes("a = 1\nb = 3\n"));
    await vi.advanceTimersByTimeAsync(300);
    expect(text()).toBe("a = 10\nb = 3\n");
    expect(files.text(PATH)).toBe("a = 10\nb = 3\n");
  });

  it("closes a file that somebody else removed, and says so", async () => {
    const { files, documents, removed } = setUp("uno");
    await documents.open(PATH);
    await files.remove("/home/ana/web");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(documents.list).toEqual([]);
    expect(removed).toEqual([PATH]);
  });

  it("keeps a file open that goes away and comes back at once", async () => {
    const { files, documents, removed, text } = setUp("uno");
    await documents.open(PATH);
    await files.remove(PATH);
    await vi.advanceTimersByTimeAsync(50);
    await files.write(PATH, bytes("otro"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(removed).toEqual([]);
    expect(text()).toBe("otro");
  });

  it("says why a write was refused, and tries again with the next change", async () => {
    const { files, documents, type } = setUp("uno");
    await documents.open(PATH);
    files.refuse = "No queda sitio.";
    type(3, "!");
    await vi.advanceTimersByTimeAsync(150);
    expect(documents.active?.status).toEqual({ kind: "failed", reason: "No queda sitio." });
    expect(files.text(PATH)).toBe("uno");
    type(4, "!");
    await vi.advanceTimersByTimeAsync(150);
    expect(files.text(PATH)).toBe("uno!!");
    expect(documents.active?.status.kind).toBe("saved");
  });

  it("follows a renamed folder", async () => {
    const { files, documents, type } = setUp("uno");
    await documents.open(PATH);
    documents.moved("/home/ana/web", "/home/ana/sitio");
    await files.rename("/home/ana/web", "/home/ana/sitio");
    type(3, "!");
    documents.flushAll();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(documents.active?.path).toBe("/home/ana/sitio/app.py");
    expect(files.text("/home/ana/sitio/app.py")).toBe("uno!");
    expect(files.contents.has(PATH)).toBe(false);
  });

  it("does not take bytes for text", async () => {
    const { documents } = setUp(new Uint8Array([0x89, 0x50, 0, 1]));
    await documents.open(PATH);
    expect(documents.active?.body.kind).toBe("binary");
  });
});
