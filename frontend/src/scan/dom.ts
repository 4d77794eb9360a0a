// Small helps with the page.

/** Make an element with a class and perhaps a text. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Return an element the page is known to have. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

/** Make a button; `key` is what the focus finds it by when its list is made anew. */
export function button(look: string, text: string, label: string, key: string, press: () => void): HTMLButtonElement {
  const made = element("button", look, text);
  made.type = "button";
  if (label !== text) made.setAttribute("aria-label", label);
  made.dataset["key"] = key;
  made.addEventListener("click", press);
  return made;
}

/** Put new content into `parent`. The focus stays on the button with the same key, and goes to `heading` when that is gone. */
export function refill(parent: HTMLElement, content: readonly Node[], heading: string): void {
  const focused = document.activeElement instanceof HTMLElement && parent.contains(document.activeElement);
  const key = focused ? (document.activeElement as HTMLElement).dataset["key"] : undefined;
  parent.replaceChildren(...content);
  if (key) (parent.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? byId(heading)).focus();
}
