// The one line that says whether what was typed is safe.

import type { LinkState, Stop } from "./link";

export interface Status {
  text: string;
  mood: "live" | "saving" | "offline";
}

/** What to say. "Saved" is said on acknowledgements alone; the socket being open proves nothing. */
export function statusOf(state: LinkState): Status {
  const unsaved = state.unsaved === 1 ? "1 change not saved yet" : `${state.unsaved} changes not saved yet`;
  if (state.stopped) return { text: state.unsaved > 0 ? unsaved : "Disconnected", mood: "offline" };
  if (!state.open) {
    if (!state.everSynced && state.unsaved === 0) return { text: "Connecting", mood: "saving" };
    const kept = state.signedOut ? "You are signed out" : "Offline";
    const text = `${kept}: keep this page open; your text is kept`;
    return { text: state.unsaved > 0 ? `${text} (${unsaved})` : text, mood: "offline" };
  }
  if (state.unsaved > 0) return { text: unsaved, mood: "saving" };
  return { text: state.role === "read" ? "You read along" : "All changes saved", mood: "live" };
}

/** Why nothing more is sent, and what to do. */
export function explain(stop: Stop): string {
  const texts: Record<Stop, string> = {
    full: "This pad is full. Your last changes are not in it.",
    too_large: "This is too much text at once. Your last changes are not in the pad.",
    read_only: "You may read this pad, not write in it. Your last changes are not in it.",
    forged: "The server does not know this page any more. Your last changes are not in the pad.",
    unplaceable: "The pad on the server has lost text that this page has. Your last changes are not in it.",
    malformed: "This page and the server do not understand each other, perhaps after an upgrade.",
    replaced: "This pad is open elsewhere with the same identity.",
    unknown: "This pad is not there any more.",
  };
  return texts[stop];
}
