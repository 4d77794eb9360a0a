// Proposals while one types: `##tags`, and in action items who does it and by when.
//
// Nothing is chosen when the list opens, so Enter still makes a new line; it takes a proposal only after an arrow key.

import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  moveCompletionSelection,
  startCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { Prec, type Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

import type { Words } from "./words";

const TAG = /(?<![\p{L}\p{N}#\\])##[\p{L}\p{N}_-]*/u;
const TAGS = /(?<![\p{L}\p{N}#\\])##([\p{L}\p{N}][\p{L}\p{N}_-]*)/gu;
const ACTION = /^\s*(?:[-*+]|\d+[.)]) \[[ xX]\] /;
const DUE = /[\s,]by (\S{0,10})$/i;
const LONGEST_READ = 200_000; // characters of a text that is read for its tags at each key
const DAYS = [0, 1, 2, 3, 4, 5, 6, 7, 14, 28]; // from today

/** Propose while one types; `here` gives the names of those in the pad. */
export function completion(words: Words, here: () => readonly string[]): Extension {
  return [
    autocompletion({
      override: [(context) => tags(context, words), (context) => owners(context, words, here()), days],
      defaultKeymap: false,
      selectOnOpen: false,
      icons: false,
      maxRenderedOptions: 30,
      interactionDelay: 0, // with nothing chosen, no key is taken by mistake
    }),
    Prec.highest(
      keymap.of([
        { key: "Ctrl-Space", run: startCompletion },
        { key: "Escape", run: closeCompletion },
        { key: "ArrowDown", run: moveCompletionSelection(true) },
        { key: "ArrowUp", run: moveCompletionSelection(false) },
        { key: "Enter", run: acceptCompletion },
      ]),
    ),
    // What a button of the toolbar or the Enter key wrote is no typing for the library.
    EditorView.updateListener.of(({ view, transactions }) => {
      const written = transactions.some((one) => one.docChanged && one.isUserEvent("input") && !one.isUserEvent("input.type"));
      if (written && isOpening(view)) setTimeout(() => startCompletion(view));
    }),
  ];
}

function isOpening(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  const before = view.state.sliceDoc(view.state.doc.lineAt(head).from, head);
  return /(?:^|[^#])##$/.test(before) || ACTION.exec(before)?.[0].length === before.length;
}

function tags(context: CompletionContext, words: Words): CompletionResult | null {
  const found = context.matchBefore(TAG);
  if (!found) return null;
  const typed = found.text.slice(2);
  const starts = found.from === context.state.doc.lineAt(found.from).from;
  if (starts && !typed && !context.explicit) return null; // most likely a heading
  const text = context.state.doc.length > LONGEST_READ ? "" : context.state.doc.toString();
  const here = [...text.matchAll(TAGS)].filter((one) => one.index !== found.from).map(([, name = ""]) => name.toLowerCase());
  const known = new Set([...words.tags, ...here]);
  known.delete(typed.toLowerCase());
  return { from: found.from + 2, options: [...known].map((label) => ({ label, displayLabel: `##${label}` })) };
}

function owners(context: CompletionContext, words: Words, here: readonly string[]): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const begun = ACTION.exec(line.text)?.[0].length;
  if (begun === undefined || context.pos < line.from + begun) return null;
  const typed = context.state.sliceDoc(line.from + begun, context.pos);
  if (typed.length > 40 || typed.includes(":")) return null;
  const end = context.state.sliceDoc(context.pos, context.pos + 1) === ":" ? "" : ": ";
  const options: Completion[] = [...new Set([...here, ...words.people])].map((name, index) => ({
    label: name,
    apply: name + end,
    boost: index < here.length ? 1 : 0,
  }));
  return { from: line.from + begun, options, validFor: /^[^:]{0,40}$/ };
}

function days(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const due = ACTION.test(line.text) ? DUE.exec(before) : null;
  if (!due) return null;
  const language = document.documentElement.lang || undefined;
  const weekday = new Intl.DateTimeFormat(language, { weekday: "long" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const options = DAYS.map((ahead) => {
    const day = new Date();
    day.setDate(day.getDate() + ahead);
    const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    const detail = `${weekday.format(day)}, ${ahead < 14 ? relative.format(ahead, "day") : relative.format(ahead / 7, "week")}`;
    return { label: `${date} ${detail}`, displayLabel: date, detail, apply: date };
  });
  return { from: context.pos - (due[1] ?? "").length, options };
}
