import type { ChangeSet, ChangeSpec, EditorState } from "@codemirror/state";
import type { WorkspaceFileChange, WorkspaceFiles } from "../sandbox/workspace";
import { decodeContent, encodeContent } from "./file-content";
import { isBelow } from "./file-tree-model";
import { SyncedText } from "./synced-text";

export type DocumentBody =
  | { readonly kind: "text"; readonly synced: SyncedText; readonly lineEnd: "\n" | "\r\n"; state: EditorState }
  | { readonly kind: "binary" }
  | { readonly kind: "too-big"; readonly bytes: number };

export type SaveStatus =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly reason: string };

export interface OpenDocument {
  path: string;
  body: DocumentBody;
  status: SaveStatus;
}

/** What the documents ask of the editor that shows them. */
export interface DocumentsHost {
  createState(path: string, text: string): EditorState;
  /** Put a change of the workspace into the document, whether it is the one on screen or not. */
  applyChange(document: OpenDocument, changes: ChangeSpec): void;
  /** Before another document or none comes on screen: put the view's state back into the active one. */
  storeState(document: OpenDocument): void;
  /** The list, the active document or a status changed. */
  changed(): void;
  /** Somebody else removed the file; its document is closed already. */
  removedOutside(path: string): void;
}

/** After the last key; short enough that what the shell sees is what the editor shows. */
const WRITE_DELAY_MS = 120;
/** A file that goes away and comes back within this time (git checkout, a reset) stays open. */
const REMOVAL_GRACE_MS = 400;

interface Sync {
  /** Counts writes, so that a read that a write overtook is not believed. */
  writes: number;
  inFlight: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  removal: ReturnType<typeof setTimeout> | undefined;
  refreshing: boolean;
  refreshAgain: boolean;
}

/** The open files and their way to the workspace and back. */
export class OpenDocuments {
  readonly #files: WorkspaceFiles;
  readonly #host: DocumentsHost;
  readonly #documents: OpenDocument[] = [];
  readonly #sync = new WeakMap<OpenDocument, Sync>();
  readonly #opening = new Map<string, Promise<OpenDocument | undefined>>();
  #active: OpenDocument | undefined;

  constructor(files: WorkspaceFiles, host: DocumentsHost) {
    this.#files = files;
    this.#host = host;
  }

  get list(): readonly OpenDocument[] {
    return this.#documents;
  }

  get active(): OpenDocument | undefined {
    return this.#active;
  }

  /** Shows a file; undefined if it is not there any more. Rejects with a message fit to show. */
  async open(path: string): Promise<OpenDocument | undefined> {
    const present = this.#find(path);
    if (present) {
      this.activate(present);
      return present;
    }
    const opening = this.#opening.get(path) ?? this.#load(path);
    this.#opening.set(path, opening);
    try {
      const document = await opening;
      if (document) this.activate(document);
      return document;
    } finally {
      this.#opening.delete(path);
    }
  }

