// The editor: CodeMirror bound to the shared text.

import { defaultKeymap } from "@codemirror/commands";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import * as Y from "yjs";

import { say } from "../app/say";
import type { Carets } from "./carets";
import { bold, nextItem } from "./commands";
import { guards } from "./guards";
import { markdown } from "./markdown";

const BAR_HEIGHT = 96; // pixels that the toolbar may cover

export interface EditorOptions {
  parent: HTMLElement;
  text: Y.Text;
  carets: Carets;
  more: Extension; // drawn from the shared text
  label: string;
  moved(view: EditorView): void; // the selection or the focus changed
  composing(now: boolean): void;
  tooLong(): void;
}

export interface Editor {
  view: EditorView;
  setWritable(writable: boolean): void;
}

/** Make the editor; nothing can be typed until it is made writable. */
export function makeEditor(options: EditorOptions): Editor {
  const writable = new Compartment();
  const state = EditorState.create({
    doc: options.text.toString(),
    extensions: [
      writable.of(readOnly(true)),
      guards(options.tooLong),
      yCollab(options.text, null, { undoManager: new Y.UndoManager(options.text) }), // undo takes back one's own changes only
      options.carets.extension,
      options.more,
      markdown(),
      EditorView.lineWrapping,
      EditorView.scrollMargins.of(() => ({ top: BAR_HEIGHT, bottom: BAR_HEIGHT })),
      placeholder(say("Write here. Everybody in this pad sees it.")),
      EditorView.contentAttributes.of({ dir: "auto", "aria-label": options.label, spellcheck: "true", autocapitalize: "sentences" }),
      keymap.of([{ key: "Mod-b", run: bold }, { key: "Enter", run: nextItem }, ...yUndoManagerKeymap, ...defaultKeymap]),
      EditorView.domEventHandlers({
        compositionstart: () => options.composing(true),
        compositionend: () => void setTimeout(() => options.composing(false)), // after the editor has read the word
      }),
      EditorView.updateListener.of((update) => {
        if (update.selectionSet || update.focusChanged || update.docChanged) options.moved(update.view);
      }),
    ],
  });
  const view = new EditorView({ state, parent: options.parent });
  return {
    view,
    setWritable: (on) => {
      if (view.state.readOnly === on) view.dispatch({ effects: writable.reconfigure(readOnly(!on)) });
    },
  };
}

function readOnly(on: boolean) {
  // Reachable by the Tab key all the same, to be read and scrolled.
  const attributes = EditorView.contentAttributes.of({ "aria-readonly": String(on), tabindex: "0" });
  return [EditorState.readOnly.of(on), EditorView.editable.of(!on), attributes];
}
