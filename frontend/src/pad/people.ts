// Who is here, to see and to hear.

import { say, sayIn, sayMany } from "../app/say";
import type { Present } from "./link";
import { initials, tint } from "./names";
import { element } from "./page";

const MOST_SHOWN = 12;
const SPEAK_MS = 5000; // between two announcements

/** Lets one follow somebody. */
export interface Follower {
  follows(person: string): boolean;
  follow(person: string, name: string, drawn: () => void): void;
  redrawn(drawn: () => void): void;
}

/** Show each person once, however many pages they have open, the note-taker first; others can be followed. */
export function showPeople(
  list: HTMLElement,
  here: readonly Present[],
  me: number,
  noteTaker: string,
  follower: Follower | null,
): void {
  const own = here.find((one) => one.client_id === me)?.person;
  const persons = [...new Map(here.map((one) => [one.person, one])).values()];
  persons.sort((one, other) => Number(other.person === noteTaker) - Number(one.person === noteTaker));
  const shown = persons.slice(0, MOST_SHOWN);
  const buttons: [HTMLElement, string][] = [];
  const draw = (): void => {
    for (const [button, person] of buttons) button.setAttribute("aria-pressed", String(follower?.follows(person) ?? false));
  };
  const items = shown.map((one) => {
    const item = element("li", `person ${tint(one.colour)}`);
    const mark = element("span", "person-initials", initials(one.name));
    mark.setAttribute("aria-hidden", "true");
    const role = rolesOf(one, one.person === own, one.person === noteTaker);
    const name = element("span", "", one.name);
    if (role) name.append(" ", element("span", "person-role", role));
    item.append(mark, name);
    if (follower && one.person !== own) {
      const button = element("button", "person-follow", sayIn("a button: go where somebody writes", "Follow"));
      button.setAttribute("type", "button");
      button.setAttribute("aria-label", say("Follow {name}", { name: one.name }));
      button.addEventListener("click", () => follower.follow(one.person, one.name, draw));
      buttons.push([button, one.person]);
      item.append(button);
    }
    return item;
  });
  const more = persons.length - shown.length;
  if (more > 0) items.push(element("li", "person-more", sayMany("and {count} more", "and {count} more", more)));
  follower?.redrawn(draw);
  draw();
  const held = document.activeElement?.closest(".person-follow")?.getAttribute("aria-label");
  list.replaceChildren(...items);
  if (held) buttons.find(([button]) => button.getAttribute("aria-label") === held)?.[0].focus();
  if (list.parentElement) list.parentElement.hidden = persons.length === 0;
}

function rolesOf(one: Present, isOwn: boolean, takesNotes: boolean): string {
  const roles = [
    isOwn ? sayIn("behind a name", "you") : "",
    takesNotes ? sayIn("behind a name", "takes notes") : "",
    one.role === "read" ? sayIn("behind a name", "reads") : "",
  ];
  return roles.filter(Boolean).join(", ");
}

/** Says who came and went, at most every five seconds, so that a text reader is not drowned. */
export class Announcer {
  private waiting: string[] = [];
  private busy = false;

  constructor(private readonly place: HTMLElement) {}

  /** Say a sentence soon. */
  say(sentence: string): void {
    this.waiting.push(sentence);
    if (!this.busy) this.speak();
  }

  /** Say who came and went. */
  changed(came: readonly Present[], gone: readonly Present[]): void {
    const names = (people: readonly Present[]): string[] => [...new Set(people.map((one) => one.name))];
    const [joined, left] = [names(came), names(gone)];
    if (joined.length > 0) this.say(sayMany("{names} joined.", "{names} joined.", joined.length, { names: joined.join(", ") }));
    if (left.length > 0) this.say(sayMany("{names} left.", "{names} left.", left.length, { names: left.join(", ") }));
  }

  private speak(): void {
    this.busy = this.waiting.length > 0;
    if (!this.busy) return;
    this.place.textContent = this.waiting.splice(0).join(" ");
    setTimeout(() => this.speak(), SPEAK_MS);
  }
}
