import type { Lifted } from "./lifted";

const STARTS_AT = 6; // pixels a mouse moves before it drags, so that a click stays a click
const EDGE = 70; // pixels from the edge of the window where it begins to scroll
const SPEED = 14; // pixels each frame

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

  // Near an edge the page follows, frame by frame, for as long as it is held there.
  private scroll(): void {
    if (this.stop.signal.aborted) return;
    const height = this.page.documentElement.clientHeight;
    const down = this.y > height - EDGE ? SPEED : this.y < EDGE ? -SPEED : 0;
    if (down) {
      window.scrollBy(0, down);
      this.aim();
    }
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
