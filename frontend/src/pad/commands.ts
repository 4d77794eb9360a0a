// What the toolbar and the keys do to the text.

import { EditorSelection, type ChangeSpec, type EditorState, type Line, type StateCommand } from "@codemirror/state";

const ITEM = /^(\s*)([-*+]|(\d+)([.)]))( \[[ xX]\])? /;

/** Put two stars around the selection, or take them away. */
export const bold: StateCommand = ({ state, dispatch }) => {
  const spec = state.changeByRange((range) => {
    const starred = state.sliceDoc(range.from - 2, range.from) === "**" && state.sliceDoc(range.to, range.to + 2) === "**";
    const changes: ChangeSpec = starred
      ? [
          { from: range.from - 2, to: range.from },
          { from: range.to, to: range.to + 2 },
        ]
      : [
          { from: range.from, insert: "**" },
          { from: range.to, insert: "**" },
        ];
    const by = starred ? -2 : 2;
    return { changes, range: EditorSelection.range(range.anchor + by, range.head + by) };
  });
  dispatch(state.update(spec, { userEvent: "input", scrollIntoView: true }));
  return true;
};

/** Make the lines headings, or take that back. */
export const heading = prefix(/^#{1,6} /, "## ");

/** Make the lines a list, or take that back. */
export const list = prefix(/^\s*[-*+] (?!\[[ xX]\])/, "- ");

/** Make the lines action items, or take that back. */
export const action = prefix(/^\s*[-*+] \[[ xX]\] /, "- [ ] ");

/** Begin a `##tag` at the cursor, after a space where one is needed. */
export const tag: StateCommand = ({ state, dispatch }) => {
  const spec = state.changeByRange((range) => {
    const space = range.from > 0 && /\S/.test(state.sliceDoc(range.from - 1, range.from)) ? " " : "";
    const insert = `${space}##${state.sliceDoc(range.from, range.to)}`;
    return { changes: { from: range.from, to: range.to, insert }, range: EditorSelection.cursor(range.from + insert.length) };
  });
  dispatch(state.update(spec, { userEvent: "input", scrollIntoView: true }));
  return true;
};

/** Go on with the list on the next line; on an empty item, end the list. */
export const nextItem: StateCommand = ({ state, dispatch }) => {
  const { head, empty } = state.selection.main;
  const line = state.doc.lineAt(head);
  const found = ITEM.exec(line.text);
  if (!empty || state.selection.ranges.length > 1 || !found || head < line.from + found[0].length) return false;
  if (line.text.trimEnd().length < found[0].length) {
    dispatch(state.update({ changes: { from: line.from, to: line.to }, userEvent: "delete" }));
    return true;
  }
  const [, indent = "", bullet = "", count, end = "", box] = found;
  const insert = `\n${indent}${count ? `${Number(count) + 1}${end}` : bullet}${box ? " [ ]" : ""} `;
  dispatch(state.update(state.replaceSelection(insert), { userEvent: "input", scrollIntoView: true }));
  return true;
};

function prefix(has: RegExp, add: string): StateCommand {
  return ({ state, dispatch }) => {
    const lines = selectedLines(state);
    const all = lines.every((line) => has.test(line.text));
    const changes = lines.flatMap((line) => {
      const found = has.exec(line.text);
      if (all) return found ? [{ from: line.from, to: line.from + found[0].length }] : [];
      if (found) return [];
      const old = /^(#{1,6} |\s*[-*+] (\[[ xX]\] )?)?/.exec(line.text)?.[0].length ?? 0;
      return [{ from: line.from, to: line.from + old, insert: add }];
    });
    const set = state.changes(changes);
    dispatch(state.update({ changes: set, selection: state.selection.map(set, 1), userEvent: "input", scrollIntoView: true }));
    return true;
  };
}

function selectedLines(state: EditorState): Line[] {
  const lines = new Map<number, Line>();
  for (const range of state.selection.ranges) {
    for (let at = range.from; at <= range.to; ) {
      const line = state.doc.lineAt(at);
      lines.set(line.number, line);
      at = line.to + 1;
    }
  }
  return [...lines.values()];
}
