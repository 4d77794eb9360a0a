// The one line that says whether what was typed is safe.

import { say, sayMany } from "../app/say";
import type { LinkState, Stop } from "./link";

export interface Status {
  text: string;
  mood: "live" | "saving" | "offline";
}

/** What to say. "Saved" is said on acknowledgements alone; the socket being open proves nothing. */
export function statusOf(state: LinkState): Status {
  const unsaved = sayMany("{count} change not saved yet", "{count} changes not saved yet", state.unsaved);
  if (state.stopped) return { text: state.unsaved > 0 ? unsaved : say("Disconnected"), mood: "offline" };
  if (!state.open) {
    if (!state.everSynced && state.unsaved === 0) return { text: say("Connecting"), mood: "saving" };
    const text = state.signedOut
      ? say("You are signed out: keep this page open; your text is kept")
      : say("Offline: keep this page open; your text is kept");
    return { text: state.unsaved > 0 ? `${text} (${unsaved})` : text, mood: "offline" };
  }
  if (state.unsaved > 0) return { text: unsaved, mood: "saving" };
  return { text: state.role === "read" ? say("You read along") : say("All changes saved"), mood: "live" };
}

/** Why nothing more is sent, and what to do. */
export function explain(stop: Stop): string {
  const texts: Record<Stop, string> = {
    full: say("This pad is full. Your last changes are not in it."),
    too_large: say("This is too much text at once. Your last changes are not in the pad."),
    read_only: say("You may read this pad, not write in it. Your last changes are not in it."),
    forged: say("The server does not know this page any more. Your last changes are not in the pad."),
    unplaceable: say("The pad on the server has lost text that this page has. Your last changes are not in it."),
    malformed: say("This page and the server do not understand each other, perhaps after an upgrade."),
    replaced: say("This pad is open elsewhere with the same identity."),
    unknown: say("This pad is not there any more."),
  };
  return texts[stop];
}
