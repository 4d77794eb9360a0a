// The page that readers see, beside the editor. The server lays it out; while somebody types it is asked for once a second.

import { say } from "../app/say";
import { renew } from "../reading/notes";

const EVERY_MS = 1000;
const SOONEST_MS = 250; // after a change, so that it is committed by then
const AFTER_MS = 4000; // after the last change: what was typed is saved by then

export class Preview {
  private asked = 0; // when the server was asked last
  private until = 0;
  private timer = 0;

  /** Show it or hide it. */
  toggle(): boolean {
    const desk = document.querySelector<HTMLElement>("[data-pad-desk]");
    if (!desk) return false;
    const isOpen = desk.toggleAttribute("data-preview");
    const reading = desk.querySelector<HTMLElement>("[data-pad-reading]");
    if (reading) letScroll(reading, isOpen);
    if (isOpen) this.changed();
    return true;
  }

  get isOpen(): boolean {
    return document.querySelector("[data-pad-desk][data-preview]") !== null;
  }

  /** The text is another now, here or on the server. */
  changed(): void {
    this.until = performance.now() + AFTER_MS;
    this.later();
  }

  private later(): void {
    if (this.timer || !this.isOpen) return;
    const wait = EVERY_MS * (0.9 + Math.random() * 0.2) - (performance.now() - this.asked);
    this.timer = setTimeout(() => void this.look(), Math.max(SOONEST_MS, wait));
  }

  private async look(): Promise<void> {
    this.asked = performance.now();
    try {
      await renew({ latest: true });
    } catch {
      // without a network it stays as it is; the page asks again by itself
    }
    this.timer = 0;
    if (performance.now() < this.until) this.later();
  }
}

/** Beside the editor it scrolls by itself, so the keyboard must get there. */
function letScroll(reading: HTMLElement, isOpen: boolean): void {
  if (isOpen) {
    reading.tabIndex = 0;
    reading.role = "region";
    reading.ariaLabel = say("Preview");
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) reading.removeAttribute(name);
  }
}