  activate(document: OpenDocument | undefined): void {
    if (document === this.#active) return;
    if (this.#active) {
      this.#host.storeState(this.#active);
      this.flush(this.#active);
    }
    this.#active = document;
    this.#host.changed();
  }

  close(document: OpenDocument): void {
    const index = this.#documents.indexOf(document);
    if (index < 0) return;
    this.flush(document);
    this.#forget(document);
    this.#documents.splice(index, 1);
    if (this.#active === document) {
      this.#active = this.#documents[Math.min(index, this.#documents.length - 1)];
    }
    this.#host.changed();
  }

  /** The reader changed the active document. */
  edited(changes: ChangeSet): void {
    const document = this.#active;
    if (document?.body.kind !== "text") return;
    document.body.synced.edited(changes);
    const sync = this.#syncOf(document);
    clearTimeout(sync.timer);
    sync.timer = setTimeout(() => this.flush(document), WRITE_DELAY_MS);
    this.#setStatus(document, { kind: "saving" });
  }

  /** Hands over now what was typed and not yet written. The write is on its way when this returns. */
  flush(document: OpenDocument): void {
    if (document.body.kind !== "text") return;
    const sync = this.#syncOf(document);
    clearTimeout(sync.timer);
    const { synced, lineEnd } = document.body;
    const text = synced.takeForWriting() ?? (document.status.kind === "failed" ? synced.agreed : undefined);
    if (text === undefined) {
      if (sync.inFlight === 0 && document.status.kind === "saving") this.#setStatus(document, { kind: "saved" });
      return;
    }
    sync.writes += 1;
    sync.inFlight += 1;
    void this.#files.write(document.path, encodeContent(text, lineEnd)).then(
      () => this.#written(document, undefined),
      (error: unknown) => this.#written(document, error instanceof Error ? error.message : String(error)),
    );
  }

  flushAll(): void {
    for (const document of this.#documents) this.flush(document);
  }

  /** Files changed, whoever did it. */
  workspaceChanged(changes: readonly WorkspaceFileChange[]): void {
    for (const document of [...this.#documents]) {
      if (changes.some(({ path }) => path === document.path || isBelow(document.path, path))) {
        void this.#refresh(document);
      }
    }
  }

  /** A file or folder gets another path: its open documents go with it. Call it before the workspace does it. */
  moved(from: string, to: string): void {
    for (const document of this.#documents) {
      if (document.path !== from && !isBelow(document.path, from)) continue;
      this.flush(document);
      document.path = to + document.path.slice(from.length);
      if (document.body.kind !== "text") continue;
      if (document === this.#active) this.#host.storeState(document);
      document.body.state = this.#host.createState(document.path, document.body.state.doc.toString());
    }
    this.#host.changed();
  }

  dispose(): void {
    this.flushAll();
    for (const document of this.#documents) this.#forget(document);
    this.#documents.length = 0;
    this.#active = undefined;
  }

  #find(path: string): OpenDocument | undefined {
    return this.#documents.find((document) => document.path === path);
  }

  async #load(path: string): Promise<OpenDocument | undefined> {
    const data = await this.#files.read(path);
    if (!data) return undefined;
    const document: OpenDocument = { path, body: this.#bodyOf(path, data), status: { kind: "saved" } };
    this.#documents.push(document);
    return document;
  }

  #bodyOf(path: string, data: Uint8Array): DocumentBody {
    const content = decodeContent(data);
    if (content.kind !== "text") return content;
    const { text, lineEnd } = content;
    return { kind: "text", synced: new SyncedText(text), lineEnd, state: this.#host.createState(path, text) };
  }

  #syncOf(document: OpenDocument): Sync {
    let sync = this.#sync.get(document);
    if (!sync) {
      sync = { writes: 0, inFlight: 0, timer: undefined, removal: undefined, refreshing: false, refreshAgain: false };
      this.#sync.set(document, sync);
    }
    return sync;
  }

  #forget(document: OpenDocument): void {
    const sync = this.#syncOf(document);
    clearTimeout(sync.timer);
    clearTimeout(sync.removal);
  }

  #setStatus(document: OpenDocument, status: SaveStatus): void {
    if (document.status.kind === status.kind && status.kind !== "failed") return;
    document.status = status;
    this.#host.changed();
  }

  #written(document: OpenDocument, problem: string | undefined): void {
    const sync = this.#syncOf(document);
    sync.inFlight -= 1;
    if (problem !== undefined) this.#setStatus(document, { kind: "failed", reason: problem });
    else if (sync.inFlight === 0 && document.body.kind === "text" && !document.body.synced.dirty) {
      this.#setStatus(document, { kind: "saved" });
    }
    if (sync.inFlight === 0 && sync.refreshAgain) void this.#refresh(document);
  }

  async #refresh(document: OpenDocument): Promise<void> {
    const sync = this.#syncOf(document);
    if (sync.refreshing || sync.inFlight > 0) {
      sync.refreshAgain = true;
      return;
    }
    sync.refreshing = true;
    sync.refreshAgain = false;
    const { writes } = sync;
    const { path } = document;
    const data = await this.#files.read(path).catch(() => undefined);
    sync.refreshing = false;
    if (!this.#documents.includes(document)) return;
    if (sync.refreshAgain || sync.writes !== writes || document.path !== path) {
      if (sync.inFlight === 0) await this.#refresh(document);
      else sync.refreshAgain = true;
      return;
    }
    clearTimeout(sync.removal);
    if (data) this.#receive(document, data);
    else sync.removal = setTimeout(() => void this.#closeIfGone(document), REMOVAL_GRACE_MS);
  }

  #receive(document: OpenDocument, data: Uint8Array): void {
    const content = decodeContent(data);
    const { body } = document;
    if (content.kind === "text" && body.kind === "text" && content.lineEnd === body.lineEnd) {
      const changes = body.synced.arrived(content.text);
      if (changes) this.#host.applyChange(document, changes);
      return;
    }
    if (content.kind === body.kind && content.kind !== "text") return;
    document.body = this.#bodyOf(document.path, data);
    document.status = { kind: "saved" };
    this.#host.changed();
  }

  async #closeIfGone(document: OpenDocument): Promise<void> {
    const { path } = document;
    const data = await this.#files.read(path).catch(() => undefined);
    if (data || !this.#documents.includes(document) || document.path !== path) return;
    if (this.#syncOf(document).inFlight > 0) return;
    const index = this.#documents.indexOf(document);
    this.#forget(document);
    this.#documents.splice(index, 1);
    if (this.#active === document) this.#active = this.#documents[Math.min(index, this.#documents.length - 1)];
    this.#host.changed();
    this.#host.removedOutside(path);
  }
}
