/** Small helps that need a script: dialogs, copying a link, the first mistake in view, the current tab in view. */
export function startComforts(page: Document): void {
  page.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-opens], [data-copies]") : null;
    if (pressed?.dataset["opens"]) openDialog(page, pressed.dataset["opens"], event);
    if (pressed?.dataset["copies"]) copyField(page, pressed.dataset["copies"], event);
  });
  showWhereYouAre(page);
  tellNews(page);
  page.addEventListener("htmx:afterSettle", () => focusMistakes(page));
  focusMistakes(page);
}

// `<a href="cancel/" data-opens="cancel">`: without a script, or without the dialog, the link leads to a page that asks.
function openDialog(page: Document, id: string, event: Event): void {
  const dialog = page.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
}

function copyField(page: Document, id: string, event: Event): void {
  const field = page.getElementById(id);
  if (!(field instanceof HTMLInputElement)) return;
  event.preventDefault();
  field.select();
  void navigator.clipboard?.writeText(field.value);
}

function focusMistakes(page: Document): void {
  page.querySelector<HTMLElement>(".error-summary:not([data-seen])")?.focus();
  for (const summary of page.querySelectorAll<HTMLElement>(".error-summary")) summary.dataset["seen"] = "";
}

// `<p data-says="news">` in what is fetched again and again: told in the live region of that id only when it says another thing.
function tellNews(page: Document): void {
  const known = new Map<string, string>();
  const tell = (): void => {
    for (const said of page.querySelectorAll<HTMLElement>("[data-says]")) {
      const [id, text] = [said.dataset["says"] ?? "", said.textContent?.trim() ?? ""];
      const region = page.getElementById(id);
      if (region && known.has(id) && known.get(id) !== text) region.textContent = text;
      known.set(id, text);
    }
  };
  tell();
  page.addEventListener("htmx:afterSettle", tell);
}

function showWhereYouAre(page: Document): void {
  for (const tab of page.querySelectorAll<HTMLElement>(".subnav [aria-current], .tabs [aria-current]")) {
    const bar = tab.closest<HTMLElement>(".subnav, .tabs");
    if (bar) bar.scrollLeft += shift(tab.getBoundingClientRect(), bar.getBoundingClientRect(), page.dir === "rtl");
  }
}

function shift(tab: DOMRect, bar: DOMRect, fromRight: boolean): number {
  return fromRight ? tab.right - bar.right + 32 : tab.left - bar.left - 32;
}
