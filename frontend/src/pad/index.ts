// The pad editor: `<div data-pad data-pad-id data-live-url data-ticket-url>` becomes a live text.
// Optional: `data-words-url` (tags, names and authors in JSON), `data-person` (keeps offline text of people who share a browser
// apart), `data-note-taker` (person id), `data-label` (name of the text field) and `data-focus` (put the caret into it).

import { EditorView } from "@codemirror/view";

import { Authors } from "./authors";
import { Carets } from "./carets";
import { completion } from "./complete";
import { makeEditor, type Editor } from "./editor";
import { Following } from "./following";
import { covered } from "./keyboard";
import { mountAll, switchTo, TOO_LONG, type Stage, type Surface } from "./session";
import { useConstructedSheets } from "./stylesheets";
import { fillTools } from "./tools";
import { Votes } from "./votes";
import { Words } from "./words";

useConstructedSheets();
mountAll(makeSurface);

function makeSurface(stage: Stage): Surface {
  const { page, text, announcer } = stage;
  const carets = new Carets(text);
  const words: Words = new Words(stage.wordsUrl, () => authors.changed());
  const authors: Authors = new Authors(text, words);
  const votes: Votes = new Votes(
    text,
    `votes:${stage.key}`,
    (anchor, on) => stage.link().vote(anchor, on),
    (sentence) => announcer.say(sentence),
  );
  let names: string[] = [];
  const tell = (view: EditorView): void => stage.link().look(carets.own(view));
  const editor: Editor = makeEditor({
    parent: page.sheet,
    text,
    carets,
    more: [
      authors.extension,
      votes.extension,
      completion(words, () => names),
      EditorView.scrollMargins.of(() => covered(page.tools)),
    ],
    label: stage.label,
    moved: tell,
    composing: (now) => stage.link().hold(now),
    tooLong: () => stage.warn(TOO_LONG),
  });
  const following = new Following(editor.view, carets, announcer);
  fillTools(page.tools, editor.view, [votes.tool, authors.tool], stage.preview, () => switchTo(true));
  return {
    setWritable: (on) => editor.setWritable(on),
    present: (here) => {
      words.present(here);
      votes.present(here);
      names = here.map((one) => one.name);
    },
    looks: (looks) => {
      carets.update(editor.view, looks);
      following.moved();
    },
    greeted: (me, role) => {
      votes.greeted(me, role);
      if (role === "write") void words.ask();
    },
    levelled: () => votes.repeat(),
    votes: (standings, refused) => votes.told(standings, refused),
    focus: () => editor.view.focus(),
    follower: following,
  };
}
