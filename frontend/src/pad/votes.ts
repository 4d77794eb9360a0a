// +1s: a button behind each item of a list. They are rows of the server, one for each person, and no text.
//
// A vote is for the line that begins with a character, told by its Yjs id. docs/reference/live.md says when that line is gone.

import { StateEffect, type EditorState, type Line, type Range } from "@codemirror/state";
import { Decoration, EditorView, keymap, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import * as Y from "yjs";

import { say, sayIn, sayMany } from "../app/say";
import type { Role } from "./link";
import type { Tool } from "./tools";

const ITEM = /^\s*(?:[-*+]|\d+[.)]) +(?!\[[ xX]\]\s*$)(?:\[[ xX]\] +)?(?=\S)/;
const LONGEST_START = 40; // characters of a line in the name of its button
const MOST_NAMES = 8;

/** Who is for the line that begins with a character. */
export interface Standing {
  anchor: string;
  count: number;
  people: string[];
}

interface Chip {
  start: string;
  count: number;
  mine: boolean;
  current: boolean;
  writable: boolean;
  title: string;
}

const redraw = StateEffect.define<null>();

/** The votes of one pad; `Votes.extension` draws them. */
export class Votes {
  private me = "";
  private view: EditorView | null = null;
  private readonly people = new Map<string, Set<string>>(); // as the server told
  private readonly wishes: Map<string, boolean>; // ours, of which the server has not told yet
  private names = new Map<string, string>();
  private lines = new Map<number, string[]>(); // anchors by number of the line

  constructor(
    private readonly text: Y.Text,
    private readonly place: string, // where this browser keeps what is not counted yet
    private readonly send: (anchor: string, on: boolean) => void,
    private readonly announce: (sentence: string) => void,
  ) {
    this.wishes = readWishes(place);
  }

  /** The button of the toolbar. */
  get tool(): Tool {
    const command = (view: EditorView): boolean => this.toggle(view, view.state.selection.main.head);
    return { label: say("+1 for this line"), sign: "+1", command, keys: "Alt+Enter" };
  }

  get extension() {
    const draw = (view: EditorView): DecorationSet => this.draw(view);
    const plugin = ViewPlugin.define<{ decorations: DecorationSet; update(update: ViewUpdate): void }>(
      (view) => {
        this.view = view;
        this.locate(view.state);
        return {
          decorations: draw(view),
          update: (update) => this.updated(update, plugin),
        };
      },
      { decorations: (one) => one.decorations },
    );
    return [plugin, keymap.of([{ key: "Alt-Enter", run: (view) => this.toggle(view, view.state.selection.main.head) }])];
  }

  /** The server knows us, and tells all votes again. */
  greeted(me: string, role: Role): void {
    this.me = me;
    if (role === "read") this.wishes.clear();
    this.people.clear();
    this.changed();
  }

  /** The server has our text: tell it what it has not counted yet. */
  repeat(): void {
    for (const [anchor, on] of this.wishes) this.send(anchor, on);
  }

  /** Take what the server says. What it refused to count is not asked for again. */
  told(standings: readonly Standing[], refused: boolean): void {
    for (const { anchor, people } of standings) {
      if (people.length > 0) this.people.set(anchor, new Set(people));
      else this.people.delete(anchor);
      if (refused || this.wishes.get(anchor) === people.includes(this.me)) this.wishes.delete(anchor);
    }
    if (refused) this.announce(say("Your +1 was not counted."));
    this.changed();
  }

  /** Take the names of those who are here, by person. */
  present(people: Iterable<{ person: string; name: string }>): void {
    for (const { person, name } of people) this.names.set(person, name);
  }

  private updated(update: ViewUpdate, plugin: ViewPlugin<{ decorations: DecorationSet; update(update: ViewUpdate): void }>): void {
    const asked = update.transactions.some((one) => one.effects.some((effect) => effect.is(redraw)));
    if (asked || update.docChanged) this.locate(update.state);
    const shown = update.view.plugin(plugin);
    const turned = update.startState.readOnly !== update.state.readOnly;
    if (shown && (asked || turned || update.docChanged || update.selectionSet || update.viewportChanged)) {
      shown.decorations = this.draw(update.view);
    }
  }

