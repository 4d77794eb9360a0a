// What the door knows: seats as the server tells them, and deeds as they are done here (docs/reference/door.md).

export type State = "held" | "waiting" | "offered" | "cancelled" | "checked_in" | "no_show";
export type Kind = "check_in" | "undo" | "walk_in" | "queue" | "settle";
export type Outcome = "done" | "already" | "conflict";

/** A seat. `move`, `at` and `by` are of its check-in; `line` is its place among those who wait; times are milliseconds. */
export interface Seat {
  id: number;
  code: string;
  name: string;
  organisation: string;
  role: string;
  state: State;
  no_photos: boolean;
  move: number | null;
  at: number | null;
  by: string;
  queued: number | null;
  line: number[];
  call: boolean;
}

export interface Figures {
  total: number;
  taken: number;
  here: number;
  release_at: number | null;
  released_at: number | null;
}

/** What is sent of a deed. */
export interface Told {
  id: string;
  kind: Kind;
  count: number;
  at: number;
  seat?: number;
  code?: string;
  name?: string;
  email?: string;
  organisation?: string;
  role?: string;
  of?: string;
  move?: number;
}

/** A deed as it is kept: `about` is who it was, for people; no `outcome` means that the server has not acknowledged it. */
export interface Deed {
  told: Told;
  about: string;
  outcome?: Outcome | undefined;
  sentence?: string | undefined;
  answered?: number | null | undefined; // the seat the server found
  looked?: boolean; // somebody has looked at what could not be done, or called in who got a seat
}

/** What this phone is, and how the meetup stands. */
export interface Facts {
  label: string;
  meetup: number;
  zone: string;
  shut: string | null; // why nobody can be checked in yet
  signer: string; // public key of tickets, hexadecimal
  cursor: number;
  figures: Figures;
  keptUntil: number | null;
  heardAt: number; // by this phone's clock
  ahead: number; // how far the server's clock is ahead of this phone's
  over?: boolean; // the list is forgotten; deeds that are not sent still are
}
