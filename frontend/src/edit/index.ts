// "Edit" on the page of a pad: readers load no editor; whoever presses it does, and only then.

const PLAIN = "pad:plain"; // as in ../pad/session.ts

const desk = document.querySelector<HTMLElement>("[data-pad-desk]");
const button = desk?.querySelector<HTMLButtonElement>("[data-edit]");
if (desk && button) {
  button.hidden = false;
  button.addEventListener("click", () => void edit(desk, button));
  if (location.hash === "#edit") void edit(desk, button);
}

async function edit(desk: HTMLElement, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  const place = desk.querySelector<HTMLElement>("[data-pad-place]");
  const { editor = "", plain = "", look = "" } = desk.dataset;
  try {
    const script = new URL(isPlain() ? plain : editor, location.href).href;
    await style(look);
    place?.setAttribute("data-pad", "");
    place?.setAttribute("data-focus", "");
    await import(script);
    history.replaceState(null, "", "#edit");
    desk.setAttribute("data-editing", "");
  } catch {
    place?.removeAttribute("data-pad");
    button.disabled = false;
    const notice = desk.querySelector<HTMLElement>("[data-edit-failed]");
    if (notice) notice.hidden = false;
  }
}

function isPlain(): boolean {
  try {
    return localStorage.getItem(PLAIN) !== null;
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
