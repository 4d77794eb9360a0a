// The agenda board: sessions picked up and put down. Without it every card has a form that does the same.

import { startKeys } from "./keys";
import { Lifted, say } from "./lifted";
import { startPointer } from "./pointer";

let lifted: Lifted | null = null;

function lift(card: HTMLElement): Lifted {
  lifted?.cancel();
  lifted = new Lifted(document, card, () => (lifted = null));
  return lifted;
}

// What others did waits while a session is in the air or a place is being chosen in a list.
function isBusy(): boolean {
  return lifted !== null || document.activeElement?.closest(".session-move") !== null;
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
document.addEventListener("htmx:afterSettle", () => {
  const told = document.querySelector("#board .messages")?.textContent?.replace(/\s+/g, " ").trim();
  if (told) say(document, told);
});
