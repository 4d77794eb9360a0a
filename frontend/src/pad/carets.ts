// Where the others write: a bar with initials, and their name for a moment after each move.

import { StateEffect, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import * as Y from "yjs";

import type { Look } from "./frames";
import { initials, tint, told } from "./names";

interface Caret {
  person: string;
  name: string;
  colour: number;
  anchor: Y.RelativePosition;
  head: Y.RelativePosition;
}

const redraw = StateEffect.define<null>();

/** The carets of one pad; `Carets.extension` draws them. */
export class Carets {
  private readonly others = new Map<number, Caret>();

  constructor(private readonly text: Y.Text) {}

  /** Take what the server says of others. */
  update(view: EditorView, looks: readonly Look[]): void {
    for (const { client, state } of looks) {
      const caret = readCaret(state);
      if (caret) this.others.set(client, caret);
      else this.others.delete(client);
    }
    view.dispatch({ effects: redraw.of(null) });
  }

  /** Where somebody's caret is, null when nobody knows. */
  where(person: string, view: EditorView): number | null {
    const caret = [...this.others.values()].find((one) => one.person === person);
    return caret ? this.absolute(caret.head, view) : null;
  }

  /** Our own caret, as it is told to the others. */
  own(view: EditorView): { anchor: unknown; head: unknown } | null {
    if (!view.hasFocus) return null;
    const { anchor, head } = view.state.selection.main;
    return { anchor: this.relative(anchor), head: this.relative(head) };
  }

  get extension(): ViewPlugin<{ decorations: DecorationSet }> {
    const draw = (view: EditorView): DecorationSet => this.draw(view);
    return ViewPlugin.fromClass(
      class {
        decorations: DecorationSet = Decoration.none;
        update(update: ViewUpdate): void {
          const asked = update.transactions.some((one) => one.effects.some((effect) => effect.is(redraw)));
          if (asked || update.docChanged) this.decorations = draw(update.view);
        }
      },
      { decorations: (plugin) => plugin.decorations },
    );
  }

  private relative(index: number): unknown {
    return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.text, index)) as unknown;
  }

  private draw(view: EditorView): DecorationSet {
    const ranges: Range<Decoration>[] = [];
    for (const caret of this.others.values()) {
      const anchor = this.absolute(caret.anchor, view);
      const head = this.absolute(caret.head, view);
      if (anchor === null || head === null) continue; // in text that has not come yet
      if (anchor !== head) {
        const mark = Decoration.mark({ class: `pad-range ${tint(caret.colour)}` });
        ranges.push(mark.range(Math.min(anchor, head), Math.max(anchor, head)));
      }
      ranges.push(Decoration.widget({ widget: new CaretWidget(caret.name, caret.colour), side: head < anchor ? -1 : 1 }).range(head));
    }
    return Decoration.set(ranges, true);
  }

  private absolute(position: Y.RelativePosition, view: EditorView): number | null {
    const doc = this.text.doc;
    const found = doc && Y.createAbsolutePositionFromRelativePosition(position, doc);
    return found && found.type === this.text ? Math.min(found.index, view.state.doc.length) : null;
  }
}

/** Text readers hear who comes and goes; carets would only break the words they read. */
class CaretWidget extends WidgetType {
  constructor(
    private readonly name: string,
    private readonly colour: number,
  ) {
    super();
  }

  override eq(other: CaretWidget): boolean {
    return other.name === this.name && other.colour === this.colour;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement("span");
    caret.className = `pad-caret ${tint(this.colour)}`;
    caret.setAttribute("aria-hidden", "true");
    const flag = document.createElement("span");
    flag.className = "pad-flag";
    const short = document.createElement("span");
    short.textContent = initials(this.name);
    const long = document.createElement("span");
    long.className = "pad-flag-name";
    long.textContent = this.name;
    flag.append(short, long);
    caret.append("\u2060", flag, "\u2060"); // word joiners: no line breaks here
    return caret;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function readCaret(state: unknown): Caret | null {
  const { user, cursor } = (state ?? {}) as { user?: { id?: unknown; name?: unknown; colour?: unknown }; cursor?: { anchor?: unknown; head?: unknown } };
  if (!user || !cursor?.anchor || !cursor.head) return null;
  try {
    const anchor = Y.createRelativePositionFromJSON(cursor.anchor);
    const head = Y.createRelativePositionFromJSON(cursor.head);
    return told({ person: String(user.id), name: String(user.name), colour: Number(user.colour) || 0, anchor, head });
  } catch {
    return null;
  }
}
