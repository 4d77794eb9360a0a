// The pad editor: `<div data-pad data-pad-id data-live-url data-ticket-url>` becomes a live text.
// Optional: `data-words-url` (tags, names and authors in JSON), `data-person` (keeps offline text of people who share a browser apart) and `data-label` (name of the text field).

import type { EditorView } from "@codemirror/view";
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";

import { Authors } from "./authors";
import { Carets } from "./carets";
import { completion } from "./complete";
import { makeEditor, type Editor } from "./editor";
import { Link, type LinkState } from "./link";
import { buildPage, element, fillTools, type Page } from "./page";
import { Announcer, showPeople } from "./people";
import { explain, statusOf } from "./status";
import { useConstructedSheets } from "./stylesheets";
import { Votes } from "./votes";
import { Words } from "./words";

const LOCAL_MS = 1000; // for this browser's own store; a broken one must not keep anybody waiting
const PATIENCE_MS = 4000; // then people may write though the server is not there
const GRACE_MS = 1500; // a break this short is not shown while nothing is unsaved

useConstructedSheets();
for (const root of document.querySelectorAll<HTMLElement>("[data-pad]")) void mount(root);

async function mount(root: HTMLElement): Promise<void> {
  const { padId = "", liveUrl = "", ticketUrl = "", wordsUrl = "", person = "", label = document.title } = root.dataset;
  const page = buildPage(root);
  const doc = new Y.Doc({ gc: false }); // deleted line ends tell which votes are for lines that are gone
  const text = doc.getText("content");
  const carets = new Carets(text);
  const announcer = new Announcer(page.spoken);
  const store = openStore(`pad:${padId}:${person}`, doc);
  const show = stateShower(page, announcer, () => text.toString());

  const words: Words = new Words(wordsUrl, () => authors.changed());
  const authors: Authors = new Authors(text, words);
  const votes: Votes = new Votes(
    text,
    `votes:${padId}:${person}`,
    (anchor, on) => link.vote(anchor, on),
    (sentence) => announcer.say(sentence),
  );
  let last = null as LinkState | null;
  let names: string[] = [];

  const link = new Link(doc, store, places(liveUrl, ticketUrl), {
    state: (state) => {
      show(state);
      last = state;
      if (state.everSynced) editor.setWritable(state.role === "write" && !state.stopped);
    },
    people: (here, came, gone) => {
      showPeople(page.people, here, doc.clientID);
      words.present(here);
      votes.present(here);
      names = here.map((one) => one.name);
      announcer.changed(came, gone);
    },
    looks: (looks) => carets.update(editor.view, looks),
    greeted: (me, role) => {
      votes.greeted(me, role);
      if (role === "write") void words.ask();
    },
    levelled: () => votes.repeat(),
    votes: (standings, refused) => votes.told(standings, refused),
  });
  const tell = (view: EditorView): void => link.look(carets.own(view));
  const editor: Editor = makeEditor({
    parent: page.sheet,
    text,
    carets,
    more: [authors.extension, votes.extension, completion(words, () => names)],
    label,
    moved: tell,
    composing: (now) => link.hold(now),
    tooLong: () => warn(page.notice, "This is too much to insert at once: at most 60 000 characters."),
  });
  fillTools(page.tools, editor.view, [votes.tool, authors.tool]);
  addEventListener("beforeunload", (event) => {
    if (last && last.unsaved > 0) event.preventDefault();
  });
  await Promise.race([store?.whenSynced, sleep(LOCAL_MS)]);
  if (text.length > 0) editor.setWritable(true);
  link.start();
  await sleep(PATIENCE_MS);
  if (!last?.open) editor.setWritable(true);
}

/** The text of earlier visits, kept in this browser; none where the browser keeps nothing. */
function openStore(name: string, doc: Y.Doc): IndexeddbPersistence | null {
  try {
    const store = new IndexeddbPersistence(name, doc);
    store.on("error", () => undefined);
    return store;
  } catch {
    return null;
  }
}

function places(liveUrl: string, ticketUrl: string): { live: URL; ticket: string; token: string } {
  const live = new URL(liveUrl, location.href);
  live.protocol = live.protocol.replace("http", "ws");
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  return { live, ticket: ticketUrl, token };
}

function stateShower(page: Page, announcer: Announcer, text: () => string): (state: LinkState) => void {
  let mood = "";
  let timer = 0;
  const set = (state: LinkState): void => {
    const status = statusOf(state);
    page.status.textContent = status.text;
    page.status.dataset["state"] = status.mood;
    // Being offline is announced; every keystroke's "not saved yet" is not.
    if (mood !== status.mood && (mood === "offline" || status.mood === "offline")) announcer.say(status.text);
    mood = status.mood;
  };
  return (state) => {
    if (state.stopped) offerCopy(page.notice, explain(state.stopped), text);
    const brief = !state.open && state.unsaved === 0 && mood === "live" && !state.stopped;
    if (brief) {
      timer ||= setTimeout(() => set(state), GRACE_MS);
      return;
    }
    clearTimeout(timer);
    timer = 0;
    set(state);
  };
}

function warn(notice: HTMLElement, sentence: string): void {
  notice.replaceChildren(element("p", "", sentence));
  notice.hidden = false;
  setTimeout(() => (notice.hidden = true), 8000);
}

/** Nothing more will be sent: the text in this page is all there is of the last changes. */
function offerCopy(notice: HTMLElement, sentence: string, text: () => string): void {
  const copy = element("button", "button", "Copy my text");
  copy.addEventListener("click", () => {
    void navigator.clipboard.writeText(text()).then(() => (copy.textContent = "Copied"));
  });
  const again = element("button", "button button-quiet", "Load the page anew");
  again.addEventListener("click", () => location.reload());
  const row = element("div", "row");
  row.append(copy, again);
  notice.replaceChildren(element("p", "", sentence), row);
  notice.hidden = false;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
