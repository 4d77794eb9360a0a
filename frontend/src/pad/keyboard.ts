// The keyboard of a phone covers the lower part of the page, and the upper part may be scrolled away: the toolbar stands on it.

const SMALLEST = 120; // pixels; less is a bar of the browser

export function standOnKeyboard(root: HTMLElement, tools: HTMLElement): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const place = (): void => {
    const below = Math.round(document.documentElement.clientHeight - seen.height - seen.offsetTop);
    const typing = seen.scale < 1.1 && innerHeight - seen.height > SMALLEST;
    root.toggleAttribute("data-keyboard", typing);
    tools.style.setProperty("--covered", `${typing ? Math.max(below, 0) : 0}px`);
  };
  seen.addEventListener("resize", place);
  seen.addEventListener("scroll", place);
  place();
}

/** How much of the text the toolbar covers, above and below: nobody writes under it. */
export function covered(tools: HTMLElement): { top: number; bottom: number } {
  const stands = tools.closest("[data-keyboard]") !== null && getComputedStyle(tools).position === "fixed";
  return { top: tools.parentElement?.offsetHeight ?? 0, bottom: stands ? tools.offsetHeight : 0 };
}
