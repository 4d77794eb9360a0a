// How people are shown: initials and a tint, never the tint alone.

import { say } from "../app/say";

const GUEST = "guest:"; // as in midcycle/pads/rules/writing.py, as is the next
const MARK = " (guest)";

/** A name as it is told: what says that a guest is one is kept in English. */
export function told<T extends { person: string; name: string }>(one: T): T {
  const isMarked = one.person.startsWith(GUEST) && one.name.endsWith(MARK);
  return isMarked ? { ...one, name: say("{name} (guest)", { name: one.name.slice(0, -MARK.length) }) } : one;
}

/** "Ada Byte" becomes "AB", "ada" becomes "A". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return ends.map((word) => [...(word ?? "")][0] ?? "").join("").toLocaleUpperCase();
}

/** The class of a colour from 0 to 7, one of those of the people list. */
export function tint(colour: number): string {
  return `person-${(((Math.trunc(colour) % 8) + 8) % 8) + 1}`;
}
