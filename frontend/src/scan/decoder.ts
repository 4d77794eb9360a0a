// Finds a QR code in a picture, where the browser cannot do it itself. Loaded when the camera opens, not before.

import decodeQR from "qr/decode.js";

const LONGEST_MS = 60; // for one picture; the next one comes soon

/** Return the text of the QR code in the picture, null when none is found. */
export function decode(picture: ImageData): string | null {
  try {
    return decodeQR(picture, { timeLimit: LONGEST_MS });
  } catch {
    return null;
  }
}
