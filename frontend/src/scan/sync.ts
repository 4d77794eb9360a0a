// Sends what was done here and takes what others did. A deed is sent until the server has acknowledged it.

import { say } from "../app/say";
import type { Book } from "./book";
import type { Store } from "./store";
import type { Deed, Facts, Figures, Outcome, Seat } from "./types";

const MOST_AT_ONCE = 100;
const NEWS_EVERY_MS = 10_000;
const LIST_EVERY_MS = 10 * 60_000; // names may change without a move of the seat
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 20_000;

export type Stop = "revoked" | "unknown";

export interface SyncHandlers {
  changed(): void;
  answered(deeds: readonly Deed[]): void;
  stopped(stop: Stop, sentence: string): void;
}

interface Answered {
  now: number;
  shut: string | null;
  cursor: number;
  reload: boolean;
  rows: Seat[];
  figures: Figures;
  open: string[];
  answers: { id: string; outcome: Outcome; sentence: string; seat: number | null }[];
}

interface Listed {
  now: number;
  label: string;
  meetup: number;
  zone: string;
  shut: string | null;
  key: string;
  cursor: number;
  kept_until: number | null;
  rows: Seat[];
  figures: Figures;
  open: string[];
}

/** No answer of ours came: no network, a page to sign in to, a server that starts anew. */
class NoAnswer extends Error {}

