import { say } from "../app/say";
import { fetchPrices, hidePrices, showPrices, type Prices } from "./prices";

/** A session somebody has picked up, the place it is over, and what that would cost. There is one at most. */
export class Lifted {
  readonly title: string;
  private prices: Prices = new Map();
  private over: HTMLElement | null = null;
  private isDown = false;

  constructor(
    readonly page: Document,
    readonly card: HTMLElement,
    private readonly ended: () => void,
  ) {
    this.title = card.querySelector(".session-title")?.textContent?.trim() ?? "";
    card.classList.add("is-lifted");
    page.documentElement.classList.add("is-moving");
    const address = this.grab?.dataset["prices"];
    if (address) void fetchPrices(address).then((prices) => this.learn(prices));
  }

  get grab(): HTMLElement | null {
    return this.card.querySelector<HTMLElement>(".session-grab");
  }

  get home(): HTMLElement | null {
    return this.card.closest<HTMLElement>("[data-place]");
  }

  get target(): HTMLElement | null {
    return this.over;
  }

  /** Show that it would be put there; null: nowhere. */
  aim(place: HTMLElement | null): void {
    if (place === this.over) return;
    this.over?.classList.remove("is-target");
    this.over = place;
    place?.classList.add("is-target");
    this.tell();
  }

  /** Send it where it was aimed at. What the server would refuse is not sent. */
  drop(): void {
    const place = this.over;
    const value = place?.dataset["place"] ?? "";
    const price = this.prices.get(value);
    if (!place || place === this.home) return this.cancel(say("It stays where it is."));
    if (price?.refused) return this.cancel(`${say("It stays where it is.")} ${price.words}`);
    this.putDown();
    send(this.page, { session: this.card.dataset["session"] ?? "", place: value });
  }

  cancel(why = say("Not moved.")): void {
    this.putDown();
    announce(this.page, why);
  }

  private learn(prices: Prices): void {
    if (this.isDown) return;
    this.prices = prices;
    showPrices(this.page, prices);
    this.tell();
  }

  private tell(): void {
    const value = this.over?.dataset["place"] ?? "";
    const price = this.prices.get(value);
    if (price) announce(this.page, price.here ? `${price.name}. ${price.words}` : `${price.name}: ${price.words}`);
    else announce(this.page, say("“{title}” is picked up.", { title: this.title }));
  }

  private putDown(): void {
    this.isDown = true;
    this.over?.classList.remove("is-target");
    this.card.classList.remove("is-lifted");
    this.page.documentElement.classList.remove("is-moving");
    hidePrices(this.page);
    this.ended();
  }
}

/** Say something in the live region of the board. */
export function announce(page: Document, text: string): void {
  const region = page.getElementById("board-says");
  if (region && region.textContent !== text) region.textContent = text;
}

// The form of the board carries the version that is seen; HTMX sends it.
function send(page: Document, values: Record<string, string>): void {
  const form = page.getElementById("move");
  if (!(form instanceof HTMLFormElement)) return;
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  form.requestSubmit();
}
