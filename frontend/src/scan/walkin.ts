// The form of somebody who is not on the list.

import { say } from "../app/say";
import type { Book } from "./book";
import { byId } from "./dom";
import type { Door, WalkIn } from "./door";
import { find, fold } from "./search";
import { WITHIN_WORDS, freeText } from "./words";

const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const MOST_SAME = 3;

export class WalkInForm {
  private readonly form = byId<HTMLFormElement>("walk-in-form");
  private readonly name = byId<HTMLInputElement>("walk-in-name");
  private readonly email = byId<HTMLInputElement>("walk-in-email");
  private readonly organisation = byId<HTMLInputElement>("walk-in-organisation");
  private readonly role = byId<HTMLSelectElement>("walk-in-role");

  constructor(
    private readonly book: Book,
    private readonly door: Door,
    private readonly done: () => void,
  ) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const pressed = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "walk_in";
      void this.send(pressed === "queue" ? "queue" : "walk_in");
    });
    this.name.addEventListener("input", () => this.showSame());
  }

  /** Begin with a name that was looked for. */
  begin(name: string): void {
    if (name) this.name.value = name;
    this.showSame();
  }

  show(): void {
    byId("walk-in-free").textContent = freeText(this.book.counts().free);
  }

  isEmpty(): boolean {
    return [this.name, this.email, this.organisation].every((field) => field.value === "");
  }

  private async send(kind: "walk_in" | "queue"): Promise<void> {
    const who: WalkIn = {
      name: this.name.value.trim(),
      email: this.email.value.trim(),
      organisation: this.organisation.value.trim(),
      role: this.role.value,
    };
    const isNamed = told(this.name, who.name ? "" : say("Type a name."));
    const isReached = told(this.email, ADDRESS.test(who.email) ? "" : say("Type an address such as name@example.org."));
    if (!isNamed || !isReached) {
      (isNamed ? this.email : this.name).focus();
      return;
    }
    if (!(await this.door.walkIn(kind, who))) return;
    this.form.reset();
    this.showSame();
    this.done();
  }

  /** Point out people on the list who are called so: most walk-ins who give a known name have a seat. */
  private showSame(): void {
    const wanted = this.name.value;
    const hint = byId("walk-in-same");
    if (fold(wanted).length < 3) {
      hint.textContent = "";
      return;
    }
    const { first } = find(this.book.people, (seat) => this.book.textOf(seat), wanted, MOST_SAME);
    const same = first.map((seat) => `${seat.name} (${WITHIN_WORDS[this.book.standing(seat).state]})`);
    const people = same.join(", ");
    hint.textContent = people ? say("On the list: {people}. If it is one of them, use People.", { people }) : "";
  }
}

/** Say beside a field what is wrong with it; returns whether nothing is. */
function told(field: HTMLInputElement, sentence: string): boolean {
  const error = byId(`${field.id}-error`);
  error.textContent = sentence;
  error.hidden = sentence === "";
  field.closest(".field")?.classList.toggle("is-invalid", sentence !== "");
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return sentence === "";
}
