// Following somebody: the page scrolls with their caret until one types, scrolls or presses Escape.

import { EditorView } from "@codemirror/view";

import { say } from "../app/say";
import type { Carets } from "./carets";
import type { Announcer, Follower } from "./people";

const OWN_MOVES = ["wheel", "touchmove", "pointerdown", "keydown"] as const; // whoever does this looks for themselves

/** Follows at most one person. */
export class Following implements Follower {
  private person = "";
  private name = "";
  private drawn: () => void = () => undefined;

  constructor(
    private readonly view: EditorView,
    private readonly carets: Carets,
    private readonly announcer: Announcer,
  ) {
    for (const kind of OWN_MOVES) view.dom.addEventListener(kind, () => this.stop(), { passive: true });
    addEventListener("wheel", () => this.stop(), { passive: true });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.stop();
    });
  }

  follows(person: string): boolean {
    return this.person === person;
  }

  follow(person: string, name: string, drawn: () => void): void {
    if (this.person === person) {
      this.stop();
      return;
    }
    this.stop();
    [this.person, this.name, this.drawn] = [person, name, drawn];
    this.announcer.say(say("You follow {name}. Escape stops it.", { name }));
    drawn();
    this.moved();
  }

  redrawn(drawn: () => void): void {
    this.drawn = drawn;
  }

  /** Somebody's caret moved. */
  moved(): void {
    const at = this.person ? this.carets.where(this.person, this.view) : null;
    if (at !== null) this.view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "center" }) });
  }

  private stop(): void {
    if (!this.person) return;
    this.person = "";
    this.announcer.say(say("You follow {name} no more.", { name: this.name }));
    this.drawn();
  }
}
