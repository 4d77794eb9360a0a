import { say, sayIn } from "../app/say.ts";

/** A picture on its way, as the page shows it. */
export class Row {
  readonly element = document.createElement("li");
  private readonly bar = document.createElement("progress");
  private readonly words = document.createElement("span");

  constructor(name: string) {
    const label = document.createElement("span");
    label.textContent = `${name}: `;
    this.bar.className = "bar";
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", name);
    this.words.textContent = sayIn("a picture", "waits its turn");
    this.element.append(label, this.words, this.bar);
  }

  reach(sent: number, all: number): void {
    this.bar.value = all ? sent / all : 0;
    this.words.textContent = say("{part} %", { part: Math.round((100 * sent) / Math.max(all, 1)) });
  }

  pause(): void {
    this.words.textContent = say("the network broke off; it goes on by itself");
  }

  done(): void {
    this.bar.value = 1;
    this.words.textContent = sayIn("a picture", "sent");
  }

  fail(why: string): void {
    this.bar.remove();
    this.words.textContent = why;
  }
}
