// The connection of one pad: ticket, synchronising, sending what is typed, coming back after a break.

import * as Y from "yjs";

import type { Control, Hello } from "./control";
import { answer, change, look, question, readFrame, type Bytes, type Frame, type Look } from "./frames";
import { told } from "./names";
import { Saving } from "./saving";
import type { Standing } from "./votes";

const FIRST_CLIENT = 1000;
const LAST_CLIENT = 2 ** 28 - 1;
const LARGEST_MESSAGE = 256 * 1024;
const GATHER_MS = 20; // keystrokes that travel together
const LOOK_MS = 100; // between two carets of ours
const SILENCE_MS = 40_000; // the server beats every 15 seconds
const UNANSWERED_MS = 10_000; // of silence after something was sent: the network is gone and did not say so
const STALE_MS = 20_000; // after sleep: do not wait for the silence to be long
const RENEW_MS = 10 * 60_000; // a ticket holds a connection for 15 minutes
const RENEW_WITHIN_MS = 1000; // when the server asks a whole room for new ones, not all at once
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 20_000;
const MOST_RETRIES_UNPLACEABLE = 3;

export type Role = "read" | "write";

/** Somebody with this pad open. */
export interface Present {
  client_id: number;
  person: string;
  name: string;
  colour: number;
  role: Role;
}

/** Why the server will not take our text, in the words of docs/reference/live.md. */
export type Stop = "forged" | "read_only" | "full" | "unplaceable" | "replaced" | "malformed" | "unknown" | "too_large";

export interface LinkState {
  open: boolean; // greeted and synchronised
  unsaved: number;
  role: Role;
  stopped: Stop | null;
  everSynced: boolean;
  signedOut: boolean; // the web side gives us no ticket
}

export interface LinkHandlers {
  state(state: LinkState): void;
  people(here: readonly Present[], joined: readonly Present[], left: readonly Present[]): void;
  looks(looks: readonly Look[]): void;
  greeted(person: string, role: Role): void; // the server knows us by this id
  levelled(): void; // the server has our text
  votes(standings: readonly Standing[], refused: boolean): void;
}

interface Places {
  live: URL;
  ticket: string;
  token: string;
}

const STOPS: Record<number, Stop> = { 1009: "too_large", 4400: "malformed", 4403: "forged", 4404: "unknown", 4413: "full" };

export class Link {
  private socket: WebSocket | null = null;
  private readonly saving = new Saving();
  private readonly people = new Map<number, Present>();
  private waiting: Uint8Array[] = []; // typed, not sent
  private arrived: Uint8Array[] = []; // received while somebody composes a word
  private holding = false;
  private greeted = false; // hello has come on this socket
  private levelled = false; // our step 2 has been sent on this socket: what is typed now follows it
  private synced = false; // the server's step 2 has come on this socket
  private everSynced = false;
  private role: Role = "write";
  private stopped: Stop | null = null;
  private signedOut = false;
  private reason = "";
  private tries = 0;
  private unplaceable = 0;
  private heard = 0;
  private told = 0; // when the oldest message that nobody has answered was sent
  private clock = 0;
  private caret: unknown = null;
  private timers = { gather: 0, look: 0, retry: 0, renew: 0 };

  constructor(
    private readonly doc: Y.Doc,
    private readonly store: unknown, // origin of changes that come from this browser's own store
    private readonly places: Places,
    private readonly handlers: LinkHandlers,
  ) {
    doc.clientID = FIRST_CLIENT + Math.floor(Math.random() * (LAST_CLIENT - FIRST_CLIENT));
    doc.on("update", (update: Uint8Array, origin: unknown) => this.updated(update, origin));
  }

