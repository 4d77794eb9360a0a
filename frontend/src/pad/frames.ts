// The binary messages of docs/reference/live.md: y-protocols sync and awareness.

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const AWARENESS = 1;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** Bytes that a socket takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Somebody's awareness state; null when they are gone. */
export interface Look {
  client: number;
  state: unknown;
}

export type Frame =
  | { kind: "question"; vector: Uint8Array }
  | { kind: "answer" | "change"; body: Uint8Array }
  | { kind: "looks"; looks: Look[] }
  | { kind: "other" };

/** Read one binary message. Throws on bytes that are none. */
export function readFrame(data: Uint8Array): Frame {
  const decoder = decoding.createDecoder(data);
  const kind = decoding.readVarUint(decoder);
  if (kind === AWARENESS) return { kind: "looks", looks: readLooks(decoding.readVarUint8Array(decoder)) };
  if (kind !== SYNC) return { kind: "other" };
  const step = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (step === STEP_1) return { kind: "question", vector: body };
  return { kind: step === STEP_2 ? "answer" : "change", body };
}

/** Sync step 1: what we have. */
export const question = (vector: Uint8Array): Bytes => sync(STEP_1, vector);

/** Sync step 2: what the server lacks. */
export const answer = (body: Uint8Array): Bytes => sync(STEP_2, body);

/** What was typed just now. */
export const change = (body: Uint8Array): Bytes => sync(UPDATE, body);

/** Our own awareness state; `clock` grows with each. */
export function look(client: number, clock: number, state: unknown): Bytes {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, 1);
  encoding.writeVarUint(inner, client);
  encoding.writeVarUint(inner, clock);
  encoding.writeVarString(inner, JSON.stringify(state));
  const outer = encoding.createEncoder();
  encoding.writeVarUint(outer, AWARENESS);
  encoding.writeVarUint8Array(outer, encoding.toUint8Array(inner));
  return finish(outer);
}

function sync(step: number, body: Uint8Array): Bytes {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, SYNC);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, body);
  return finish(encoder);
}

const finish = (encoder: encoding.Encoder): Bytes => encoding.toUint8Array(encoder) as Bytes;

function readLooks(data: Uint8Array): Look[] {
  const decoder = decoding.createDecoder(data);
  const looks: Look[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const client = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder); // the clock: the server sends the newest only
    looks.push({ client, state: JSON.parse(decoding.readVarString(decoder)) as unknown });
  }
  return looks;
}
