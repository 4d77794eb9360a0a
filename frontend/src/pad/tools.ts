// The toolbar of the editor.

import type { EditorView } from "@codemirror/view";

import { say, sayIn } from "../app/say";
import { action, bold, heading, list, tag } from "./commands";
import { element } from "./page";
import type { Preview } from "./preview";

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
  { label: sayIn("a button of the editor", "Bold"), sign: "B", command: bold, keys: "Control+B Meta+B" },
  { label: sayIn("a button of the editor", "Heading"), sign: "H", command: heading },
  { label: sayIn("a button of the editor", "List"), sign: "\u2022", command: list },
  { label: sayIn("a button of the editor", "Tag"), sign: "##", command: tag },
  { label: sayIn("a button of the editor", "Action item"), sign: "\u2610", command: action },
];

function previewTool(preview: Preview): Tool {
  return { label: say("Preview"), sign: "\u25e8", command: () => preview.toggle(), pressed: () => preview.isOpen, reads: true };
}

function plainTool(plain: () => void): Tool {
  return { label: say("Plain text field"), sign: "T", command: () => (plain(), true), reads: true };
}

/** Fill the toolbar. One stop for the Tab key; arrows go from button to button (ARIA authoring practices, toolbar). */
export function fillTools(tools: HTMLElement, view: EditorView, more: readonly Tool[], preview: Preview, plain: () => void): void {
  const buttons = [...TOOLS, ...more, previewTool(preview), plainTool(plain)].map(({ label, sign, command, keys, pressed, reads }, index) => {
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
  tools.addEventListener("mousedown", (event) => event.preventDefault()); // the keyboard of a phone stays where it is
}

function step(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.findIndex((button) => button === document.activeElement);
  const onward = document.dir === "rtl" ? -1 : 1;
  const moves: Record<string, number> = { ArrowRight: at + onward, ArrowLeft: at - onward, Home: 0, End: buttons.length - 1 };
  const to = moves[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
}