  private changed(): void {
    keepWishes(this.place, this.wishes);
    this.view?.dispatch({ effects: redraw.of(null) });
  }

  /** +1 for the line at a place, or not any more. */
  private toggle(view: EditorView, at: number): boolean {
    const line = view.state.doc.lineAt(at);
    if (view.state.readOnly) return false;
    if (!ITEM.test(line.text)) {
      this.announce(say("There is a +1 for items of lists only."));
      return true;
    }
    const mine = (this.lines.get(line.number) ?? []).filter((anchor) => this.isFor(this.me, anchor));
    if (mine.length > 0) for (const anchor of mine) this.wish(anchor, false);
    else this.wish(anchorAt(this.text, line.from), true);
    this.changed();
    const { count } = this.chip(view.state, line);
    const values = { line: startOf(line.text), people: persons(count) };
    this.announce(mine.length > 0 ? say("+1 taken back: {line}, {people}.", values) : say("+1: {line}, {people}.", values));
    return true;
  }

  private wish(anchor: string | null, on: boolean): void {
    if (anchor === null) return;
    this.wishes.set(anchor, on);
    this.send(anchor, on);
  }

  private isFor(person: string, anchor: string): boolean {
    const wish = person === this.me ? this.wishes.get(anchor) : undefined;
    return wish ?? this.people.get(anchor)?.has(person) ?? false;
  }

  /** Find the line of each vote. */
  private locate(state: EditorState): void {
    this.lines = new Map();
    const anchors = new Set([...this.people.keys(), ...this.wishes.keys()]);
    for (const [anchor, index] of placesOf(this.text, anchors)) {
      const { number } = state.doc.lineAt(Math.min(index, state.doc.length));
      this.lines.set(number, [...(this.lines.get(number) ?? []), anchor]);
    }
  }

  private draw(view: EditorView): DecorationSet {
    const ranges: Range<Decoration>[] = [];
    for (const { from, to } of view.visibleRanges) {
      for (let at = from; at <= to; ) {
        const line = view.state.doc.lineAt(at);
        if (ITEM.test(line.text)) {
          const chip = new ChipWidget(this.chip(view.state, line), (at) => this.toggle(view, at));
          ranges.push(Decoration.line({ class: "pad-item" }).range(line.from), Decoration.widget({ widget: chip, side: 1 }).range(line.to));
        }
        at = line.to + 1;
      }
    }
    return Decoration.set(ranges, true);
  }

  private chip(state: EditorState, line: Line): Chip {
    const anchors = this.lines.get(line.number) ?? [];
    const all = new Set(anchors.flatMap((anchor) => [...(this.people.get(anchor) ?? [])]));
    all.delete(this.me);
    const mine = anchors.some((anchor) => this.isFor(this.me, anchor));
    const names = [...(mine ? [sayIn("among names", "you")] : []), ...[...all].flatMap((person) => this.names.get(person) ?? [])].slice(0, MOST_NAMES);
    const count = all.size + Number(mine);
    const more = count - names.length;
    return {
      start: startOf(line.text),
      count,
      mine,
      current: line.number === state.doc.lineAt(state.selection.main.head).number,
      writable: !state.readOnly,
      title: names.length > 0 ? named(names.join(", "), more) : persons(count),
    };
  }
}

class ChipWidget extends WidgetType {
  constructor(
    private readonly chip: Chip,
    private readonly press: (at: number) => void,
  ) {
    super();
  }

  override eq(other: ChipWidget): boolean {
    return JSON.stringify(other.chip) === JSON.stringify(this.chip);
  }

