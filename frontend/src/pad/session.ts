// One pad in one page, whatever it is typed into: the shared text, this browser's copy, the connection, and what is said about it.

import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";

import { say } from "../app/say";
import type { Look } from "./frames";
import { isWaiting, keepWaiting, Late } from "./keeping";
import { standOnKeyboard } from "./keyboard";
import { Link, type LinkState, type Present, type Role } from "./link";
import { buildPage, element, type Page } from "./page";
import { Announcer, showPeople, type Follower } from "./people";
import { Preview } from "./preview";
import { explain, statusOf } from "./status";
import type { Standing } from "./votes";

const LOCAL_MS = 1000; // for this browser's own store; a broken one must not keep anybody waiting
const PATIENCE_MS = 4000; // then people may write though the server is not there
const GRACE_MS = 1500; // a break this short is not shown while nothing is unsaved
const PLAIN = "pad:plain"; // in this browser's storage: whether pads open as a plain text field
export const TOO_LONG = say("This is too much to insert at once: at most 60 000 characters.");

/** What a surface is made from. */
export interface Stage {
  page: Page;
  text: Y.Text;
  announcer: Announcer;
  preview: Preview;
  link(): Link;
  label: string;
  wordsUrl: string;
  key: string; // of what this browser keeps of the pad
  warn(sentence: string): void;
}

/** What people type into. */
export interface Surface {
  setWritable(writable: boolean): void;
  present(here: readonly Present[]): void;
  looks(looks: readonly Look[]): void;
  greeted(me: string, role: Role): void;
  levelled(): void;
  votes(standings: readonly Standing[], refused: boolean): void;
  focus(): void;
  follower: Follower | null;
}

/** Mount every `<div data-pad …>` of the page: see docs/reference/live.md for its attributes. */
export function mountAll(make: (stage: Stage) => Surface): void {
  for (const root of document.querySelectorAll<HTMLElement>("[data-pad]")) void mount(root, make);
}

async function mount(root: HTMLElement, make: (stage: Stage) => Surface): Promise<void> {
  const { padId = "", liveUrl = "", ticketUrl = "", wordsUrl = "", person = "", label = document.title } = root.dataset;
  const page = buildPage(root);
  const doc = new Y.Doc({ gc: false }); // deleted line ends tell which votes are for lines that are gone
  const text = doc.getText("content");
  const announcer = new Announcer(page.spoken);
  const preview = new Preview();
  text.observe(() => preview.changed());
  const key = `${padId}:${person}`;
  const store = openStore(`pad:${key}`, doc);
  const late = new Late(key);
  let last = null as LinkState | null;
  let forgotten = false;
  const forget = async (): Promise<void> => {
    forgotten = true;
    await Promise.race([store?.clearData(), sleep(LOCAL_MS)]); // it waits for other tabs
    keepWaiting(key, false);
    late.found().drop();
    location.replace(location.pathname + location.search);
  };
  const show = stateShower(page, announcer, () => text.toString(), forget);

  const link: Link = new Link(doc, store, places(liveUrl, ticketUrl), {
    state: (state) => {
      show(state);
      last = state;
      if (!forgotten && (state.unsaved > 0 || state.open)) keepWaiting(key, state.unsaved > 0);
      if (state.everSynced) surface.setWritable(state.role === "write" && !state.stopped);
    },
    people: (here, came, gone) => {
      showPeople(page.people, here, doc.clientID, root.dataset["noteTaker"] ?? "", surface.follower);
      surface.present(here);
      announcer.changed(came, gone);
    },
    looks: (looks) => surface.looks(looks),
    greeted: (me, role) => surface.greeted(me, role),
    levelled: () => {
      surface.levelled();
      preview.changed();
    },
    votes: (standings, refused) => {
      surface.votes(standings, refused);
      preview.changed();
    },
  });
  const surface = make({
    page,
    text,
    announcer,
    preview,
    link: () => link,
    label,
    wordsUrl,
    key,
    warn: (sentence) => warn(page.notice, sentence),
  });
  standOnKeyboard(root, page.tools);
  addEventListener("beforeunload", (event) => {
    if (!forgotten && last && last.unsaved > 0) event.preventDefault();
  });
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === link || origin === store) return;
    late.typed(update);
    if (!last?.open) late.keep(doc.clientID); // a browser that is ended says no word to its pages
  });
  addEventListener("pagehide", () => {
    if (!forgotten && last && last.unsaved > 0) late.keep(doc.clientID);
  });
  await Promise.race([store?.whenSynced, sleep(LOCAL_MS)]);
  const { updates, drop } = late.found();
  for (const update of updates) Y.applyUpdate(doc, update);
  setTimeout(drop, LOCAL_MS); // they are in the store by then
  if (text.length > 0) surface.setWritable(true);
  link.start(isWaiting(key));
  if (root.dataset["focus"] !== undefined) surface.focus();
  await sleep(PATIENCE_MS);
  if (!last?.open) surface.setWritable(true);
}

/** A switch to the other kind of editor; the choice holds in this browser. */
export function switchTo(plain: boolean): void {
  try {
    if (plain) localStorage.setItem(PLAIN, "1");
    else localStorage.removeItem(PLAIN);
  } catch {
    return; // a browser that keeps nothing cannot keep this
  }
  location.reload();
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

function stateShower(
  page: Page,
  announcer: Announcer,
  text: () => string,
  forget: () => Promise<void>,
): (state: LinkState) => void {
  let mood = "";
  let timer = 0;
  let only = false; // our text is in this page alone, and no server will have it as things are
  const set = (state: LinkState): void => {
    const status = statusOf(state);
    page.status.textContent = status.text;
    page.status.dataset["state"] = status.mood;
    // Being offline is announced; every keystroke's "not saved yet" is not.
    if (mood !== status.mood && (mood === "offline" || status.mood === "offline")) announcer.say(status.text);
    mood = status.mood;
  };
  return (state) => {
    const isRefused = state.stopped !== null || (state.open && state.role === "read" && state.unsaved > 0);
    if (isRefused && !only) offerCopy(page.notice, explain(state.stopped ?? "read_only"), text, forget);
    if (!isRefused && only) page.notice.hidden = true;
    only = isRefused;
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
function offerCopy(notice: HTMLElement, sentence: string, text: () => string, forget: () => Promise<void>): void {
  const copy = element("button", "button", say("Copy my text"));
  copy.addEventListener("click", () => {
    void navigator.clipboard.writeText(text()).then(() => (copy.textContent = say("Copied")));
  });
  const again = element("button", "button button-quiet", say("Load the page anew"));
  again.addEventListener("click", () => location.reload());
  const row = element("div", "row");
  const away = element("button", "button button-quiet", say("Throw my changes away"));
  away.addEventListener("click", () => {
    if (confirm(say("Throw away the changes that are in this browser only?"))) void forget();
  });
  row.append(copy, again, away);
  notice.replaceChildren(element("p", "", sentence), row);
  notice.hidden = false;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
