// Draws the mark of the product as PNG (ISO/IEC 15948), for phones that take no SVG as the sign of an installed page.

import { crc32, deflateSync } from "node:zlib";

const PETROL = [10, 92, 100];
const PAPER = [255, 253, 249];
const MARIGOLD = [255, 201, 74];
const SAMPLES = 4; // a side of each pixel, against jagged edges

/** The mark on petrol, `size` pixels a side. It stays within the middle four fifths, where every phone's mask shows it. */
export function icon(size) {
  const rows = Buffer.alloc(size * (1 + size * 3));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) rows.set(pixel(x, y, size), y * (1 + size * 3) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits each of red, green and blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function pixel(x, y, size) {
  const sum = [0, 0, 0];
  for (let index = 0; index < SAMPLES ** 2; index += 1) {
    const right = x + ((index % SAMPLES) + 0.5) / SAMPLES;
    const down = y + (Math.floor(index / SAMPLES) + 0.5) / SAMPLES;
    colour((right / size - 0.5) * 50, (down / size - 0.5) * 50).forEach((part, channel) => (sum[channel] += part));
  }
  return sum.map((part) => Math.round(part / SAMPLES ** 2));
}

/** The mark of the header in units of its 32-unit box, from its middle: three quarters of a ring with round ends, and a dot. */
function colour(x, y) {
  const from = Math.hypot(x, y);
  const ring = Math.abs(from - 13) <= 2 && !(x > 0 && y < 0);
  const ends = Math.hypot(x, y + 13) <= 2 || Math.hypot(x - 13, y) <= 2;
  if (from <= 4.5) return MARIGOLD;
  return ring || ends ? PAPER : PETROL;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "ascii"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
