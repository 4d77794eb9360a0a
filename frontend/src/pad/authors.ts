// Who wrote what: a tint behind the text, and initials before each stretch of it and at each line.

import { StateEffect, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import * as Y from "yjs";

import { say } from "../app/say";
import { initials, tint } from "./names";
import type { Tool } from "./tools";
import type { Words, Writer } from "./words";

const FIRST_CLIENT = 2; // below are templates, which nobody wrote

const redraw = StateEffect.define<null>();

interface Stretch {
  from: number;
  to: number;
  client: number;
}

/** Shown on demand; `Authors.extension` draws it. */
export class Authors {
  private shown = false;
  private view: EditorView | null = null;

  constructor(
    private readonly text: Y.Text,
    private readonly words: Words,
  ) {}

  /** The button of the toolbar. */
  get tool(): Tool {
    return { label: say("Who wrote what"), sign: "\u270e", command: () => this.toggle(), pressed: () => this.shown, reads: true };
  }

  get extension() {
    const draw = (view: EditorView): DecorationSet => this.draw(view);
    return ViewPlugin.define(
      (view) => {
        this.view = view;
        const plugin = {
          decorations: Decoration.none,
          update: (update: ViewUpdate) => {
            const asked = update.transactions.some((one) => one.effects.some((effect) => effect.is(redraw)));
            if (asked || update.docChanged || update.viewportChanged) plugin.decorations = draw(update.view);
          },
        };
        return plugin;
      },
      { decorations: (one) => one.decorations },
    );
  }

  /** Names have come. */
  changed(): void {
    if (this.shown) this.view?.dispatch({ effects: redraw.of(null) });
  }

  private toggle(): boolean {
    this.shown = !this.shown;
    this.view?.dispatch({ effects: redraw.of(null) });
    return true;
  }

  private draw(view: EditorView): DecorationSet {
    if (!this.shown) return Decoration.none;
    const ranges: Range<Decoration>[] = [];
    let unknown = false;
    for (const { from, to, client } of stretches(this.text, view.viewport.from, Math.min(view.viewport.to, view.state.doc.length))) {
      const writer = this.words.writer(client);
      unknown ||= writer === null;
      for (const [first, last] of lines(view, from, to)) {
        ranges.push(Decoration.mark({ class: `pad-author ${tint(writer?.colour ?? 7)}` }).range(first, last));
        ranges.push(Decoration.widget({ widget: new SignWidget(writer), side: 1 }).range(first));
      }
    }
    if (unknown) void this.words.ask();
    return Decoration.set(ranges, true);
  }
}

/** Initials with the name as a hint. Text readers find who wrote which line in the history. */
class SignWidget extends WidgetType {
  constructor(private readonly writer: Writer | null) {
    super();
  }

  override eq(other: SignWidget): boolean {
    return other.writer?.name === this.writer?.name && other.writer?.colour === this.writer?.colour;
  }

  override toDOM(): HTMLElement {
    const sign = document.createElement("span");
    const name = this.writer?.name ?? "";
    sign.className = `pad-author-sign ${tint(this.writer?.colour ?? 7)}`;
    sign.setAttribute("aria-hidden", "true");
    sign.title = name || say("Somebody");
    sign.textContent = name ? initials(name) : "?";
    return sign;
  }
}

/** Text between two places, cut where another client id wrote; not what the pad began with. */
export function stretches(text: Y.Text, from: number, to: number): Stretch[] {
  const found: Stretch[] = [];
  let index = 0;
  for (let item = text._start; item && index < to; item = item.right) {
    if (item.deleted) continue;
    const first = Math.max(index, from);
    const last = Math.min(index + item.length, to);
    index += item.length;
    if (first >= last || item.id.client < FIRST_CLIENT) continue;
    const before = found.at(-1);
    if (before && before.to === first && before.client === item.id.client) before.to = last;
    else found.push({ from: first, to: last, client: item.id.client });
  }
  return found;
}

/** The parts of a stretch that are in one line each, blank ones left out. */
function lines(view: EditorView, from: number, to: number): [number, number][] {
  const parts: [number, number][] = [];
  for (let at = from; at < to; ) {
    const end = Math.min(view.state.doc.lineAt(at).to, to);
    if (/\S/.test(view.state.sliceDoc(at, end))) parts.push([at, end]);
    at = end + 1;
  }
  return parts;
}
