// Sentences of the door.

import { say, sayIn, sayMany } from "../app/say";
import type { Book, Standing } from "./book";
import type { Figures, Kind, Seat, State } from "./types";

export const STATE_WORDS: Record<State, string> = {
  held: sayIn("a person at the door", "Expected"),
  offered: sayIn("a person at the door", "Seat offered"),
  waiting: sayIn("a person at the door", "Waiting"),
  cancelled: sayIn("the seat of a person", "Given back"),
  checked_in: sayIn("a person at the door", "Here"),
  no_show: sayIn("the seat of a person", "Released"),
};

/** The same within a sentence, in brackets behind a name. */
export const WITHIN_WORDS: Record<State, string> = {
  held: sayIn("behind a name, in brackets", "expected"),
  offered: sayIn("behind a name, in brackets", "seat offered"),
  waiting: sayIn("behind a name, in brackets", "waiting"),
  cancelled: sayIn("behind a name, in brackets", "given back"),
  checked_in: sayIn("behind a name, in brackets", "here"),
  no_show: sayIn("behind a name, in brackets", "released"),
};

/** A moment as the clock at the venue shows it, and as the server writes it in every language: `09:02`. */
export function clock(moment: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(moment);
}

/** What somebody does and where, as far as they said, and whether they want to be in no picture. */
export function aboutSeat(seat: Seat): string {
  return [seat.organisation, seat.role, seat.no_photos ? say("no photos") : ""].filter(Boolean).join(" \u00b7 ");
}

/** Whether what was done is safe. Only the server's acknowledgements count; being "online" proves nothing. */
export function stateOf(unsent: number, heard: boolean | null, heardAt: number | null, zone: string): { text: string; mood: string } {
  if (heard === false) return { text: offlineText(unsent, heardAt, zone), mood: "offline" };
  if (unsent > 0) return { text: sayMany("{count} deed not sent yet", "{count} deeds not sent yet", unsent), mood: "saving" };
  return heard === null ? { text: say("Looking for the server"), mood: "saving" } : { text: say("Everything is sent"), mood: "live" };
}

function offlineText(unsent: number, heardAt: number | null, zone: string): string {
  if (unsent > 0) {
    return sayMany("{count} deed not sent yet. Kept on this phone", "{count} deeds not sent yet. Kept on this phone", unsent);
  }
  if (heardAt === null) return say("No connection. Go on, all is kept");
  return say("No connection since {time}. Go on, all is kept", { time: clock(heardAt, zone) });
}

/** When seats of those who are not here go to the queue. `now` by the server's clock. */
export function releaseText(figures: Figures, now: number, zone: string): string {
  const { release_at: at, released_at: done } = figures;
  if (done !== null) return say("Seats were released at {time}. Those who got one can go in.", { time: clock(done, zone) });
  if (at === null) return say("No minute is stated at which seats of people who are not here are released.");
  const [left, time] = [Math.ceil((at - now) / 1000), clock(at, zone)];
  if (left <= 0) return say("Seats were to be released at {time}. Who got one shows as soon as the server tells.", { time });
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor((left % 3600) / 60), left % 60];
  const span = hours > 0 ? say("{hours} h {minutes} min", { hours, minutes }) : say("{minutes} min {seconds} s", { minutes, seconds });
  return say("At {time} the seats of everybody who is not here go to the queue: in {span}.", { time, span });
}

/** Where and when somebody was checked in, such as `on this phone at 09:02`. */
export function hereText(standing: Standing, zone: string): string {
  if (standing.at === null) return standing.by;
  const time = clock(standing.at, zone);
  return standing.by ? say("{where} at {time}", { where: standing.by, time }) : say("at {time}", { time });
}

/** The same as a sentence about somebody who comes again. */
export function checkedInText(standing: Standing, zone: string): string {
  return say("Checked in {where}", { where: hereText(standing, zone) });
}

/** What was done on this phone, when and with whom. */
export function doneText(kind: Kind, time: string, name: string): string {
  const texts: Record<Kind, string> = {
    check_in: say("{time} {name}: checked in.", { time, name }),
    undo: say("{time} {name}: check-in undone.", { time, name }),
    walk_in: say("{time} {name}: walk-in let in.", { time, name }),
    queue: say("{time} {name}: put in the queue.", { time, name }),
    settle: say("{time} {name}: settled.", { time, name }),
  };
  return texts[kind];
}

export function freeText(free: number): string {
  if (free === 0) return say("No seat is free. They can wait in the queue.");
  return sayMany("{count} seat is free.", "{count} seats are free.", free);
}

export function zoneOf(book: Book): string {
  return book.facts?.zone ?? "UTC";
}
