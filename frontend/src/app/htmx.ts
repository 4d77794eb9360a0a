import htmx from "htmx.org";

/** Fit HTMX to a strict content security policy, and to errors that are shown next to their field. */
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
      { code: "[23]..", swap: true },
      { code: "422", swap: true },
      { code: "[45]..", swap: false, error: true },
    ],
  });
}
