import htmx from "htmx.org";

/** Fit HTMX to a strict content security policy, to errors shown next to their field, and to Django's guard of forms. */
export function configureHtmx(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    // Pages show people: none is kept in the browser's storage; going back asks the server again.
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    scrollBehavior: "auto",
    responseHandling: [
      { code: "204", swap: false },
      { code: "304", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true },
      { code: "[45]..", swap: false, error: true },
    ],
  });
  // What asks again every few seconds waits while nobody looks.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const asks = event.target instanceof Element ? (event.target.getAttribute("hx-trigger") ?? "") : "";
    if (document.hidden && asks.startsWith("every ")) event.preventDefault();
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content;
    if (token) (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["X-CSRFToken"] = token;
  });
}
