// "Edit" on the page of a pad: readers load no editor; whoever presses it does, and whoever has changes here that are not saved.

const WAITING = "pad:waiting:"; // as in ../pad/keeping.ts
const PLAIN = "pad:plain"; // as in ../pad/session.ts

const desk = document.querySelector<HTMLElement>("[data-pad-desk]");
const place = desk?.querySelector<HTMLElement>("[data-pad-place]");
if (desk && place) {
  const button = desk.querySelector<HTMLButtonElement>("[data-edit]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => void edit(desk, place, button, true));
  }
  if (button && location.hash === "#edit") void edit(desk, place, button, true);
  else if (isKept(`${WAITING}${place.dataset["padId"]}:${place.dataset["person"]}`)) void edit(desk, place, button, false);
}

async function edit(desk: HTMLElement, place: HTMLElement, button: HTMLButtonElement | null, focus: boolean): Promise<void> {
  if (button) button.disabled = true;
  const { editor = "", plain = "", look = "" } = desk.dataset;
  try {
    const script = new URL(isKept(PLAIN) ? plain : editor, location.href).href;
    await style(look);
    place.setAttribute("data-pad", "");
    if (focus) place.setAttribute("data-focus", "");
    await import(script);
    history.replaceState(null, "", "#edit");
    desk.setAttribute("data-editing", "");
  } catch {
    place.removeAttribute("data-pad");
    if (button) button.disabled = false;
    const notice = desk.querySelector<HTMLElement>("[data-edit-failed]");
    if (notice) notice.hidden = false;
  }
}

function isKept(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

function style(address: string): Promise<void> {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = () => done();
    link.onerror = () => failed(new Error("The look of the editor did not come."));
    document.head.append(link);
  });
}
