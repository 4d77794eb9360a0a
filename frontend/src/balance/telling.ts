// What a plan comes to, in words: the same as midcycle/funding/rules/telling.py, and one test compares both.

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
    gap_label: found.gap > 0n ? "missing" : found.gap < 0n ? "left" : "balanced",
    verdict: verdict(found, words),
    balanced: balancedWords(found.balanced),
    enough_seats: enough(found),
    enough_fee: found.enoughFee === null ? "none" : words(found.enoughFee),
    per_room: `${found.perRoom}`,
    comfort: comfort(found, terms),
  };
}

function enough(found: Outcome): string {
  const [low, high] = found.balanced[0] ?? [0, 0];
  if (low === 0) return "none";
  if (low > 1) return `from ${low}`;
  return high === MOST ? "any" : `up to ${high}`;
}

function verdict(found: Outcome, words: (minor: bigint) => string): string {
  const seats = found.seats === 1 ? "1 seat" : `${found.seats} seats`;
  const come = found.people === found.seats ? "" : `, ${found.people} come`;
  if (found.gap === 0n) return `${seats}${come}: it balances to the last coin.`;
  return `${seats}${come}: ${found.gap > 0n ? `${words(found.gap)} missing` : `${words(-found.gap)} left`}.`;
}

function balancedWords(stretches: Outcome["balanced"]): string {
  if (stretches.length === 0) return `with no number of seats up to ${MOST}`;
  const said = stretches.slice(0, STRETCHES).map(([low, high]) => stretch(low, high));
  return `with ${said.join(" or ")}${stretches.length > STRETCHES ? ", and more" : ""}`;
}

function stretch(low: number, high: number): string {
  if (high === MOST) return `${low} seats or more`;
  return low < high ? `${low} to ${high} seats` : `${low} seats`;
}

function comfort(found: Outcome, terms: Terms): string {
  if (found.isComfortable) return `Comfortable: ${terms.comfort} in a discussion at most.`;
  return `Too many to talk: ${terms.comfort} at most. ${found.roomsNeeded} rooms would do.`;
}
