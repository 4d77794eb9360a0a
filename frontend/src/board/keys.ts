import type { Lifted } from "./lifted";

/** Move sessions with the keyboard: Enter picks up and puts down, arrows choose the place, Escape leaves it where it is. */
export function startKeys(page: Document, lift: (card: HTMLElement) => Lifted, current: () => Lifted | null): void {
  page.addEventListener("click", (event) => {
    const grab = event.target instanceof Element ? event.target.closest<HTMLElement>(".session-grab") : null;
    const card = grab?.closest<HTMLElement>("[data-session]");
    if (!card || event.detail !== 0 || current()) return; // a mouse drags; a key or a screen reader clicks without a count
    const lifted = lift(card);
    lifted.aim(lifted.home);
  });
  page.addEventListener("keydown", (event) => {
    const lifted = current();
    if (lifted) steer(page, lifted, event);
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !isTyping(event)) {
      press(page, event.shiftKey ? "redo" : "undo");
    }
  });
  page.addEventListener("focusout", (event) => {
    const lifted = current();
    if (lifted && event.target === lifted.grab && event.relatedTarget) lifted.cancel();
  });
}

// A board that has just arrived is pressed once HTMX knows it.
function press(page: Document, id: string): void {
  const click = (): void => page.getElementById(id)?.click();
  if (page.querySelector("#board.htmx-added, #board.htmx-settling")) page.addEventListener("htmx:afterSettle", click, { once: true });
  else click();
}

function steer(page: Document, lifted: Lifted, event: KeyboardEvent): void {
  const step = STEPS[event.key];
  if (step) lifted.aim(next(page, lifted.target ?? lifted.home, page.dir === "rtl" ? [step[0], -step[1]] : step));
  else if (event.key === "Enter" || event.key === " ") lifted.drop();
  else if (event.key === "Escape") lifted.cancel();
  else return;
  event.preventDefault();
  lifted.target?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

// The places as rows; the tray is the last row.
function rows(page: Document): HTMLElement[][] {
  const grid = [...page.querySelectorAll<HTMLElement>(".board tbody tr")].map((row) => [
    ...row.querySelectorAll<HTMLElement>("[data-place]"),
  ]);
  const tray = page.querySelector<HTMLElement>(".tray[data-place]");
  return [...grid.filter((row) => row.length), ...(tray ? [[tray]] : [])];
}

function next(page: Document, from: HTMLElement | null, [down, right]: [number, number]): HTMLElement | null {
  const grid = rows(page);
  const at = grid.findIndex((row) => from && row.includes(from));
  if (at < 0 || !from) return grid[0]?.[0] ?? null;
  const column = grid[at]!.indexOf(from);
  const row = grid[Math.min(grid.length - 1, Math.max(0, at + down))]!;
  return row[Math.min(row.length - 1, Math.max(0, column + right))] ?? null;
}

function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
}
