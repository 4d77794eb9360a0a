// The way in: a door link that is opened, or typed into the page.

import { say } from "../app/say";
import { byId } from "./dom";

const KEY = /^[1-9][0-9]{0,17}-[0-9a-f]{40}$/;

export class Start {
  private readonly field = byId<HTMLInputElement>("start-key");

  constructor(
    private readonly slug: string,
    private readonly found: (key: string) => void,
  ) {
    byId("start-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.take(this.field.value.trim());
    });
    addEventListener("hashchange", () => {
      const key = this.keyInAddress();
      if (key) this.found(key);
    });
  }

  /** Return the key in the page's address and take it out of there, so that nobody reads it off the screen. */
  keyInAddress(): string | null {
    const key = location.hash.slice(1);
    if (!KEY.test(key)) return null;
    history.replaceState(null, "", location.pathname);
    return key;
  }

  /** Ask for a link, and say why one is needed. */
  ask(why: string): void {
    if (why) byId("start-why").textContent = why;
    byId("start-form").hidden = false;
    byId("view-start").hidden = false;
    if (why) byId("start-title").focus();
  }

  /** Say that the list is on its way. */
  load(): void {
    byId("start-why").textContent = say("Fetching the list of people.");
    byId("start-form").hidden = true;
    byId("view-start").hidden = false;
  }

  trouble(sentence: string): void {
    byId("start-why").textContent = sentence;
    byId("start-form").hidden = false;
  }

  private take(text: string): void {
    const [address = "", key = ""] = text.includes("#") ? text.split("#") : ["", text];
    const isOurs = address === "" || address.endsWith(`/m/${this.slug}/door/`);
    const error = byId("start-error");
    error.hidden = KEY.test(key) && isOurs;
    if (error.hidden) {
      this.field.value = "";
      this.found(key);
      return;
    }
    error.textContent = isOurs
      ? say("This is no door link. Copy the whole of it.")
      : say("This is the door link of another meetup. Open it in the browser.");
    this.field.focus();
  }
}
