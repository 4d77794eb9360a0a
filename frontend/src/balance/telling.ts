// What a plan comes to, in words: the same as midcycle/funding/rules/telling.py, and one test compares both.

import { say, sayIn, sayMany } from "../app/say.ts";
import { inWords, type Money } from "./model.ts";
import { MOST, type Outcome, type Terms } from "./reckoning.ts";

const STRETCHES = 3;

/** The figures of an outcome in words, by name. */
export function told(found: Outcome, terms: Terms, money: Money): Record<string, string> {
  const words = (minor: bigint): string => inWords(minor, money);
  return {
    cost: words(found.cost),
    by_host: words(found.byHost),
    reserve: words(found.reserve),
    need: words(found.need),
    fees: words(found.fees),
    underwriting: words(found.underwriting),
    income: words(found.income),
    gap: words(found.gap < 0n ? -found.gap : found.gap),
    seats: `${found.seats}`,
    people: `${found.people}`,
    gap_label: gapLabel(found.gap),
    verdict: verdict(found, words),
    balanced: balancedWords(found.balanced),
    enough_seats: enough(found),
    enough_fee: found.enoughFee === null ? sayIn("no fee is enough", "none") : words(found.enoughFee),
    per_room: `${found.perRoom}`,
    comfort: comfort(found, terms),
  };
}

function enough(found: Outcome): string {
  const [low, high] = found.balanced[0] ?? [0, 0];
  if (low === 0) return sayIn("no number of seats is enough", "none");
  if (low > 1) return sayIn("number of seats", "from {least}", { least: low });
  return high === MOST ? sayIn("number of seats", "any") : sayIn("number of seats", "up to {most}", { most: high });
}

function gapLabel(gap: bigint): string {
  if (gap > 0n) return sayIn("after an amount of money", "missing");
  return gap < 0n ? sayIn("after an amount of money", "left") : sayIn("nothing is missing and nothing left", "balanced");
}

function verdict(found: Outcome, words: (minor: bigint) => string): string {
  const seats = sayMany("{count} seat", "{count} seats", found.seats);
  const plan = found.people === found.seats ? seats : sayMany("{seats}, {count} come", "{seats}, {count} come", found.people, { seats });
  if (found.gap === 0n) return say("{plan}: it balances to the last coin.", { plan });
  if (found.gap > 0n) return say("{plan}: {amount} missing.", { plan, amount: words(found.gap) });
  return say("{plan}: {amount} left.", { plan, amount: words(-found.gap) });
}

function balancedWords(found: Outcome["balanced"]): string {
  if (found.length === 0) return say("with no number of seats up to {most}", { most: MOST });
  const said = found.slice(0, STRETCHES).map(([low, high]) => stretch(low, high));
  const stretches = said.reduce((one, other) => say("{one} or {other}", { one, other }));
  return found.length > STRETCHES ? say("with {stretches}, and more", { stretches }) : say("with {stretches}", { stretches });
}

function stretch(low: number, high: number): string {
  if (high === MOST) return sayMany("{count} seats or more", "{count} seats or more", low);
  if (low < high) return sayMany("{low} to {count} seats", "{low} to {count} seats", high, { low });
  return sayMany("{count} seats", "{count} seats", low);
}

function comfort(found: Outcome, terms: Terms): string {
  if (found.isComfortable) return say("Comfortable: {most} in a discussion at most.", { most: terms.comfort });
  return sayMany(
    "Too many to talk: {most} at most. {count} room would do.",
    "Too many to talk: {most} at most. {count} rooms would do.",
    found.roomsNeeded,
    { most: terms.comfort },
  );
}
