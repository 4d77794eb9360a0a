// What the views of the door show: people, the queue, and what was done on this phone.

import { say, sayIn, sayMany } from "../app/say";
import type { Book, Standing } from "./book";
import { button, byId, element, refill } from "./dom";
import type { Door } from "./door";
import { codeIn, find, fold } from "./search";
import type { Deed, Outcome, Seat } from "./types";
import { STATE_WORDS, aboutSeat, clock, doneText, hereText, releaseText, zoneOf } from "./words";

const MOST_ROWS = 40;
const MOST_DEEDS = 30;
const OUTCOMES: Record<Outcome, string> = { done: "", already: say("Was so already"), conflict: say("To look at") };

export function showPeople(book: Book, door: Door, wanted: string): void {
  const isWanted = wanted.trim() !== "";
  const among = isWanted ? book.people : book.people.filter((seat) => book.standing(seat).state !== "checked_in");
  const code = codeIn(wanted);
  const textOf = (seat: Seat): string => (code !== "" && seat.code.startsWith(code) ? fold(wanted) : book.textOf(seat));
  const { first, count } = find(among, textOf, wanted, MOST_ROWS);
  refill(byId("people-list"), first.map((seat) => personRow(book, door, seat, "people")), "people-title");
  const line = byId("people-count");
  const text = isWanted ? foundText(count, wanted) : expectedText(count, book.people.length);
  if (line.textContent !== text) line.textContent = text;
}

export function showQueue(book: Book, door: Door, now: number): void {
  const { called, waiting, unsent } = book.queue();
  const figures = book.facts?.figures;
  byId("queue-release").textContent = figures ? releaseText(figures, now, zoneOf(book)) : "";
  const rows = [
    ...called.map((seat) => calledRow(book, door, seat)),
    ...waiting.map((seat) => personRow(book, door, seat, "queue")),
    ...unsent.map((deed) => row(deed.about, deed.told.organisation ?? "", say("Not sent yet"), "waiting", [])),
  ];
  refill(byId("queue-list"), rows.length > 0 ? rows : [element("li", "muted", say("Nobody is in the queue."))], "queue-title");
  const count = called.length + waiting.length + unsent.length;
  showCount("nav-queue", count);
}

export function showMore(book: Book, door: Door): void {
  const facts = book.facts;
  const look = book.toLookAt();
  showCount("nav-look", look.length);
  refill(byId("more-look"), look.length > 0 ? [lookList(door, look)] : [], "more-title");
  const told: [string, string][] = facts
    ? [
        [say("Door link"), facts.label],
        [say("People on the list"), String(book.people.length)],
        [say("Last told by the server"), clock(facts.heardAt, facts.zone)],
        [say("Deeds not sent"), String(book.unsent().length)],
      ]
    : [];
  byId("more-facts").replaceChildren(...told.map(([title, text]) => fact(title, text)));
  const last = book.deeds.slice(-MOST_DEEDS).reverse();
  byId("more-deeds").replaceChildren(...last.map((deed) => deedLine(book, deed)));
}

function expectedText(count: number, all: number): string {
  if (all === 0) return say("Nobody is on the list yet.");
  if (count === 0) return say("Everybody on the list is here.");
  const text = sayMany("{count} person is not here yet.", "{count} people are not here yet.", count);
  return count > MOST_ROWS ? `${text} ${say("The first {most} are shown.", { most: MOST_ROWS })}` : text;
}

function foundText(count: number, wanted: string): string {
  if (count === 0) return say("Nobody is called “{name}”. Try a part of the name, or add a walk-in.", { name: wanted.trim() });
  if (count <= MOST_ROWS) return sayMany("{count} person", "{count} people", count);
  return sayMany(
    "{count} person, the first {most} shown. Type more of the name.",
    "{count} people, the first {most} shown. Type more of the name.",
    count,
    { most: MOST_ROWS },
  );
}

function showCount(id: string, count: number): void {
  const mark = byId(id);
  mark.textContent = String(count);
  mark.hidden = count === 0;
}

function personRow(book: Book, door: Door, seat: Seat, place: string): HTMLLIElement {
  const standing = book.standing(seat);
  const word = standing.queued ? say("In the queue") : STATE_WORDS[standing.state];
  const about = [aboutSeat(seat), standing.state === "checked_in" ? hereText(standing, zoneOf(book)) : ""].filter(Boolean).join(" \u00b7 ");
  return row(seat.name, about, word, standing.state, buttonsOf(door, seat, standing, place));
}

function buttonsOf(door: Door, seat: Seat, standing: Standing, place: string): HTMLButtonElement[] {
  const key = `${place}-${seat.id}`;
  const { name } = seat;
  if (standing.state === "checked_in") {
    const label = say("Undo the check-in of {name}", { name });
    return [button("button button-quiet door-deed", sayIn("a button", "Undo"), label, key, () => void door.undo(seat))];
  }
  if (standing.state === "waiting") {
    if (standing.queued) return [];
    return [button("button door-deed", say("To the queue"), say("To the queue: {name}", { name }), key, () => void door.queue(seat))];
  }
  const label = say("Check in {name}", { name });
  return [button("button button-primary door-deed", sayIn("a button", "Check in"), label, key, () => void door.checkIn(seat))];
}

/** Somebody who got a seat out of the queue and has to be called in. */
function calledRow(book: Book, door: Door, seat: Seat): HTMLLIElement {
  const own = book.deeds.find((deed) => deed.told.kind === "queue" && deed.answered === seat.id && !deed.looked);
  const isIn = book.standing(seat).state === "checked_in";
  const press = (): void => {
    if (!isIn) void door.checkIn(seat);
    if (own) void door.look(own);
  };
  const label = say("They are in: {name}", { name: seat.name });
  const deed = button("button button-primary door-deed", say("They are in"), label, `called-${seat.id}`, press);
  return row(seat.name, say("Got a seat. Call them in."), say("Got a seat"), "held", [deed]);
}

function row(name: string, about: string, word: string, look: string, deeds: readonly HTMLButtonElement[]): HTMLLIElement {
  const made = element("li", "door-row");
  const who = element("div", "door-who");
  who.append(element("span", "door-name", name), element("span", "door-about", about));
  made.append(who, element("span", `badge badge-${look}`, word), ...deeds);
  return made;
}

function lookList(door: Door, look: readonly Deed[]): HTMLElement {
  const notice = element("div", "notice notice-warning");
  const list = element("ul", "door-list");
  for (const deed of look) {
    const line = element("li", "door-row");
    const who = element("div", "door-who");
    who.append(element("span", "door-name", deed.about), element("span", "", deed.sentence ?? ""));
    const label = say("Settled: {name}", { name: deed.about });
    line.append(who, button("button door-deed", sayIn("what was to look at", "Settled"), label, `look-${deed.told.id}`, () => void door.look(deed)));
    list.append(line);
  }
  notice.append(element("h3", "notice-title", say("To look at")), list);
  return notice;
}

function fact(title: string, text: string): HTMLDivElement {
  const made = element("div", "");
  made.append(element("dt", "", title), element("dd", "", text));
  return made;
}

function deedLine(book: Book, deed: Deed): HTMLLIElement {
  const sent = deed.outcome === undefined ? say("Not sent yet") : OUTCOMES[deed.outcome];
  const line = element("li", "", `${doneText(deed.told.kind, clock(deed.told.at, zoneOf(book)), deed.about)} `);
  if (sent) line.append(element("span", "badge", deed.outcome === "conflict" && deed.looked ? sayIn("what was to look at", "Settled") : sent));
  return line;
}
