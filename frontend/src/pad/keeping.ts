// What this browser keeps of a pad beside the text itself: that it has changes which are not saved, and the last of them.

import * as Y from "yjs";

const WAITING = "pad:waiting:"; // with the key of a pad
const LATE = "pad:late:"; // with the key of a pad and a client id
const FRESH_MS = 10_000; // what is older has long been written into the browser's own store

/** Remember whether there are changes that nobody else has: the page of the pad then opens the editor by itself. */
export function keepWaiting(key: string, waiting: boolean): void {
  attempt(() => (waiting ? localStorage.setItem(WAITING + key, "1") : localStorage.removeItem(WAITING + key)));
}

export function isWaiting(key: string): boolean {
  return attempt(() => localStorage.getItem(WAITING + key) !== null) ?? false;
}

/** The browser's own store writes a little after the key; a page that is closed in between would lose the last letters. */
export class Late {
  private fresh: { at: number; update: Uint8Array }[] = [];

  constructor(private readonly key: string) {}

  typed(update: Uint8Array): void {
    const now = performance.now();
    this.fresh = this.fresh.filter((one) => now - one.at < FRESH_MS);
    this.fresh.push({ at: now, update });
  }

  /** The page goes, perhaps for good. */
  keep(client: number): void {
    if (this.fresh.length === 0) return;
    const bytes = Y.mergeUpdates(this.fresh.map((one) => one.update));
    attempt(() => localStorage.setItem(`${LATE}${this.key}:${client}`, JSON.stringify([...bytes])));
  }

  /** Give what earlier pages kept, and how to drop it. */
  found(): { updates: Uint8Array[]; drop: () => void } {
    const names = attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(`${LATE}${this.key}:`))) ?? [];
    const updates = names.flatMap((name) => attempt(() => Uint8Array.from(JSON.parse(localStorage.getItem(name) ?? "") as number[])) ?? []);
    return { updates, drop: () => names.forEach((name) => attempt(() => localStorage.removeItem(name))) };
  }
}

/** A browser that keeps nothing refuses these. */
function attempt<T>(deed: () => T): T | undefined {
  try {
    return deed();
  } catch {
    return undefined;
  }
}
