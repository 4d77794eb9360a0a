/** Let a plain form be sent once: a second press while the first is under way does nothing. */
export function guardForms(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || isFree(form, event)) return;
    if (form.getAttribute("aria-busy") === "true") event.preventDefault();
    form.setAttribute("aria-busy", "true");
  });
  // A page that comes back from the browser's memory is ready to be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });
}

function isFree(form: HTMLFormElement, event: SubmitEvent): boolean {
  // As attributes: `form.method` is a field where one is called so.
  const method = event.submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get";
  const target = form.getAttribute("target");
  return method.toLowerCase() !== "post" || target === "_blank" || form.matches("[hx-post], [hx-get], [data-many]");
}
