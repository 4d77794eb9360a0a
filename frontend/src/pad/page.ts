// The parts of a pad on the page.

import { say, sayIn } from "../app/say";

export interface Page {
  status: HTMLElement;
  notice: HTMLElement;
  sheet: HTMLElement;
  people: HTMLElement;
  spoken: HTMLElement;
  tools: HTMLElement;
}

/** Build the parts inside `root`. */
export function buildPage(root: HTMLElement): Page {
  const tools = element("div", "pad-tools");
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", say("Formatting"));
  const status = element("p", "pad-status");
  const done = element("a", "button button-quiet pad-done", sayIn("a button: leave the editor", "Done")) as HTMLAnchorElement;
  done.href = location.pathname + location.search;
  const bar = element("div", "pad-bar pad-bar-sticky");
  bar.append(tools, status, done);
  const notice = element("div", "notice notice-danger pad-notice");
  notice.setAttribute("role", "alert");
  notice.hidden = true;
  const sheet = element("div", "pad-sheet pad-editor");
  const here = element("section", "pad-here");
  const people = element("ul", "people");
  const title = element("h2", "pad-here-title", say("Here now"));
  here.append(title, people);
  here.hidden = true;
  const spoken = element("p", "visually-hidden");
  spoken.setAttribute("aria-live", "polite");
  root.classList.add("pad");
  root.replaceChildren(here, bar, notice, sheet, spoken);
  return { status, notice, sheet, people, spoken, tools };
}

/** Make an element with a class and perhaps a text. */
export function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
