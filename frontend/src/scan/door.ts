// The deeds of the door: what a scan, a press or a typed name does here, and what is shown of it.

import { say, sayIn } from "../app/say";
import type { Book, Standing } from "./book";
import { button } from "./dom";
import type { Store } from "./store";
import { readTicket } from "./ticket";
import type { Deed, Kind, Seat, Told } from "./types";
import type { Verdict, VerdictBoard } from "./verdict";
import { aboutSeat, checkedInText, zoneOf } from "./words";

export interface DoorHandlers {
  done(): void; // something was done: show and send it
  checkedIn(): void; // the next one can come
  walkIn(name: string): void; // lead to the form of walk-ins
}

export interface WalkIn {
  name: string;
  email: string;
  organisation: string;
  role: string;
}

export class Door {
  constructor(
    private readonly book: Book,
    private readonly store: Store,
    private readonly board: VerdictBoard,
    private readonly handlers: DoorHandlers,
  ) {}

  /** A ticket was scanned, or typed by a scanner that is a keyboard. */
  async meet(text: string): Promise<void> {
    const facts = this.book.facts;
    if (!facts) return;
    const ticket = await readTicket(text, facts.signer, facts.meetup);
    if ("refused" in ticket) {
      this.board.show({ mood: "bad", word: sayIn("a ticket is refused", "No"), text: ticket.refused });
      return;
    }
    const seat = this.book.byCode(ticket.code);
    if (seat) await this.checkIn(seat);
    else await this.checkInUnknown(ticket.code);
  }

  async checkIn(seat: Seat): Promise<void> {
    const standing = this.book.standing(seat);
    if (this.isShut()) return;
    if (standing.state === "checked_in") this.sayAgain(seat, standing);
    else if (standing.state === "cancelled") this.sayGivenBack(seat);
    else if (standing.state === "waiting") this.sayWaiting(seat, standing);
    else {
      this.handlers.checkedIn();
      const deed = await this.keep("check_in", seat.name, { seat: seat.id, code: seat.code });
      const said = { text: seat.name, more: aboutSeat(seat), deeds: [this.undoButton(seat)], id: deed.told.id };
      this.board.show({ mood: "good", word: say("Checked in"), ...said });
    }
  }

  async undo(seat: Seat): Promise<void> {
    const own = this.book.ownCheckIn(seat);
    const told: Partial<Told> = { seat: seat.id, code: seat.code };
    if (own) told.of = own.told.id;
    if (seat.move !== null) told.move = seat.move;
    const deed = await this.keep("undo", seat.name, told);
    const text = say("{name} is not checked in.", { name: seat.name });
    this.board.show({ mood: "wait", word: say("Undone"), text, id: deed.told.id });
  }

  /** Somebody without a seat who is on the list waits at the door. */
  async queue(seat: Seat): Promise<void> {
    if (this.isShut()) return;
    const deed = await this.keep("queue", seat.name, { seat: seat.id, code: seat.code });
    this.board.show({ mood: "wait", word: say("In the queue"), text: seat.name, id: deed.told.id });
  }

  /** Somebody who is not on the list is let in, or waits. */
  async walkIn(kind: "walk_in" | "queue", who: WalkIn): Promise<boolean> {
    if (this.isShut()) return false;
    const isIn = kind === "walk_in" && this.book.counts().free > 0;
    const deed = await this.keep(isIn ? "walk_in" : "queue", who.name, { ...who });
    const said: Verdict = isIn
      ? { mood: "good", word: say("Checked in"), text: who.name }
      : { mood: "wait", word: say("In the queue"), text: who.name };
    this.board.show({ ...said, id: deed.told.id });
    return true;
  }

  /** Somebody has looked at a deed that could not be done, or has called in who got a seat. */
  async look(deed: Deed): Promise<void> {
    deed.looked = true;
    const facts = this.book.facts;
    if (facts) await this.store.keep(facts, [], [deed], false);
    if (deed.outcome === "conflict" && deed.answered !== undefined) await this.keep("settle", deed.about, { of: deed.told.id });
    else this.handlers.done();
  }

