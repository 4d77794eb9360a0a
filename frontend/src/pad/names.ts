// How people are shown: initials and a tint, never the tint alone.

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
