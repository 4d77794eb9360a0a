// Finding people as they are called, without their accents.

const LETTERS: Record<string, string> = { ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ħ: "h", ŧ: "t" };
const OTHERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const BETWEEN = /[^\p{L}\p{N}]+/gu;

/** "Zoë O'Brien-Ørsted" becomes "zoe obrien orsted". */
export function fold(text: string): string {
  const plain = text.toLowerCase().normalize("NFD").replace(/[\p{M}'’]/gu, "").replace(OTHERS, (letter) => LETTERS[letter] ?? letter);
  return plain.replace(BETWEEN, " ").trim();
}

/** Return the code of a ticket, or its beginning, as it is read aloud from a page that cannot be scanned; blank for a name. */
export function codeIn(wanted: string): string {
  const code = wanted.replace(/\s/g, "").toLowerCase();
  return /^(?=.*\d)[0-9a-f]{6,}$/.test(code) ? code : "";
}

/** Return the first `most` of those in whose text every wanted word begins a word, and how many there are. */
export function find<T>(all: readonly T[], textOf: (one: T) => string, wanted: string, most: number): { first: T[]; count: number } {
  const words = fold(wanted).split(" ").map((word) => ` ${word}`);
  const first: T[] = [];
  let count = 0;
  for (const one of all) {
    const text = ` ${textOf(one)}`;
    if (!words.every((word) => text.includes(word))) continue;
    count += 1;
    if (first.length < most) first.push(one);
  }
  return { first, count };
}
