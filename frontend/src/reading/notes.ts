// The notes on the page of a pad: asked for anew, and put in place while nobody selects or tabs in them.

/** Ask for what is new, and show it; do nothing where the notes do not change any more. Throws where no answer comes. */
export async function renew({ latest = false } = {}): Promise<void> {
  const notes = document.getElementById("pad-text");
  const address = notes?.dataset["news"];
  if (!notes || !address || document.hidden || !notes.offsetParent || isHeld(notes)) return;
  const answer = await fetch(latest ? `${address}&latest=1` : address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  if (answer.status === 200) show(notes, await answer.text(), latest);
}

function show(notes: HTMLElement, html: string, quietly: boolean): void {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("pad-text");
  if (!fresh || !notes.isConnected || isHeld(notes)) return; // another answer was faster
  notes.replaceWith(fresh);
  const news = document.getElementById("pad-news");
  if (news && !quietly) news.textContent = fresh.dataset["said"] ?? ""; // says the minute: a text reader hears it at most once in one
}

function isHeld(notes: HTMLElement): boolean {
  const selection = document.getSelection();
  return (selection !== null && !selection.isCollapsed && notes.contains(selection.anchorNode)) || notes.contains(document.activeElement);
}
