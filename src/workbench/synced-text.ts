import { ChangeSet, type ChangeSpec, Text } from "@codemirror/state";
import { spliceBetween } from "./text-splice";

/**
 * Two writers of one text: the editor and the workspace (the shell, git, an undo). It holds the text that both agreed on
 * last and what the editor changed since, so that a change of the workspace can be put into the editor's text without
 * losing what was typed meanwhile.
 */
export class SyncedText {
  #agreed: string;
  #pending: ChangeSet;

  constructor(text: string) {
    this.#agreed = text;
    this.#pending = ChangeSet.empty(text.length);
  }

  /** The text that both had last: what is on disk, or is on its way there. */
  get agreed(): string {
    return this.#agreed;
  }

  /** The editor has changes that were not handed over yet. */
  get dirty(): boolean {
    return !this.#pending.empty;
  }

  /** The editor's text changed. */
  edited(changes: ChangeSet): void {
    this.#pending = this.#pending.compose(changes);
  }

  /** The text to write now; from here on it counts as agreed. Undefined when there is nothing to write. */
  takeForWriting(): string | undefined {
    if (this.#pending.empty) return undefined;
    const text = this.#pending.apply(Text.of(this.#agreed.split("\n"))).toString();
    const unchanged = text === this.#agreed;
    this.#agreed = text;
    this.#pending = ChangeSet.empty(text.length);
    return unchanged ? undefined : text;
  }

  /**
   * The workspace now holds this text. Returns the change to make in the editor (already counted here, so it must not
   * come back through `edited`), or undefined when it has it.
   */
  arrived(text: string): ChangeSpec | undefined {
    const splice = spliceBetween(this.#agreed, text);
    if (!splice) return undefined;
    const theirs = ChangeSet.of(splice, this.#agreed.length);
    const forEditor = theirs.map(this.#pending);
    this.#pending = this.#pending.map(theirs, true);
    this.#agreed = text;
    return forEditor;
  }
}
