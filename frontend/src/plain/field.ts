// A text field bound to the shared text. What others write moves the caret along; what is typed is told as one edit.

import * as Y from "yjs";

import { say } from "../app/say";

const LONGEST_INSERT = 60_000; // characters, as in the editor
const RETURN = "\u240d"; // shown for a carriage return, which a text field cannot hold

export class Field {
  private readonly undo: Y.UndoManager;

  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly text: Y.Text,
    private readonly warn: (sentence: string) => void,
  ) {
    this.undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]), captureTimeout: 500 });
    text.observe((event, transaction) => {
      if (transaction.origin !== this) this.arrived(event.delta);
    });
    area.addEventListener("input", () => this.typed());
    area.addEventListener("beforeinput", (event) => {
      if (event.inputType === "historyUndo") this.again(event, () => this.undo.undo());
      if (event.inputType === "historyRedo") this.again(event, () => this.undo.redo());
    });
    area.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "z") this.again(event, () => (event.shiftKey ? this.undo.redo() : this.undo.undo()));
      if (key === "y") this.again(event, () => this.undo.redo());
    });
    this.show();
  }

  /** Show the text as it is. */
  show(): void {
    const shown = shownAs(this.text.toString());
    if (this.area.value !== shown) this.area.value = shown;
  }

  private again(event: Event, deed: () => unknown): void {
    event.preventDefault();
    if (!this.area.readOnly) deed();
  }

  /** Others wrote: the caret and the selection stay where they are in the text. */
  private arrived(delta: Y.YTextEvent["delta"]): void {
    let { selectionStart: first, selectionEnd: last } = this.area;
    const { selectionDirection: direction, scrollTop } = this.area;
    let at = 0;
    for (const step of delta) {
      const came = typeof step.insert === "string" ? step.insert.length : 0;
      const gone = step.delete ?? 0;
      first = moved(first, at, came, gone);
      last = moved(last, at, came, gone);
      at += (step.retain ?? 0) + came;
    }
    this.show();
    if (document.activeElement === this.area) this.area.setSelectionRange(first, last, direction);
    this.area.scrollTop = scrollTop;
  }

  private typed(): void {
    const before = shownAs(this.text.toString());
    const after = this.area.value;
    const edit = difference(before, after, this.area.selectionStart);
    if (edit.insert.length > LONGEST_INSERT) {
      this.warn(say("This is too much to insert at once: at most 60 000 characters."));
      this.show();
      return;
    }
    this.text.doc?.transact(() => {
      if (edit.gone > 0) this.text.delete(edit.at, edit.gone);
      if (edit.insert) this.text.insert(edit.at, edit.insert);
    }, this);
  }
}

function shownAs(text: string): string {
  return text.replaceAll("\r", RETURN);
}

function moved(place: number, at: number, came: number, gone: number): number {
  if (came > 0) return place > at ? place + came : place;
  if (gone > 0) return place > at ? Math.max(at, place - gone) : place;
  return place;
}

/** The one edit that turns `before` into `after`; of equal ones that which ends at the caret. No character is cut in two. */
export function difference(before: string, after: string, caret: number): { at: number; gone: number; insert: string } {
  let end = 0;
  const most = Math.min(before.length, after.length - caret);
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  let at = 0;
  const left = Math.min(before.length, after.length) - end;
  while (at < left && before[at] === after[at]) at += 1;
  if (isSecondHalf(before, at) || isSecondHalf(after, at)) at -= 1;
  if (isSecondHalf(before, before.length - end) || isSecondHalf(after, after.length - end)) end -= 1;
  return { at, gone: before.length - end - at, insert: after.slice(at, after.length - end) };
}

function isSecondHalf(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && at < text.length && code >= 0xdc00 && code <= 0xdfff;
}
