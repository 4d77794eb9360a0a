// Who is here, to see and to hear.

import type { Present } from "./link";
import { initials, tint } from "./names";
import { element } from "./page";

const MOST_SHOWN = 12;
const SPEAK_MS = 5000; // between two announcements

/** Show each person once, however many pages they have open. */
export function showPeople(list: HTMLElement, here: readonly Present[], me: number): void {
  const own = here.find((one) => one.client_id === me)?.person;
  const persons = new Map(here.map((one) => [one.person, one]));
  const shown = [...persons.values()].slice(0, MOST_SHOWN);
  const items = shown.map((one) => {
    const item = element("li", `person ${tint(one.colour)}`);
    const mark = element("span", "person-initials", initials(one.name));
    mark.setAttribute("aria-hidden", "true");
    const role = [one.person === own ? "you" : "", one.role === "read" ? "reads" : ""].filter(Boolean).join(", ");
    const name = element("span", "", one.name);
    if (role) name.append(" ", element("span", "person-role", role));
    item.append(mark, name);
    return item;
  });
  if (persons.size > shown.length) items.push(element("li", "person-more", `and ${persons.size - shown.length} more`));
  list.replaceChildren(...items);
  if (list.parentElement) list.parentElement.hidden = persons.size === 0;
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
    const names = (people: readonly Present[]): string => [...new Set(people.map((one) => one.name))].join(", ");
    if (came.length > 0) this.say(`${names(came)} joined.`);
    if (gone.length > 0) this.say(`${names(gone)} left.`);
  }

  private speak(): void {
    this.busy = this.waiting.length > 0;
    if (!this.busy) return;
    this.place.textContent = this.waiting.splice(0).join(" ");
    setTimeout(() => this.speak(), SPEAK_MS);
  }
}
