// Sentences in the language of the page. English stands here and is the key; the page carries the others in
// `<script type="application/json" id="words">`, which `{% words "pad" %}` prints (midcycle/web/scripts.py). A page in English has
// none. Translators find only what stands in the call as a literal, never a constant or a sentence put together.

export type Values = Readonly<Record<string, string | number>>;

interface Told {
  one: Record<string, string>;
  many: Record<string, string[]>; // the forms of the plural
  forms: string; // a digit for each number from 0 to 199 and one for a million: which form it takes
}

const CONTEXT = "\u0004"; // between a context and its word, as in the files of gettext
const ROUND = 1_000_000;

let kept: Told | null = null;

/** A sentence, with values where its `{name}`s stand. */
export function say(sentence: string, values: Values = {}): string {
  return filled(told().one[sentence] ?? sentence, values);
}

/** A word that means different things in different places, told apart by the context. */
export function sayIn(context: string, word: string, values: Values = {}): string {
  return filled(told().one[context + CONTEXT + word] ?? word, values);
}

/** The sentence for so many things; `{count}` in it is their number. */
export function sayMany(one: string, many: string, count: number, values: Values = {}): string {
  const forms = told().many[one];
  const form = forms ? forms[Number(told().forms[place(count)])] : undefined;
  return filled(form ?? (count === 1 ? one : many), { count, ...values });
}

/** No language of ours looks at more than the last two digits of a number from 100 on, or whether it is whole millions. */
function place(count: number): number {
  if (count < 200) return count;
  return count % ROUND === 0 ? 200 : 100 + (count % 100);
}

function filled(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/g, (there, name: string) => `${values[name] ?? there}`);
}

function told(): Told {
  const block = kept || typeof document === "undefined" ? null : document.getElementById("words");
  kept ??= block ? (JSON.parse(block.textContent ?? "") as Told) : { one: {}, many: {}, forms: "" };
  return kept;
}
