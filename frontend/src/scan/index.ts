// Check-in at the door: `<body class="door" data-door=SLUG …>` (midcycle/onsite/templates/onsite/door.html).
// Puts the parts together: the key of this phone, what it keeps, what it sends, and what it shows.

import { say, sayMany } from "../app/say";
import { Book } from "./book";
import { Camera } from "./camera";
import { byId } from "./dom";
import { Door } from "./door";
import { forgetPage, keepPage } from "./keeping";
import { showMore, showPeople, showQueue } from "./lists";
import { Start } from "./start";
import { Store } from "./store";
import { Sync } from "./sync";
import { looksLikeTicket } from "./ticket";
import { VerdictBoard } from "./verdict";
import { Views } from "./views";
import { WalkInForm } from "./walkin";
import { stateOf, zoneOf } from "./words";

const TICK_MS = 1_000;

void mount(document.body);

async function mount(body: HTMLElement): Promise<void> {
  const { door: slug = "", decoder = "", list = "", events = "", offline = "" } = body.dataset;
  const store = await Store.open(slug).catch(() => null);
  if (!store) {
    byId("start-why").textContent = say(
      "This browser keeps nothing for this page, perhaps in a private window. Open the link in a usual one.",
    );
    byId("view-start").hidden = false;
    return;
  }
  await new App(slug, { list, events }, decoder, store).begin();
  keepPage(offline);
}

class App {
  private readonly book = new Book();
  private readonly board = new VerdictBoard();
  private readonly wanted = byId<HTMLInputElement>("wanted");
  private readonly others: BroadcastChannel; // windows of the same phone
  private readonly door: Door;
  private readonly walkIns: WalkInForm;
  private readonly views: Views;
  private readonly start: Start;
  private readonly camera: Camera;
  private sync: Sync | null = null;

  constructor(
    private readonly slug: string,
    private readonly places: { list: string; events: string },
    decoder: string,
    private readonly store: Store,
  ) {
    this.others = new BroadcastChannel(`door:${slug}`);
    this.door = new Door(this.book, store, this.board, {
      done: () => this.done(),
      checkedIn: () => (this.wanted.value = ""),
      walkIn: (name) => this.walkIn(name),
    });
    this.walkIns = new WalkInForm(this.book, this.door, () => this.views.show("walk-in"));
    this.camera = new Camera(byId<HTMLVideoElement>("video"), decoder, (text) => void this.door.meet(text));
    this.views = new Views(
      (name) => this.changedView(name),
      () => this.board.hide(),
    );
    this.start = new Start(slug, (key) => void this.letIn(key));
  }

  async begin(): Promise<void> {
    this.listen();
    const kept = await this.reload();
    const key = this.start.keyInAddress() ?? kept.key;
    if (key === null) this.start.ask("");
    else await this.letIn(key);
    setInterval(() => this.tick(), TICK_MS);
  }

  private async letIn(key: string): Promise<void> {
    this.sync?.end();
    await this.store.keepKey(key);
    void navigator.storage?.persist?.();
    this.sync = new Sync(this.slug, this.places, key, this.store, this.book, {
      changed: () => this.changed(),
      answered: (deeds) => this.door.heard(deeds),
      stopped: (stop, sentence) => (stop === "revoked" ? void this.forget(sentence) : this.start.trouble(say("This door link is not known here."))),
    });
    if (this.book.facts?.over) this.start.ask("");
    else if (this.book.facts) this.views.open();
    else this.start.load();
    this.sync.start();
    this.show();
  }