  /** Connect, and stay connected. `waiting` says that an earlier page left changes that were not saved. */
  start(waiting: boolean): void {
    if (waiting) this.saving.found();
    void this.connect();
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => {
      if (this.socket) this.lost(this.socket);
    });
    document.addEventListener("visibilitychange", () => this.wake());
    setInterval(() => {
      const patience = this.saving.unsaved > 0 ? UNANSWERED_MS : SILENCE_MS;
      if (this.socket && performance.now() - Math.max(this.heard, this.told) > patience) this.lost(this.socket);
    }, 2000);
  }

  /** Keep incoming changes back while `hold`: they would break the word that is being composed. */
  hold(hold: boolean): void {
    this.holding = hold;
    if (!hold) for (const body of this.arrived.splice(0)) Y.applyUpdate(this.doc, body, this);
  }

  /** Show the others where our caret is. */
  look(caret: unknown): void {
    this.caret = caret;
    this.timers.look ||= setTimeout(() => {
      this.timers.look = 0;
      if (this.synced) this.sendLook();
    }, LOOK_MS);
  }

  /** Say +1 for the line that begins with a character, or take it back; what is typed goes first. Not before `levelled`. */
  vote(anchor: string, on: boolean): void {
    if (!this.levelled || this.role === "read") return;
    this.flush();
    this.socket?.send(JSON.stringify({ type: "vote", anchor, on }));
  }

  private updated(update: Uint8Array, origin: unknown): void {
    if (origin === this) return;
    if (origin !== this.store) this.saving.change();
    else if (this.levelled) this.saving.found();
    this.waiting.push(update);
    this.timers.gather ||= setTimeout(() => this.flush(), GATHER_MS);
    this.tell();
  }

  private flush(): void {
    this.timers.gather = 0;
    if (!this.levelled || this.role === "read") {
      this.waiting = []; // our step 2 will carry it
    } else if (this.waiting.length > 0) {
      this.sendCounted(change, Y.mergeUpdates(this.waiting.splice(0)));
    }
  }

  private sendCounted(write: (body: Uint8Array) => Bytes, body: Uint8Array): void {
    if (body.length + 16 > LARGEST_MESSAGE) {
      this.stop("too_large");
      return;
    }
    if (this.told < this.heard) this.told = performance.now();
    this.saving.sent();
    this.socket?.send(write(body));
  }

  private sendLook(): void {
    this.clock += 1;
    this.socket?.send(look(this.doc.clientID, this.clock, { cursor: this.caret }));
  }

  // Connecting

  private async connect(): Promise<void> {
    this.timers.retry = 0;
    if (this.stopped || this.socket) return;
    const ticket = await this.ticket();
    if (ticket === null || this.socket) {
      this.again();
      return;
    }
    const socket = new WebSocket(this.places.live);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.heard = performance.now();
    this.greeted = this.levelled = this.synced = false;
    this.reason = "";
    this.saving.connected();
    socket.onopen = () => this.knock(socket, ticket);
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.receive(socket, event.data);
    socket.onclose = (event) => this.closed(socket, event.code);
  }

  private async ticket(): Promise<string | null> {
    try {
      const response = await fetch(this.places.ticket, {
        method: "POST",
        headers: { "X-CSRFToken": this.places.token, Accept: "application/json" },
        credentials: "same-origin",
      });
      this.signedOut = [401, 403, 404].includes(response.status);
      this.tell();
      if (!response.ok) return null;
      const body = (await response.json()) as { ticket?: unknown };
      return typeof body.ticket === "string" ? body.ticket : null;
    } catch {
      return null; // no network; the caller tries again
    }
  }

  private knock(socket: WebSocket, ticket: string): void {
    socket.send(JSON.stringify({ type: "ticket", ticket, client_id: this.doc.clientID }));
  }

  private renew(socket: WebSocket): void {
    clearTimeout(this.timers.renew);
    this.timers.renew = setTimeout(() => {
      void this.showNewTicket(socket);
      this.renew(socket);
    }, RENEW_MS);
  }

  private async showNewTicket(socket: WebSocket): Promise<void> {
    const ticket = await this.ticket();
    if (ticket && socket === this.socket && socket.readyState === WebSocket.OPEN) this.knock(socket, ticket);
  }

  private closed(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    this.unplaceable = this.reason === "unplaceable" ? this.unplaceable + 1 : this.unplaceable;
    const stop = this.reason === "replaced" ? "replaced" : this.unplaceable >= MOST_RETRIES_UNPLACEABLE ? "unplaceable" : STOPS[code];
    if (stop) this.stop(this.reason === "read_only" ? "read_only" : stop);
    this.lost(socket);
  }

  private stop(why: Stop): void {
    this.stopped = why;
    this.socket?.close();
    this.tell();
  }

  private lost(socket: WebSocket): void {
    socket.onclose = socket.onmessage = socket.onopen = null;
    socket.close();
    this.socket = null;
    this.greeted = this.levelled = this.synced = false;
    clearTimeout(this.timers.renew);
    const gone = [...this.people.values()];
    this.people.clear();
    this.handlers.people([], [], []);
    this.handlers.looks(gone.map((one) => ({ client: one.client_id, state: null })));
    this.tell();
    this.again();
  }

  /** Try again after a while that doubles, and differs between people so that they do not all come at once. */
  private again(): void {
    if (this.stopped || this.timers.retry) return;
    const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.tries);
    this.tries += 1;
    this.timers.retry = setTimeout(() => void this.connect(), most * (0.5 + Math.random() / 2));
  }

  private wake(): void {
    if (document.hidden) return;
    if (this.socket && performance.now() - this.heard > STALE_MS) this.lost(this.socket);
    if (!this.socket && this.timers.retry) {
      clearTimeout(this.timers.retry);
      void this.connect();
    }
  }

  // Receiving

  private receive(socket: WebSocket, data: string | ArrayBuffer): void {
    if (socket !== this.socket) return;
    this.heard = performance.now();
    if (typeof data === "string") this.control(socket, JSON.parse(data) as Control);
    else this.frame(readFrame(new Uint8Array(data)));
  }

  private control(socket: WebSocket, message: Control): void {
    switch (message.type) {
      case "hello":
        this.hello(socket, message);
        break;
      case "ack":
        this.saving.acknowledged(message.seq);
        this.unplaceable = 0;
        this.tell();
        break;
      case "people":
        this.peopleChanged(message.joined.map(told), message.left);
        break;
      case "refused":
        this.reason = message.reason;
        if (message.reason === "read_only" && !message.vote) this.saving.refused();
        break;
      case "renew": // who may do what has changed
        setTimeout(() => void this.showNewTicket(socket), Math.random() * RENEW_WITHIN_MS);
        break;
      case "votes":
        this.handlers.votes(message.votes, message.refused === true);
        break;
      case "beat":
        break;
    }
  }

  private hello(socket: WebSocket, message: Hello): void {
    this.greeted = true;
    this.role = message.role;
    this.doc.clientID = message.client_id;
    this.people.clear();
    for (const one of message.people) this.people.set(one.client_id, told(one));
    this.handlers.people([...this.people.values()], [], []);
    this.handlers.greeted(this.people.get(message.client_id)?.person ?? "", message.role);
    socket.send(question(Y.encodeStateVector(this.doc)));
    this.renew(socket);
    this.tell();
  }

  private peopleChanged(joined: readonly Present[], left: readonly number[]): void {
    const gone = left.flatMap((client) => this.people.get(client) ?? []);
    const came = joined.filter((one) => !this.people.has(one.client_id));
    for (const one of gone) this.people.delete(one.client_id);
    for (const one of joined) this.people.set(one.client_id, one);
    this.handlers.people([...this.people.values()], came, gone);
    this.turned(this.people.get(this.doc.clientID)?.role ?? this.role);
  }

  /** What was refused to a reader is sent when they may write again: levelling anew does that. */
  private turned(role: Role): void {
    if (role === this.role) return;
    this.role = role;
    this.tell();
    if (role === "write" && this.saving.unsaved > 0 && this.socket) this.lost(this.socket);
  }

  private frame(frame: Frame): void {
    switch (frame.kind) {
      case "question":
        this.level(frame.vector);
        break;
      case "answer":
        this.apply(frame.body);
        this.arrivedWhole();
        break;
      case "change":
        this.apply(frame.body);
        break;
      case "looks":
        this.handlers.looks(frame.looks.filter((one) => one.client !== this.doc.clientID));
        break;
      case "other":
        break;
    }
  }

  /** Send all that the server lacks; from now on what is typed follows at once. */
  private level(vector: Uint8Array): void {
    if (hasMore(this.doc, vector)) this.saving.found();
    this.waiting = [];
    this.sendCounted(answer, Y.encodeStateAsUpdate(this.doc, vector));
    this.levelled = true;
    this.handlers.levelled();
    this.tell();
  }

  private arrivedWhole(): void {
    this.synced = this.everSynced = true;
    this.tries = 0;
    this.sendLook();
    this.tell();
  }

  private apply(body: Uint8Array): void {
    if (this.holding) this.arrived.push(body);
    else Y.applyUpdate(this.doc, body, this);
  }

  private tell(): void {
    this.handlers.state({
      open: this.greeted && this.synced,
      unsaved: this.saving.unsaved,
      role: this.role,
      stopped: this.stopped,
      everSynced: this.everSynced,
      signedOut: this.signedOut,
    });
  }
}

/** Whether `doc` holds characters that `vector` does not count. */
function hasMore(doc: Y.Doc, vector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(vector);
  const ours = Y.decodeStateVector(Y.encodeStateVector(doc));
  return [...ours].some(([client, clock]) => clock > (theirs.get(client) ?? 0));
}