  override toDOM(view: EditorView): HTMLElement {
    const { start, count, mine, current, writable, title } = this.chip;
    const button = document.createElement("button");
    button.type = "button";
    button.className = `pad-vote${count === 0 ? " pad-vote-none" : ""}${current && writable ? " pad-vote-here" : ""}`;
    button.tabIndex = -1; // the Tab key leaves the text; by keyboard it is Alt+Enter or the toolbar
    button.disabled = !writable;
    button.textContent = `+${Math.max(count, 1)}`;
    button.title = title;
    button.setAttribute("aria-label", say("+1 for {line}, {people}", { line: start, people: persons(count) }));
    button.setAttribute("aria-pressed", String(mine));
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays where it is
    // Of no width, so that what stands at the end of the line stands there and not at the button.
    const place = document.createElement("span");
    place.append(button);
    button.addEventListener("click", () => this.press(view.posAtDOM(place)));
    return place;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** The id of the character at an index, as the server reads it. */
function anchorAt(text: Y.Text, index: number): string | null {
  const { item } = Y.createRelativePositionFromTypeIndex(text, index);
  return item && `${item.client}:${item.clock}`;
}

/** Where the line of each character is that is looked for: any index in it. One walk through the text. */
export function placesOf(text: Y.Text, anchors: Iterable<string>): Map<string, number> {
  const sought = byClient(anchors);
  const found = new Map<string, number>();
  let open: string[] = []; // characters found that are deleted, and their line may be, too
  let index = 0;
  for (let item = text._start; item && (sought.size > 0 || open.length > 0); item = item.right) {
    const here = (sought.get(item.id.client) ?? []).filter((one) => one >= item.id.clock && one < item.id.clock + item.length);
    const said = item.content instanceof Y.ContentString ? item.content.str : null;
    if (here.length > 0 || open.length > 0) {
      open = item.deleted ? passed(item, said, here, open) : settled(item, said ?? "", here, open, index, found);
    }
    if (!item.deleted) index += item.length;
  }
  return found;
}

/** Go through deleted characters: a line end among them ends the line of those before it. */
function passed(item: Y.Item, said: string | null, here: readonly number[], open: string[]): string[] {
  if (said === null) return []; // deleted, and what it was is forgotten
  const end = said.lastIndexOf("\n");
  const after = here.filter((clock) => clock - item.id.clock > end).map((clock) => `${item.id.client}:${clock}`);
  return end < 0 ? [...open, ...after] : after;
}

/** Characters that are there: the line of what was open goes on with them. */
function settled(item: Y.Item, said: string, here: readonly number[], open: string[], index: number, found: Map<string, number>): string[] {
  if (!said.startsWith("\n")) for (const anchor of open) found.set(anchor, index);
  for (const clock of here) {
    const offset = clock - item.id.clock;
    if (said[offset] !== "\n") found.set(`${item.id.client}:${clock}`, index + offset);
  }
  return [];
}

function byClient(anchors: Iterable<string>): Map<number, number[]> {
  const sought = new Map<number, number[]>();
  for (const anchor of anchors) {
    const [client = 0, clock = 0] = anchor.split(":").map(Number);
    sought.set(client, [...(sought.get(client) ?? []), clock]);
  }
  return sought;
}

function startOf(line: string): string {
  const words = line.replace(ITEM, "").trim();
  return words.length > LONGEST_START ? `${words.slice(0, LONGEST_START).trimEnd()}…` : words;
}

const persons = (count: number): string => sayMany("{count} person", "{count} people", count);

function named(names: string, more: number): string {
  return more > 0 ? sayMany("{names} and {count} more", "{names} and {count} more", more, { names }) : names;
}

function readWishes(place: string): Map<string, boolean> {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "[]") as unknown;
    return new Map(Array.isArray(kept) ? (kept as [string, boolean][]) : []);
  } catch {
    return new Map(); // nothing is kept here, or by something else
  }
}

function keepWishes(place: string, wishes: ReadonlyMap<string, boolean>): void {
  try {
    if (wishes.size > 0) localStorage.setItem(place, JSON.stringify([...wishes]));
    else localStorage.removeItem(place);
  } catch {
    // a browser that keeps nothing: then this page is all that remembers
  }
}
