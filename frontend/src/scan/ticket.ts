// Checks a ticket on the phone: `MC1.<meetup>.<code>.<signature>`, as midcycle/engines/tickets/text.py writes it.

import { verifyAsync } from "@noble/ed25519";

import { say } from "../app/say";

const TICKET = /^(MC1\.([1-9A-Z][0-9A-Z]{0,11})\.([0-9A-Z]{8,32}))\.([2-7A-Z]{103})$/;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export type Read = { code: string } | { refused: string };

/** Say whether a text means to be a ticket, so that it is no name. */
export function looksLikeTicket(text: string): boolean {
  return /^\s*MC\d+\./i.test(text);
}

/** Return the code of the seat, or why the ticket opens nothing here. `signer` is the public key in hexadecimal. */
export async function readTicket(text: string, signer: string, meetup: number): Promise<Read> {
  const parts = TICKET.exec(text.trim().toUpperCase());
  const [, message = "", number = "", code = "", written = ""] = parts ?? [];
  if (!parts) return { refused: say("This is no ticket of ours. Find the person by name.") };
  const signature = fromBase32(written);
  if (!signature || !(await isSigned(signature, new TextEncoder().encode(message), fromHex(signer)))) {
    return { refused: say("This ticket was not made here. Find the person by name.") };
  }
  if (Number.parseInt(number, 36) !== meetup) return { refused: say("This ticket is for another meetup.") };
  return { code: code.toLowerCase() };
}

/** With the browser's own Ed25519 where it has one, else with a library. */
async function isSigned(signature: Bytes, message: Bytes, key: Bytes): Promise<boolean> {
  try {
    const own = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, own, signature, message);
  } catch {
    return verifyAsync(signature, message, key, { zip215: false }).catch(() => false);
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

/** 103 letters are 64 bytes and three bits, which are zero in what we write. */
function fromBase32(text: string): Bytes | null {
  const bytes = new Uint8Array(64);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits;
    held &= (1 << bits) - 1;
    at += 1;
  }
  return held === 0 ? bytes : null;
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
