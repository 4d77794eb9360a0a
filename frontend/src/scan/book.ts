// The list of people as it stands here: what the server told, and on top of it what was done on this phone since.

import { say } from "../app/say";
import { fold } from "./search";
import type { Deed, Facts, Seat, State, Told } from "./types";

/** How somebody stands: by a deed of this phone while the server has not answered it, else as the server told. */
export interface Standing {
  state: State;
  queued: boolean;
  at: number | null;
  by: string;
}

export class Book {
  facts: Facts | null = null;
  deeds: Deed[] = [];
  people: Seat[] = []; // by name, those who gave their seat back aside
  private readonly seats = new Map<number, Seat>();
  private readonly codes = new Map<string, Seat>();
  private readonly texts = new Map<number, string>();
  private readonly waitingDeeds = new Map<string, Deed[]>(); // by code of the seat

  /** Take what is kept on the phone, or a new list. */
  fill(facts: Facts | null, seats: readonly Seat[], deeds: readonly Deed[]): void {
    this.facts = facts;
    this.deeds = [...deeds];
    this.seats.clear();
    this.codes.clear();
    this.texts.clear();
    this.take(seats);
    this.deedsChanged();
  }

  /** Take seats that changed. */
  take(seats: readonly Seat[]): void {
    for (const seat of seats) {
      const before = this.seats.get(seat.id);
      if (before && before.code !== seat.code) this.codes.delete(before.code);
      this.seats.set(seat.id, seat);
      this.codes.set(seat.code, seat);
      this.texts.set(seat.id, fold(`${seat.name} ${seat.organisation}`));
    }
    const named = [...this.seats.values()].filter((seat) => seat.state !== "cancelled");
    const order = new Intl.Collator();
    this.people = named.sort((one, other) => order.compare(one.name, other.name) || one.id - other.id);
  }

  deedsChanged(): void {
    this.waitingDeeds.clear();
    for (const deed of this.unsent()) {
      const code = deed.told.code ?? "";
      if (code) this.waitingDeeds.set(code, [...(this.waitingDeeds.get(code) ?? []), deed]);
    }
  }

  seat(id: number): Seat | undefined {
    return this.seats.get(id);
  }

  byCode(code: string): Seat | undefined {
    return this.codes.get(code);
  }

  textOf(seat: Seat): string {
    return this.texts.get(seat.id) ?? "";
  }

  /** Deeds the server has not acknowledged, in the order they were done. */
  unsent(): Deed[] {
    return this.deeds.filter((deed) => deed.outcome === undefined);
  }

  /** Deeds that could not be done and nobody has looked at. */
  toLookAt(): Deed[] {
    return this.deeds.filter((deed) => deed.outcome === "conflict" && !deed.looked);
  }

  /** The last check-in of this phone for a seat, acknowledged or not. */
  ownCheckIn(seat: Seat): Deed | undefined {
    const own = (deed: Deed): boolean => deed.told.kind === "check_in" && deed.told.code === seat.code && deed.outcome !== "conflict";
    return this.deeds.filter(own).at(-1);
  }

  /** A check-in of this phone with a ticket that the list does not know. */
  unknownTicket(code: string): Deed | undefined {
    return this.deeds.find((deed) => deed.told.kind === "check_in" && deed.told.code === code && deed.outcome !== "conflict");
  }

  standing(seat: Seat): Standing {
    const told: Standing = { state: seat.state, queued: seat.queued !== null, at: seat.at, by: seat.by };
    return (this.waitingDeeds.get(seat.code) ?? []).reduce(after, told);
  }

  /** How many are here, and how many seats are free, with what was done on this phone. */
  counts(): { here: number; free: number } {
    const figures = this.facts?.figures;
    const walkIns = this.unsent().filter((deed) => deed.told.kind === "walk_in").length;
    let changed = 0;
    for (const code of this.waitingDeeds.keys()) {
      const seat = this.codes.get(code);
      if (seat) changed += Number(this.standing(seat).state === "checked_in") - Number(seat.state === "checked_in");
    }
    return {
      here: (figures?.here ?? 0) + walkIns + changed,
      free: Math.max(0, (figures?.total ?? 0) - (figures?.taken ?? 0) - walkIns),
    };
  }

  /** Those at the door who got a seat and are not in, and those who wait, in the order of the line. */
  queue(): { called: Seat[]; waiting: Seat[]; unsent: Deed[] } {
    const standing = new Map(this.people.map((seat) => [seat, this.standing(seat)]));
    const isInside = (seat: Seat): boolean => standing.get(seat)?.state === "checked_in";
    const called = new Set(this.people.filter((seat) => seat.call && !isInside(seat)));
    for (const deed of this.deeds) {
      const seat = deed.told.kind === "queue" && deed.outcome === "done" && !deed.looked ? this.seats.get(deed.answered ?? 0) : undefined;
      if (seat && isInside(seat)) called.add(seat);
    }
    const waiting = this.people.filter((seat) => standing.get(seat)?.queued);
    waiting.sort((one, other) => one.line.map((part, index) => part - (other.line[index] ?? 0)).find((step) => step !== 0) ?? 0);
    return { called: [...called], waiting, unsent: this.unsent().filter((deed) => deed.told.kind === "queue" && !deed.told.code) };
  }
}

/** The standing after one more deed of this phone. */
function after(standing: Standing, deed: Deed): Standing {
  const told: Told = deed.told;
  if (told.kind === "check_in") {
    return standing.state === "checked_in" ? standing : { state: "checked_in", queued: false, at: told.at, by: say("on this phone") };
  }
  if (told.kind === "undo") return { ...standing, state: "held", at: null, by: "" };
  if (told.kind === "queue") return { ...standing, state: "waiting", queued: true };
  return standing;
}
