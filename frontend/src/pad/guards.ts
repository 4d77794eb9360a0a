// Changes that would harm the shared text are put right before they happen.

import { EditorState, Transaction, type ChangeSpec, type Extension, type Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";

const LONGEST_INSERT = 60_000; // characters: with three bytes each still below the server's 256 KiB

/** Line ends are line feeds, no character is cut in two, and nothing longer than the server takes is inserted at once. */
export function guards(tooLong: () => void): Extension {
  return [
    // Without this a carriage return from elsewhere would be a line break here and a character there.
    EditorState.lineSeparator.of("\n"),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
    EditorState.transactionFilter.of((transaction) => {
      if (!transaction.docChanged || transaction.annotation(ySyncAnnotation)) return transaction;
      if (inserted(transaction) > LONGEST_INSERT) {
        tooLong();
        return [];
      }
      return wholeCharacters(transaction) ?? transaction;
    }),
  ];
}

function inserted(transaction: Transaction): number {
  let length = 0;
  transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, text) => {
    length += text.length;
  });
  return length;
}

/** The same edit with changes widened to whole surrogate pairs; null when they are whole already. */
function wholeCharacters(transaction: Transaction) {
  const doc = transaction.startState.doc;
  const changes: ChangeSpec[] = [];
  let cut = false;
  transaction.changes.iterChanges((fromA, toA, _fromB, _toB, text) => {
    const from = isSecondHalf(doc, fromA) ? fromA - 1 : fromA;
    const to = isSecondHalf(doc, toA) ? toA + 1 : toA;
    cut ||= from !== fromA || to !== toA;
    changes.push({ from, to, insert: doc.sliceString(from, fromA) + text.toString() + doc.sliceString(toA, to) });
  });
  if (!cut) return null;
  const { effects, scrollIntoView } = transaction;
  return { changes, selection: transaction.newSelection, effects, scrollIntoView, annotations: Transaction.userEvent.of("input") };
}

function isSecondHalf(doc: Text, at: number): boolean {
  return at > 0 && at < doc.length && /^[\udc00-\udfff]$/.test(doc.sliceString(at, at + 1));
}
