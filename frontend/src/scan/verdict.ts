// What became of a scan or a press: a colour, a word, a sentence, a buzz, and the voice of a screen reader.

import { byId } from "./dom";

export type Mood = "good" | "again" | "wait" | "bad";

const BUZZ: Record<Mood, number[]> = { good: [90], again: [60, 70, 60], wait: [60, 70, 60], bad: [220, 90, 220] };

export interface Verdict {
  mood: Mood;
  word: string;
  text: string;
  more?: string;
  deeds?: HTMLButtonElement[];
  id?: string; // of the deed it is about
}

export class VerdictBoard {
  /** The deed the board speaks of, so that the server's answer can correct it. */
  shown: string | null = null;
  private readonly board = byId("verdict");
  private readonly spoken = byId("spoken");

  show(verdict: Verdict): void {
    this.shown = verdict.id ?? null;
    this.board.dataset["mood"] = verdict.mood;
    byId("verdict-word").textContent = verdict.word;
    byId("verdict-text").textContent = verdict.text;
    byId("verdict-more").textContent = verdict.more ?? "";
    byId("verdict-deeds").replaceChildren(...(verdict.deeds ?? []));
    this.board.hidden = false;
    this.say([verdict.word, verdict.text, verdict.more].filter(Boolean).join(". "));
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ[verdict.mood]);
  }

  hide(): void {
    this.shown = null;
    this.board.hidden = true;
  }

  /** The same sentence twice is said twice: its element is new each time. */
  private say(sentence: string): void {
    const line = document.createElement("span");
    line.textContent = sentence;
    this.spoken.replaceChildren(line);
  }
}