  /** The server has answered: what it could not do needs somebody, and what is shown is put right. */
  heard(deeds: readonly Deed[]): void {
    for (const deed of deeds) {
      const { kind, id } = deed.told;
      const text = deed.sentence ?? "";
      const isShown = this.board.shown === id;
      if (deed.outcome === "conflict") this.board.show({ mood: "bad", word: say("Look at this"), text });
      else if (deed.outcome === "already" && (isShown || kind === "undo")) this.board.show({ mood: "again", word: say("Already here"), text });
      else if (deed.outcome === "done" && kind === "queue" && this.book.seat(deed.answered ?? 0)?.state === "checked_in") {
        this.board.show({ mood: "good", word: say("Got a seat"), text });
      } else if (isShown && kind === "check_in" && !deed.told.seat) this.board.show({ mood: "good", word: say("Checked in"), text, id });
    }
  }

  private async checkInUnknown(code: string): Promise<void> {
    if (this.isShut()) return;
    const before = this.book.unknownTicket(code);
    if (before) {
      this.board.show({ mood: "again", word: say("Already here"), text: say("This ticket was scanned on this phone before.") });
      return;
    }
    const deed = await this.keep("check_in", say("A ticket that is not on the list yet"), { code });
    const text = say("The ticket is genuine, but not on the list of this phone: it is new, or was passed on. Ask for the name.");
    this.board.show({ mood: "wait", word: sayIn("a ticket at the door", "Not on the list"), text, id: deed.told.id });
  }

  private sayAgain(seat: Seat, standing: Standing): void {
    const more = checkedInText(standing, zoneOf(this.book));
    this.board.show({ mood: "again", word: say("Already here"), text: seat.name, more, deeds: [this.undoButton(seat)] });
  }

  private sayGivenBack(seat: Seat): void {
    const deed = button("button", say("Walk-in"), say("Walk-in"), "verdict-walk-in", () => this.handlers.walkIn(seat.name));
    this.board.show({ mood: "bad", word: say("No seat"), text: say("This seat was given back."), deeds: [deed] });
  }

  private sayWaiting(seat: Seat, standing: Standing): void {
    if (standing.queued) {
      this.board.show({ mood: "wait", word: say("No seat yet"), text: say("{name} is in the queue.", { name: seat.name }) });
      return;
    }
    const { name } = seat;
    const label = say("Put in the queue: {name}", { name });
    const deed = button("button", say("Put in the queue"), label, "verdict-queue", () => void this.queue(seat));
    const text = say("{name} is in the waitlist.", { name });
    this.board.show({ mood: "wait", word: say("No seat yet"), text, deeds: [deed] });
  }

  private isShut(): boolean {
    const shut = this.book.facts?.shut ?? null;
    if (shut !== null) this.board.show({ mood: "bad", word: say("Not yet"), text: shut });
    return shut !== null;
  }

  private undoButton(seat: Seat): HTMLButtonElement {
    const label = say("Undo the check-in of {name}", { name: seat.name });
    return button("button", sayIn("a button", "Undo"), label, "verdict-undo", () => void this.undo(seat));
  }

  /** Nothing is shown as done before it is on the disk. */
  private async keep(kind: Kind, about: string, rest: Partial<Told>): Promise<Deed> {
    const deed: Deed = { told: { id: newId(), kind, count: 0, at: Date.now(), ...rest }, about };
    await this.store.addDeed(deed).catch((error: unknown) => {
      const text = say("This phone has no room to keep it. Free some, and do it again.");
      this.board.show({ mood: "bad", word: say("Not done"), text });
      throw error;
    });
    this.book.deeds.push(deed);
    this.book.deedsChanged();
    this.handlers.done();
    return deed;
  }
}

/** A random UUID (RFC 9562, version 4), also where the page came without TLS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
