// The page that readers see, beside the editor. The server renders it and it keeps itself up to date.

/** Show it or hide it. */
export function togglePreview(): boolean {
  const desk = document.querySelector<HTMLElement>("[data-pad-desk]");
  if (!desk) return false;
  desk.toggleAttribute("data-preview");
  return true;
}

export function isPreviewing(): boolean {
  return document.querySelector("[data-pad-desk][data-preview]") !== null;
}
