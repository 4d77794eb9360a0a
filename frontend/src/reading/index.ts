// The notes on the page of a pad keep up with what is saved, while somebody looks and does not select or tab in them.

const EVERY_MS = 5000;
const LONGEST_MS = 60_000; // between questions while none is answered

let pause = EVERY_MS;
let timer = 0;

/** Some time around `pause`: a whole room that opened the page at once must not ask at once. */
function later(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void look(), pause * (0.8 + Math.random() * 0.4));
}

async function look(): Promise<void> {
  const notes = document.getElementById("pad-text");
  const address = notes?.dataset["news"];
  if (!notes || !address) return; // they do not change any more
  if (!document.hidden && notes.offsetParent && !isHeld(notes)) {
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      if (answer.status === 200) show(notes, await answer.text());
      pause = EVERY_MS;
    } catch {
      pause = Math.min(pause * 2, LONGEST_MS);
    }
  }
  later();
}

function show(notes: HTMLElement, html: string): void {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("pad-text");
  if (!fresh || isHeld(notes)) return;
  const { scrollTop } = notes;
  notes.replaceWith(fresh);
  fresh.scrollTop = scrollTop;
  const news = document.getElementById("pad-news");
  if (news) news.textContent = fresh.dataset["said"] ?? ""; // says the minute: a text reader hears it at most once in one
}

function isHeld(notes: HTMLElement): boolean {
  const selection = document.getSelection();
  return (selection !== null && !selection.isCollapsed && notes.contains(selection.anchorNode)) || notes.contains(document.activeElement);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void look();
});
later();