  private listen(): void {
    byId("find").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.find();
    });
    this.wanted.addEventListener("input", () => {
      this.board.hide();
      if (this.views.current !== "people" && !looksLikeTicket(this.wanted.value)) this.views.show("people", false);
      this.show();
    });
    document.addEventListener("keydown", (event) => this.typeInto(event));
    byId("more-reload").addEventListener("click", () => this.sync?.listAnew());
    byId("more-wipe").addEventListener("click", () => this.askToForget());
    byId("wipe").addEventListener("close", () => {
      if (byId<HTMLDialogElement>("wipe").returnValue === "wipe") void this.forget(say("This phone has forgotten the list."));
    });
    this.others.addEventListener("message", () => void this.reload().then(() => this.changed()));
    document.addEventListener("visibilitychange", () => this.changedView(this.views.current));
  }

  /** What was typed is a ticket when a scanner that is a keyboard typed it; else the first found who can come in is next. Never
      the button that undoes a check-in: the same key pressed again would send somebody out. */
  private async find(): Promise<void> {
    const text = this.wanted.value;
    if (looksLikeTicket(text)) {
      this.wanted.value = "";
      await this.door.meet(text);
      this.show();
    } else {
      byId("people-list").querySelector<HTMLElement>("button:not(.button-quiet)")?.focus();
    }
  }

  /** A scanner that is a keyboard, and whoever types a name, need not find the field first. */
  private typeInto(event: KeyboardEvent): void {
    const isTyped = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    const isLetter = /^[\p{L}\p{N}]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isLetter && !isTyped && !byId("find").hidden && !byId<HTMLDialogElement>("wipe").open) this.wanted.focus();
  }

  private walkIn(name: string): void {
    this.walkIns.begin(name);
    this.views.show("walk-in");
  }

  private changedView(name: string): void {
    if (name === "scan" && document.visibilityState === "visible") void this.openCamera();
    else this.camera.close();
    if (name === "walk-in" && this.walkIns.isEmpty() && !looksLikeTicket(this.wanted.value)) this.walkIns.begin(this.wanted.value);
    this.show();
  }

  private async openCamera(): Promise<void> {
    const hint = byId("scan-hint");
    hint.textContent = say("Opening the camera.");
    hint.textContent = (await this.camera.open()) ?? say("Hold a ticket in front of the camera.");
  }

  /** Something was done here. */
  private done(): void {
    this.others.postMessage("changed");
    this.show();
    this.sync?.nudge();
  }

  /** The server was asked. */
  private changed(): void {
    if (this.book.facts?.over && this.book.unsent().length === 0) void this.over();
    if (this.book.facts && !this.book.facts.over && !this.views.isOpen && this.sync) this.views.open();
    if (!this.book.facts && this.sync?.heard === false) this.start.trouble(say("There is no answer. Connect this phone to the network once."));
    this.show();
  }

  private show(): void {
    const { here } = this.book.counts();
    byId("count").textContent = this.book.facts ? sayMany("{count} here", "{count} here", here) : "";
    const state = stateOf(this.book.unsent().length, this.sync?.heard ?? null, this.book.facts?.heardAt ?? null, zoneOf(this.book));
    const line = byId("state");
    if (this.sync && line.textContent !== state.text) line.textContent = state.text;
    line.dataset["state"] = state.mood;
    showPeople(this.book, this.door, this.wanted.value);
    showQueue(this.book, this.door, this.now());
    showMore(this.book, this.door);
    this.walkIns.show();
  }

  private tick(): void {
    const until = this.book.facts?.keptUntil ?? null;
    if (until !== null && this.now() >= until) void this.over();
    if (this.views.current === "queue") showQueue(this.book, this.door, this.now());
  }

  /** The time by the server's clock, as far as it is known. */
  private now(): number {
    return Date.now() + (this.book.facts?.ahead ?? 0);
  }

  private async reload(): Promise<{ key: string | null }> {
    const kept = await this.store.load();
    this.book.fill(kept.facts, kept.seats, kept.deeds);
    return kept;
  }

  private askToForget(): void {
    const unsent = this.book.unsent().length;
    const lost = sayMany("{count} deed is not sent yet and would be lost.", "{count} deeds are not sent yet and would be lost.", unsent);
    byId("wipe-text").textContent = unsent > 0 ? lost : say("Everything is sent. You need a door link to come back.");
    byId<HTMLDialogElement>("wipe").showModal();
  }

  /** The meetup is over: forget everybody; what is not sent stays until it is. */
  private async over(): Promise<void> {
    const facts = this.book.facts;
    if (!facts || this.book.unsent().length === 0) {
      await this.forget(say("This meetup is over. This phone has forgotten the list."));
    } else if (!facts.over) {
      const rest = { ...facts, over: true };
      this.book.fill(rest, [], this.book.deeds);
      await this.store.keep(rest, [], [], true);
      this.close(say("This meetup is over, and its list is forgotten here. Connect this phone: some deeds are not sent yet."));
    }
  }

  /** Forget everything, and say why. */
  private async forget(why: string): Promise<void> {
    this.sync?.end();
    this.sync = null;
    await this.store.forget();
    this.book.fill(null, [], []);
    await forgetPage(location.pathname);
    this.close(why);
  }

  private close(why: string): void {
    this.camera.close();
    this.board.hide();
    this.views.close();
    this.start.ask(why);
    this.show();
  }
}
