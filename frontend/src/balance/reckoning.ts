// What a meetup costs, brings in and lacks, for any number of seats: the same arithmetic as midcycle/funding/rules/balance.py,
// and one test compares both on many cases. Money is whole minor units in BigInt, people are numbers.

export const MOST = 1000; // seats

/** One cost line: its own amounts, and `up / down`, which turns its minor units into those of the budget. */
export interface Cost {
  basis: "fixed" | "per_head" | "stepped";
  amount: bigint;
  steps: readonly (readonly [number, bigint])[];
  up: bigint;
  down: bigint;
  byHost: boolean;
}

/** What holds whatever is tried, in percent, and how many people are comfortable in one discussion. */
export interface Terms {
  reserve: number;
  reducedShare: number;
  reducedPrice: number;
  comfort: number;
}

/** What is tried. */
export interface Plan {
  seats: number;
  fee: bigint;
  underwriting: bigint;
  noShow: number;
  rooms: number;
}

/** What all lines come to for 0 people, 1 and so on to MOST. */
export interface Curve {
  paid: readonly bigint[];
  byHost: readonly bigint[];
}

/** What a plan comes to; `gap` is what is missing, below zero when money is left. */
export interface Outcome {
  seats: number;
  people: number;
  cost: bigint;
  byHost: bigint;
  reserve: bigint;
  need: bigint;
  fees: bigint;
  underwriting: bigint;
  income: bigint;
  gap: bigint;
  balanced: readonly (readonly [number, number])[];
  enoughFee: bigint | null;
  perRoom: number;
  roomsNeeded: number;
  isComfortable: boolean;
}

/** `up / down`, neither below zero, to the nearest whole; half is rounded up. */
export function rounded(up: bigint, down: bigint): bigint {
  return (2n * up + down) / (2n * down);
}

/** What a line comes to for so many people, in the currency of the budget. */
export function costOf(line: Cost, people: number): bigint {
  return rounded(own(line, people) * line.up, line.down);
}

function own(line: Cost, people: number): bigint {
  if (line.basis === "per_head") return line.amount * BigInt(people);
  if (line.basis === "fixed") return line.amount;
  let amount = 0n;
  for (const [start, from] of line.steps) if (start <= people) amount = from;
  return amount;
}

/** What the lines come to for every number of people. Only the lines decide it, so it is reckoned once. */
export function curveOf(lines: readonly Cost[]): Curve {
  return { paid: summed(lines.filter((line) => !line.byHost)), byHost: summed(lines.filter((line) => line.byHost)) };
}

function summed(lines: readonly Cost[]): bigint[] {
  const changes: bigint[] = Array<bigint>(MOST + 1).fill(0n);
  const rest: Cost[] = [];
  let aHead = 0n;
  for (const line of lines) {
    if (line.basis !== "per_head") noteChanges(changes, line);
    else if (line.up === line.down) aHead += line.amount;
    else rest.push(line);
  }
  let steady = 0n;
  return changes.map((change, people) => {
    steady += change;
    return rest.reduce((sum, line) => sum + costOf(line, people), steady + aHead * BigInt(people));
  });
}

function noteChanges(changes: bigint[], line: Cost): void {
  let before = 0n;
  for (const [start, amount] of line.basis === "stepped" ? line.steps : [[0, line.amount] as const]) {
    const becomes = rounded(amount * line.up, line.down);
    if (start <= MOST) changes[start] = (changes[start] ?? 0n) + becomes - before;
    before = becomes;
  }
}

/** How many come when so many in a hundred do not. */
export function peopleOf(seats: number, noShow: number): number {
  return seats - Math.floor((seats * noShow) / 100);
}

/** The least number of seats with which so many come; more than MOST stands for never. */
export function seatsFor(people: number, noShow: number): number {
  let seats = people;
  while (seats <= MOST && peopleOf(seats, noShow) < people) seats += 1;
  return Math.min(seats, MOST + 1);
}

/** The numbers of seats worth a row, up to `far`: each tenth of the way, and where a step begins for those who come. */
export function sizesOf(lines: readonly Cost[], far: number, noShow: number): number[] {
  const tenth = Math.max(1, Math.floor(far / 10));
  const sizes = new Set<number>();
  for (let seats = tenth; seats <= far; seats += tenth) sizes.add(seats);
  for (const [start] of lines.flatMap((line) => line.steps)) {
    const seats = seatsFor(start, noShow);
    if (seats > far || seats <= 0) continue;
    sizes.add(seats);
    if (seats > 1) sizes.add(seats - 1);
  }
  return [...sizes].sort((one, other) => one - other);
}

/** What so many seats bring in. */
export function feesOf(seats: number, fee: bigint, terms: Terms): bigint {
  const reduced = reducedSeats(seats, terms);
  return BigInt(seats - reduced) * fee + BigInt(reduced) * rounded(fee * BigInt(terms.reducedPrice), 100n);
}

function reducedSeats(seats: number, terms: Terms): number {
  return Math.floor((seats * terms.reducedShare) / 100);
}

/** A cost with its reserve. */
export function needOf(cost: bigint, terms: Terms): bigint {
  return cost + rounded(cost * BigInt(terms.reserve), 100n);
}

/** What a plan comes to. */
export function outcome(curve: Curve, terms: Terms, plan: Plan): Outcome {
  const people = peopleOf(plan.seats, plan.noShow);
  const cost = curve.paid[people] ?? 0n;
  const need = needOf(cost, terms);
  const fees = feesOf(plan.seats, plan.fee, terms);
  const perRoom = Math.ceil(people / plan.rooms);
  return {
    seats: plan.seats,
    people,
    cost,
    byHost: curve.byHost[people] ?? 0n,
    reserve: need - cost,
    need,
    fees,
    underwriting: plan.underwriting,
    income: fees + plan.underwriting,
    gap: gapAt(curve, terms, plan, plan.seats),
    balanced: balanced(curve, terms, plan),
    enoughFee: enoughFee(need - plan.underwriting, plan.seats, terms),
    perRoom,
    roomsNeeded: Math.max(1, Math.ceil(people / terms.comfort)),
    isComfortable: perRoom <= terms.comfort,
  };
}

/** What is missing when a plan has so many seats, below zero when money is left. */
export function gapAt(curve: Curve, terms: Terms, plan: Plan, seats: number): bigint {
  const cost = curve.paid[peopleOf(seats, plan.noShow)] ?? 0n;
  return needOf(cost, terms) - feesOf(seats, plan.fee, terms) - plan.underwriting;
}

/** The stretches of numbers of seats, from 1 on, with which nothing is missing. */
export function balanced(curve: Curve, terms: Terms, plan: Plan): [number, number][] {
  const found: [number, number][] = [];
  for (let seats = 1; seats <= MOST; seats += 1) {
    if (gapAt(curve, terms, plan, seats) > 0n) continue;
    const last = found.at(-1);
    if (last && last[1] === seats - 1) last[1] = seats;
    else found.push([seats, seats]);
  }
  return found;
}

/** The least fee with which so many seats bring in what is missing; null when no fee does. */
export function enoughFee(missing: bigint, seats: number, terms: Terms): bigint | null {
  if (missing <= 0n) return 0n;
  if (seats - reducedSeats(seats, terms) <= 0 && !(seats && terms.reducedPrice)) return null;
  let low = 0n;
  let high = 100n * missing + 100n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (feesOf(seats, middle, terms) >= missing) high = middle;
    else low = middle;
  }
  return high;
}
