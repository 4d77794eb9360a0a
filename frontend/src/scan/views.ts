// The views of the door and the bar that leads to them.

import { byId } from "./dom";

const WITH_SEARCH = new Set(["people", "scan"]);

export class Views {
  current = "";
  private readonly buttons = [...byId("nav").querySelectorAll<HTMLButtonElement>("[data-view]")];

  constructor(
    private readonly changed: (name: string) => void,
    pressed: () => void,
  ) {
    for (const button of this.buttons) {
      button.addEventListener("click", () => {
        pressed();
        this.show(button.dataset["view"] ?? "people");
      });
    }
  }

  get isOpen(): boolean {
    return this.current !== "";
  }

  /** Show the views: the phone has a list. */
  open(): void {
    byId("view-start").hidden = true;
    byId("nav").hidden = false;
    if (!this.isOpen) this.show("people", false);
  }

  /** Show none of them. */
  close(): void {
    this.current = "";
    byId("nav").hidden = true;
    byId("find").hidden = true;
    for (const button of this.buttons) byId(`view-${button.dataset["view"]}`).hidden = true;
  }

  /** Show one, and read its heading out unless somebody is typing. */
  show(name: string, speak = true): void {
    this.current = name;
    for (const button of this.buttons) {
      const view = button.dataset["view"] ?? "";
      byId(`view-${view}`).hidden = view !== name;
      if (view === name) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
    byId("find").hidden = !WITH_SEARCH.has(name);
    if (speak) byId(`${name}-title`).focus();
    scrollTo(0, 0);
    this.changed(name);
  }
}
