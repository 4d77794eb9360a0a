import type { Lifted } from "./lifted";

const STARTS_AT = 6; // pixels a mouse moves before it drags, so that a click stays a click
const EDGE = 70; // pixels from the edge of the window where it begins to scroll
const SPEED = 18; // pixels each frame, at the edge itself

type Lift = (card: HTMLElement) => Lifted;

/** Drag sessions with a mouse anywhere on their card, with a finger or pen by their handle: elsewhere a finger scrolls. */
export function startPointer(page: Document, lift: Lift): void {
  page.addEventListener("pointerdown", (event) => {
    const card = event.isPrimary && event.button === 0 ? grabbed(event) : null;
    if (card) new Drag(page, card, event, lift);
  });
  // The browser's own dragging of links would end ours.
  page.addEventListener("dragstart", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-session]")) event.preventDefault();
  });
}

function grabbed(event: PointerEvent): HTMLElement | null {
  const on = event.target instanceof Element ? event.target : null;
  if (on?.closest(".session-grab")) return on.closest<HTMLElement>("[data-session]");
  if (event.pointerType !== "mouse" || on?.closest("button, select, summary, input, label")) return null;
  return on?.closest<HTMLElement>("[data-session]") ?? null;
}

/** How far to scroll for a pointer between two edges: nothing but near one of them, and faster the nearer it is. */
function pull(at: number, low: number, high: number): number {
  const over = Math.max(0, at - (high - EDGE)) - Math.max(0, low + EDGE - at);
  return Math.sign(over) * Math.ceil(SPEED * Math.min(1, Math.abs(over) / EDGE));
}

class Drag {
  private lifted: Lifted | null = null;
  private ghost: HTMLElement | null = null;
  private x: number;
  private y: number;
  private readonly stop = new AbortController();

  constructor(
    private readonly page: Document,
    private readonly card: HTMLElement,
    private readonly start: PointerEvent,
    private readonly lift: Lift,
  ) {
    [this.x, this.y] = [start.clientX, start.clientY];
    const { signal } = this.stop;
    page.addEventListener("pointermove", (event) => this.move(event), { signal });
    page.addEventListener("pointerup", () => this.end(true), { signal });
    page.addEventListener("pointercancel", () => this.end(false), { signal });
    page.addEventListener("keydown", (event) => event.key === "Escape" && this.end(false), { signal, capture: true });
  }

  private move(event: PointerEvent): void {
    if (event.pointerId !== this.start.pointerId) return;
    [this.x, this.y] = [event.clientX, event.clientY];
    if (!this.lifted && Math.hypot(this.x - this.start.clientX, this.y - this.start.clientY) < STARTS_AT) return;
    if (!this.lifted) this.begin();
    this.aim();
  }

  private begin(): void {
    this.lifted = this.lift(this.card);
    this.ghost = this.page.createElement("div");
    this.ghost.className = "board-ghost";
    this.ghost.textContent = this.lifted.title;
    this.page.body.append(this.ghost);
    this.page.getSelection()?.removeAllRanges();
    this.scroll();
  }

  private aim(): void {
    if (this.ghost) this.ghost.style.transform = `translate(${this.x + 12}px, ${this.y + 12}px)`;
    const under = this.page.elementFromPoint(this.x, this.y);
    this.lifted?.aim(under?.closest<HTMLElement>("[data-place]") ?? null);
  }

  // Near an edge the page follows, and the grid where it is wider than the page, for as long as it is held there.
  private scroll(): void {
    if (this.stop.signal.aborted) return;
    const root = this.page.documentElement;
    const down = pull(this.y, 0, root.clientHeight);
    const grid = this.page.elementFromPoint(this.x, this.y)?.closest(".agenda-scroll");
    const box = grid?.getBoundingClientRect();
    const right = box ? pull(this.x, Math.max(box.left, 0), Math.min(box.right, root.clientWidth)) : 0;
    if (down) window.scrollBy(0, down);
    if (right) grid?.scrollBy(right, 0);
    if (down || right) this.aim();
    requestAnimationFrame(() => this.scroll());
  }

  private end(dropped: boolean): void {
    this.stop.abort();
    this.ghost?.remove();
    if (!this.lifted) return;
    // The click that ends a drag is none.
    const swallow = (event: Event): void => (event.preventDefault(), event.stopPropagation());
    this.page.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => this.page.removeEventListener("click", swallow, { capture: true }), 50);
    if (dropped) this.lifted.drop();
    else this.lifted.cancel();
  }
}