class Refused extends Error {
  constructor(
    readonly status: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

export class Sync {
  /** Whether the last try was answered; null before the first. */
  heard: boolean | null = null;
  private listedAt = 0;
  private failures = 0;
  private atOnce = MOST_AT_ONCE;
  private timer = 0;
  private running = false;
  private again = false;
  private ended = false;

  constructor(
    private readonly slug: string,
    private readonly places: { list: string; events: string },
    private readonly key: string,
    private readonly store: Store,
    private readonly book: Book,
    private readonly handlers: SyncHandlers,
  ) {}

  start(): void {
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.nudge();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
  }

  /** Try now. */
  nudge(): void {
    if (this.running) this.again = true;
    else void this.run();
  }

  /** Take the whole list with the next try. */
  listAnew(): void {
    this.listedAt = 0;
    this.nudge();
  }

  private readonly wake = (): void => {
    if (document.visibilityState === "visible") this.nudge();
  };

  private async run(): Promise<void> {
    if (this.ended) return;
    this.running = true;
    this.again = false;
    clearTimeout(this.timer);
    // One window at a time: two of the same phone would send the same deeds.
    await navigator.locks.request(`door:${this.slug}`, { ifAvailable: true }, (lock) => (lock ? this.round() : undefined));
    this.running = false;
    this.handlers.changed();
    if (this.ended) return;
    const pause = this.failures ? Math.min(FIRST_PAUSE_MS * 2 ** (this.failures - 1), LONGEST_PAUSE_MS) : NEWS_EVERY_MS;
    if (this.again && !this.failures) void this.run();
    else this.timer = setTimeout(() => void this.run(), pause);
  }

  private async round(): Promise<void> {
    try {
      const isOld = Date.now() - this.listedAt > LIST_EVERY_MS;
      if (!this.book.facts || (isOld && !this.book.facts.over)) await this.list();
      do await this.exchange();
      while (this.book.unsent().length > 0 && !this.ended);
      this.heard = true;
      this.failures = 0;
    } catch (error) {
      if (error instanceof Refused) await this.refused(error);
      this.heard = false;
      this.failures += 1;
    }
  }

  private async list(): Promise<void> {
    const asked = Date.now();
    const told = await this.ask<Listed>(this.places.list);
    const facts: Facts = {
      label: told.label,
      meetup: told.meetup,
      zone: told.zone,
      shut: told.shut,
      signer: told.key,
      cursor: told.cursor,
      figures: told.figures,
      keptUntil: told.kept_until,
      heardAt: Date.now(),
      ahead: told.now - (asked + Date.now()) / 2,
    };
    const looked = this.lookedAt(told.open);
    await this.store.keep(facts, told.rows, looked, true);
    this.book.fill(facts, told.rows, this.book.deeds);
    this.listedAt = Date.now();
  }

  private async exchange(): Promise<void> {
    const facts = this.book.facts;
    if (!facts) return;
    const sent = this.book.unsent().slice(0, this.atOnce);
    const asked = Date.now();
    const body = JSON.stringify({ cursor: facts.cursor, sent_at: asked, events: sent.map((deed) => deed.told) });
    const told = await this.ask<Answered>(this.places.events, body);
    this.atOnce = MOST_AT_ONCE;
    const answers = new Map(told.answers.map((answer) => [answer.id, answer]));
    const answered = sent.filter((deed) => answers.has(deed.told.id));
    const after = answered.map((deed): Deed => {
      const answer = answers.get(deed.told.id);
      return { ...deed, outcome: answer?.outcome, sentence: answer?.sentence, answered: answer?.seat };
    });
    const looked = this.lookedAt(told.open);
    const ahead = told.now - (asked + Date.now()) / 2;
    const news: Facts = { ...facts, cursor: told.cursor, figures: told.figures, shut: told.shut, heardAt: Date.now(), ahead };
    await this.store.keep(news, told.rows, [...after, ...looked], false);
    // All at once: whoever presses a button meanwhile sees either all of it or nothing.
    answered.forEach((deed, index) => Object.assign(deed, after[index]));
    this.book.facts = news;
    if (told.rows.length > 0) this.book.take(told.rows);
    this.book.deedsChanged();
    const old = await this.store.prune(this.book.deeds);
    this.book.deeds = this.book.deeds.filter((deed) => !old.has(deed));
    if (told.reload && !news.over) await this.list();
    if (answered.length > 0) this.handlers.answered(answered);
  }

  /** Deeds that somebody at the desk has settled meanwhile. */
  private lookedAt(open: readonly string[]): Deed[] {
    const fromServer = this.book.toLookAt().filter((deed) => deed.answered !== undefined);
    const settled = fromServer.filter((deed) => !open.includes(deed.told.id));
    for (const deed of settled) deed.looked = true;
    return settled;
  }

  private async ask<T>(place: string, body?: string): Promise<T> {
    // No cookie goes along, so the language of the page has to be said.
    const language = { "Accept-Language": document.documentElement.lang };
    const headers = { Authorization: `Bearer ${this.key}`, ...language, ...(body ? { "Content-Type": "application/json" } : {}) };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const how: RequestInit = { headers, signal, credentials: "omit", cache: "no-store", redirect: "error" };
    const answer = await fetch(place, body ? { ...how, method: "POST", body } : how);
    const told: unknown = await answer.json().catch(() => null);
    const detail = isRecord(told) && typeof told["detail"] === "string" ? told["detail"] : "";
    if (answer.ok && isRecord(told) && isRecord(told["figures"])) return told as T;
    if ([400, 410].includes(answer.status) && detail) throw new Refused(answer.status, detail);
    if ([404, 413].includes(answer.status)) throw new Refused(answer.status, detail);
    throw new NoAnswer();
  }

  private async refused(refused: Refused): Promise<void> {
    if (refused.status === 410) this.handlers.stopped("revoked", refused.message);
    else if (refused.status === 404) this.handlers.stopped("unknown", "");
    else await this.isolate(refused.message);
  }

  /** The server takes none of a batch: send fewer at once, until one deed stands alone and is given to people to look at. */
  private async isolate(sentence: string): Promise<void> {
    const sent = this.book.unsent().slice(0, this.atOnce);
    this.atOnce = Math.max(1, Math.floor(sent.length / 2));
    const [alone] = sent;
    if (sent.length !== 1 || !alone || !this.book.facts) return;
    Object.assign(alone, { outcome: "conflict", sentence: sentence || say("The server does not take this deed.") });
    await this.store.keep(this.book.facts, [], [alone], false);
    this.book.deedsChanged();
    this.handlers.answered([alone]);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
