// Sentences of the door.

import type { Book, Standing } from "./book";
import type { Figures, Seat, State } from "./types";

export const STATE_WORDS: Record<State, string> = {
  held: "Expected",
  offered: "Seat offered",
  waiting: "Waiting",
  cancelled: "Given back",
  checked_in: "Here",
  no_show: "Released",
};

/** A moment as the clock at the venue shows it. */
export function clock(moment: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(moment);
}

/** What somebody does and where, as far as they said, and whether they want to be in no picture. */
export function aboutSeat(seat: Seat): string {
  return [seat.organisation, seat.role, seat.no_photos ? "no photos" : ""].filter(Boolean).join(" \u00b7 ");
}

/** Whether what was done is safe. Only the server's acknowledgements count; being "online" proves nothing. */
export function stateOf(unsent: number, heard: boolean | null, heardAt: number | null, zone: string): { text: string; mood: string } {
  const deeds = unsent === 1 ? "1 deed not sent yet" : `${unsent} deeds not sent yet`;
  if (heard === false) {
    const since = heardAt === null ? "No connection" : `No connection since ${clock(heardAt, zone)}`;
    return { text: unsent > 0 ? `${deeds}. Kept on this phone` : `${since}. Go on, all is kept`, mood: "offline" };
  }
  if (unsent > 0) return { text: deeds, mood: "saving" };
  return { text: heard === null ? "Looking for the server" : "Everything is sent", mood: heard === null ? "saving" : "live" };
}

/** When seats of those who are not here go to the queue. `now` by the server's clock. */
export function releaseText(figures: Figures, now: number, zone: string): string {
  const { release_at: at, released_at: done } = figures;
  if (done !== null) return `Seats were released at ${clock(done, zone)}. Those who got one can go in.`;
  if (at === null) return "No minute is stated at which seats of people who are not here are released.";
  const left = Math.ceil((at - now) / 1000);
  if (left <= 0) return `Seats were to be released at ${clock(at, zone)}. Who got one shows as soon as the server tells.`;
  const minutes = Math.floor((left % 3600) / 60);
  const parts = left >= 3600 ? [`${Math.floor(left / 3600)} h`, `${minutes} min`] : [`${minutes} min`, `${left % 60} s`];
  return `At ${clock(at, zone)} the seats of everybody who is not here go to the queue: in ${parts.join(" ")}.`;
}

/** Where and when somebody was checked in, such as `on this phone at 09:02`. */
export function hereText(standing: Standing, zone: string): string {
  return standing.at === null ? standing.by : `${standing.by} at ${clock(standing.at, zone)}`.trim();
}

export function freeText(free: number): string {
  if (free === 0) return "No seat is free. They can wait in the queue.";
  return free === 1 ? "1 seat is free." : `${free} seats are free.`;
}

export function zoneOf(book: Book): string {
  return book.facts?.zone ?? "UTC";
}
