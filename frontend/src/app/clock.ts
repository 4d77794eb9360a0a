const EVERY_MS = 15_000;

/**
 * Keep "now" true while a page stays open. An element with `data-starts` and `data-ends` (ISO 8601 with offset) is marked
 * `is-now` or `is-past`; a `.now-mark` in it is shown only then. `.wall-clock[data-zone]` shows the time of that zone.
 */
export function startClock(page: Document): void {
  const tick = (): void => mark(page, Date.now());
  tick();
  setInterval(tick, EVERY_MS);
  page.addEventListener("htmx:afterSettle", tick);
  page.addEventListener("visibilitychange", tick);
}

/** Mark everything timed in `page` as it stands at `now` (milliseconds since 1970). */
export function mark(page: ParentNode, now: number): void {
  for (const timed of page.querySelectorAll<HTMLElement>("[data-starts][data-ends]")) {
    const starts = Date.parse(timed.dataset["starts"] ?? "");
    const ends = Date.parse(timed.dataset["ends"] ?? "");
    const isNow = starts <= now && now < ends;
    timed.classList.toggle("is-now", isNow);
    timed.classList.toggle("is-past", ends <= now);
    for (const label of timed.querySelectorAll<HTMLElement>(".now-mark")) label.hidden = !isNow;
  }
  for (const clock of page.querySelectorAll<HTMLElement>(".wall-clock[data-zone]")) {
    clock.textContent = wallTime(now, clock.dataset["zone"] ?? "UTC");
  }
}

function wallTime(now: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(now);
}
