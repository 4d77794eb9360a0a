// The agenda board: sessions picked up and put down. Without it every card has a form that does the same.

import { startKeys } from "./keys";
import { announce, Lifted } from "./lifted";
import { startPointer } from "./pointer";

let lifted: Lifted | null = null;
const deeds = new Set<XMLHttpRequest>(); // sent, and not answered yet

function lift(card: HTMLElement): Lifted {
  lifted?.cancel();
  lifted = new Lifted(document, card, () => (lifted = null));
  return lifted;
}

// What others did waits while a session is in the air, a place is being chosen in a list, or a deed is under way: its answer
// would have no board to go to, and nobody would read what it says.
function isBusy(): boolean {
  return lifted !== null || deeds.size > 0 || document.activeElement?.closest(".session-move") !== null;
}

function isNews(event: Event): boolean {
  const { elt, requestConfig } = (event as CustomEvent<{ elt?: Element; requestConfig?: { elt?: Element } }>).detail;
  return (requestConfig?.elt ?? elt)?.id === "board-news";
}

document.documentElement.classList.add("has-board");
startPointer(document, lift);
startKeys(document, lift, () => lifted);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (isNews(event) && isBusy()) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (isNews(event) && isBusy()) event.preventDefault();
});
document.addEventListener("htmx:beforeSend", (event) => {
  const { xhr, requestConfig } = (event as CustomEvent<{ xhr: XMLHttpRequest; requestConfig: { verb: string } }>).detail;
  if (requestConfig.verb !== "get") deeds.add(xhr);
});
document.addEventListener("htmx:afterRequest", (event) => {
  deeds.delete((event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr);
});
document.addEventListener("htmx:afterSettle", () => {
  const told = document.querySelector("#board .messages")?.textContent?.replace(/\s+/g, " ").trim();
  if (told) announce(document, told);
});
