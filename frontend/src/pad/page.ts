// The parts of a pad on the page.

import { EditorView } from "@codemirror/view";

import { action, bold, heading, list, tag } from "./commands";

export interface Page {
  status: HTMLElement;
  notice: HTMLElement;
  sheet: HTMLElement;
  people: HTMLElement;
  spoken: HTMLElement;
  tools: HTMLElement;
}

/** A button of the toolbar. One that `reads` works for readers, too; one that can be pressed says whether it is. */
export interface Tool {
  label: string;
  sign: string;
  command(view: EditorView): boolean;
  keys?: string;
  pressed?(): boolean;
  reads?: boolean;
}

const TOOLS: Tool[] = [
  { label: "Bold", sign: "B", command: bold, keys: "Control+B Meta+B" },
  { label: "Heading", sign: "H", command: heading },
  { label: "List", sign: "\u2022", command: list },
  { label: "Tag", sign: "##", command: tag },
  { label: "Action item", sign: "\u2610", command: action },
];

/** Build the parts inside `root`. */
export function buildPage(root: HTMLElement): Page {
  const tools = element("div", "pad-tools");
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", "Formatting");
  const status = element("p", "pad-status");
  const bar = element("div", "pad-bar pad-bar-sticky");
  bar.append(tools, status);
  const notice = element("div", "notice notice-error pad-notice");
  notice.setAttribute("role", "alert");
  notice.hidden = true;
  const sheet = element("div", "pad-sheet pad-editor");
  const here = element("section", "pad-here");
  const people = element("ul", "people");
  const title = element("h2", "pad-here-title", "Here now");
  here.append(title, people);
  here.hidden = true;
  const spoken = element("p", "visually-hidden");
  spoken.setAttribute("aria-live", "polite");
  root.classList.add("pad");
  root.replaceChildren(here, bar, notice, sheet, spoken);
  return { status, notice, sheet, people, spoken, tools };
}

/** Fill the toolbar. One stop for the Tab key; arrows go from button to button (ARIA authoring practices, toolbar). */
export function fillTools(tools: HTMLElement, view: EditorView, more: readonly Tool[]): void {
  const buttons = [...TOOLS, ...more].map(({ label, sign, command, keys, pressed, reads }, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pad-tool";
    button.tabIndex = index === 0 ? 0 : -1;
    if (keys) button.setAttribute("aria-keyshortcuts", keys);
    const mark = element("span", "pad-tool-sign", sign);
    mark.setAttribute("aria-hidden", "true");
    button.append(mark, element("span", "pad-tool-label", label));
    if (pressed) button.setAttribute("aria-pressed", String(pressed()));
    button.addEventListener("click", () => {
      if (reads || !view.state.readOnly) command(view);
      if (pressed) button.setAttribute("aria-pressed", String(pressed()));
      view.focus();
    });
    return button;
  });
  tools.replaceChildren(...buttons);
  tools.addEventListener("keydown", (event) => step(event, buttons));
}

/** Make an element with a class and perhaps a text. */
export function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function step(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.findIndex((button) => button === document.activeElement);
  const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 };
  const to = moves[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
}
