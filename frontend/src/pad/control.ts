// The text messages of the server, as docs/reference/live.md tells them.

import type { Present, Role } from "./link";
import type { Standing } from "./votes";

export interface Hello {
  type: "hello";
  role: Role;
  client_id: number;
  people: Present[];
}

/** Any of them. */
export type Control =
  | Hello
  | { type: "ack"; seq: number }
  | { type: "people"; joined: Present[]; left: number[] }
  | { type: "votes"; votes: Standing[]; refused?: boolean }
  | { type: "refused"; reason: string; vote?: boolean }
  | { type: "renew" }
  | { type: "beat" };
