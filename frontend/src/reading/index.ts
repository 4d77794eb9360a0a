// The notes on the page of a pad keep up with what is saved, while somebody looks.

import { renew } from "./notes";

const EVERY_MS = 5000;
const LONGEST_MS = 60_000; // between questions while none is answered

let pause = EVERY_MS;
let timer = 0;

/** Some time around `pause`: a whole room that opened the page at once must not ask at once. */
function later(): void {
  clearTimeout(timer);
  if (!document.getElementById("pad-text")?.dataset["news"]) return; // they do not change any more
  timer = setTimeout(() => void look(), pause * (0.8 + Math.random() * 0.4));
}

async function look(): Promise<void> {
  try {
    await renew();
    pause = EVERY_MS;
  } catch {
    pause = Math.min(pause * 2, LONGEST_MS);
  }
  later();
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void look();
});
later();
