// What the page hands over: the lines and the terms as the server reckons with them, whole numbers as text.

import type { Cost, Plan, Terms } from "./reckoning.ts";

/** How amounts are written in the language of the page: what stands around one above zero and one below, and the marks within. */
export interface Manner {
  above: readonly [string, string];
  below: readonly [string, string];
  group: string;
  decimal: string;
}

export interface Money {
  currency: string;
  digits: number;
  manner?: Manner; // English where there is none
}

export interface Model extends Money {
  reach: number; // seats the drawing goes to
  terms: Terms;
  lines: readonly Cost[];
  marks: readonly { seats: number; name: string }[];
}

interface Sent extends Money {
  reach: number;
  terms: Terms;
  lines: { basis: Cost["basis"]; amount: string; steps: [number, string][]; up: string; down: string; byHost: boolean }[];
  marks: { seats: number; name: string }[];
}

export function modelOf(text: string): Model {
  const sent = JSON.parse(text) as Sent;
  const lines = sent.lines.map((line) => ({
    ...line,
    amount: BigInt(line.amount),
    steps: line.steps.map(([start, amount]) => [start, BigInt(amount)] as const),
    up: BigInt(line.up),
    down: BigInt(line.down),
  }));
  return { ...sent, lines };
}

/** Minor units as people read them: `1,234.50 EUR`, as kernel/money.py writes them; without a name as they are typed. */
export function inWords(minor: bigint, money: Money, name = true): string {
  const manner = name ? (money.manner ?? english(` ${money.currency}`)) : english("");
  const digits = (minor < 0n ? -minor : minor).toString().padStart(money.digits + 1, "0");
  const cut = digits.length - money.digits;
  const whole = digits.slice(0, cut).replace(/\B(?=(?:[0-9]{3})+$)/g, manner.group);
  const [before, after] = minor < 0n ? manner.below : manner.above;
  return before + whole + (money.digits ? manner.decimal + digits.slice(cut) : "") + after;
}

function english(after: string): Manner {
  return { above: ["", after], below: ["\u2212", after], group: ",", decimal: "." };
}

// One mark with three digits behind it groups thousands, as on the server; what is not clear waits for the server to say so.
const PLAIN = /^[0-9]+$/;
const GROUPED = /^[0-9]{1,3}(?:([., '])[0-9]{3})(?:\1[0-9]{3})*$/;
const DECIMAL = /^([0-9]+|[0-9]{1,3}(?:([., '])[0-9]{3}(?:\2[0-9]{3})*))([.,])([0-9]+)$/;

/** An amount somebody types in minor units; null while it is none, or not clear. */
export function amountOf(text: string, money: Money): bigint | null {
  const typed = text.replace(/[\u00a0\u2009\u202f]/g, " ").replace(/\u2019/g, "'").trim();
  if (typed === "") return 0n;
  const scale = 10n ** BigInt(money.digits);
  if (PLAIN.test(typed)) return BigInt(typed) * scale;
  if (GROUPED.test(typed)) return money.digits === 3 ? null : BigInt(typed.replace(/[^0-9]/g, "")) * scale;
  const match = DECIMAL.exec(typed);
  const [, before = "", grouping, mark, behind = ""] = match ?? [];
  if (!match || behind.length > money.digits || mark === grouping) return null;
  const part = behind.padEnd(money.digits, "0");
  return BigInt(before.replace(/[^0-9]/g, "") + part);
}

/** A plan from what stands in the fields; null while one of them says nothing that can be reckoned. */
export function planOf(read: (name: string) => string, money: Money): Plan | null {
  const seats = whole(read("seats"), 1, 1000);
  const noShow = whole(read("no_show"), 0, 90);
  const rooms = whole(read("rooms"), 1, 50);
  const fee = amountOf(read("fee"), money);
  const underwriting = amountOf(read("underwriting"), money);
  if (seats === null || noShow === null || rooms === null || fee === null || underwriting === null) return null;
  if (fee > LARGEST || underwriting > LARGEST) return null;
  return { seats, fee, underwriting, noShow, rooms };
}

const LARGEST = 10n ** 12n;

function whole(text: string, low: number, high: number): number | null {
  const number = PLAIN.test(text.trim()) ? Number(text) : NaN;
  return number >= low && number <= high ? number : null;
}
