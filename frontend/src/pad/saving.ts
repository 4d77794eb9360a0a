// What is saved is what the server has acknowledged, never what was sent.

/** Counts changes made here and changes acknowledged as committed. */
export class Saving {
  private made = 0;
  private saved = 0;
  private marks: number[] = []; // for each message of this connection: how many changes it covers

  /** Changes made here that no acknowledgement covers. */
  get unsaved(): number {
    return this.made - this.saved;
  }

  /** Something was typed. */
  change(): void {
    this.made += 1;
  }

  /** There is text here that the server does not have, however it came about. */
  found(): void {
    if (this.unsaved === 0) this.made += 1;
  }

  /** A new connection: its messages are numbered from 1 again. */
  connected(): void {
    this.marks = [];
  }

  /** A message was sent that carries everything made so far. */
  sent(): void {
    this.marks.push(this.made);
  }

  /** The last message was not taken, and the server does not count it: we may only read now. */
  refused(): void {
    this.marks.pop();
  }

  /** The first `messages` messages of this connection are committed. */
  acknowledged(messages: number): void {
    this.saved = Math.max(this.saved, this.marks[messages - 1] ?? 0);
  }
}
