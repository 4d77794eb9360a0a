import { say, sayMany } from "../app/say";

/** What putting a session somewhere would do, counted by the server. `words` is all of it in sentences. */
export interface Price {
  name: string;
  change: number;
  refused: boolean;
  here: boolean;
  conflicts: number;
  words: string;
}

/** The price of each place: a slot and a room such as `12-3`, or `tray`. */
export type Prices = ReadonlyMap<string, Price>;

/** Ask what moving a session to each place would cost. Nothing is known when the server does not answer. */
export async function fetchPrices(address: string): Promise<Prices> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return new Map();
    const told = (await answer.json()) as { places: Record<string, Price> };
    return new Map(Object.entries(told.places));
  } catch {
    return new Map();
  }
}

/** Write its price on every place. */
export function showPrices(board: ParentNode, prices: Prices): void {
  for (const place of board.querySelectorAll<HTMLElement>("[data-place]")) {
    const price = prices.get(place.dataset["place"] ?? "");
    if (!price || price.here) continue;
    place.dataset["price"] = label(price);
    place.dataset["worth"] = worth(price);
  }
}

/** Take all prices away. */
export function hidePrices(board: ParentNode): void {
  for (const place of board.querySelectorAll<HTMLElement>("[data-price], [data-worth]")) {
    delete place.dataset["price"];
    delete place.dataset["worth"];
  }
}

function label(price: Price): string {
  if (price.refused) return say("not here");
  const change = price.change > 0 ? `+${price.change}` : `${price.change}`.replace("-", "−");
  if (!price.conflicts) return change;
  return sayMany("{change}, {count} conflict", "{change}, {count} conflicts", price.conflicts, { change });
}

function worth(price: Price): string {
  if (price.refused || price.conflicts) return "bad";
  if (price.change < 0) return "less";
  return price.change > 0 ? "more" : "same";
}
