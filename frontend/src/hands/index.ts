// Counting hands with two big buttons. What cannot be sent stays on this phone, and goes when the network is back.

import { say } from "../app/say";

const KEPT = "midcycle-hands";
const EVERY_MS = 10_000;

interface Count {
  where: string;
  fields: Record<string, string>;
  told: string;
  refused: string;
}

function kept(): Count[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(found) ? (found as Count[]) : [];
  } catch {
    return [];
  }
}

function keep(counts: readonly Count[]): boolean {
  try {
    localStorage.setItem(KEPT, JSON.stringify(counts));
    return true;
  } catch {
    return false;
  }
}

class Counter {
  private readonly form: HTMLFormElement;
  private readonly outbox: HTMLElement;
  private busy = false;
  private said = "";
  private trouble = "";

  constructor(form: HTMLFormElement, outbox: HTMLElement) {
    this.form = form;
    this.outbox = outbox;
  }

  start(): void {
    const counter = this.form.querySelector<HTMLElement>("[data-counter]");
    if (counter) counter.hidden = false;
    this.form.addEventListener("click", (event) => {
      const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-up], [data-down]") : null;
      if (pressed?.dataset["up"]) this.step(pressed.dataset["up"], 1);
      if (pressed?.dataset["down"]) this.step(pressed.dataset["down"], -1);
    });
    this.form.addEventListener("input", () => this.show());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.outbox.addEventListener("click", (event) => {
      const key = event.target instanceof HTMLElement ? event.target.dataset["forget"] : undefined;
      if (key) this.forget(key);
    });
    addEventListener("online", () => void this.send());
    setInterval(() => void this.send(), EVERY_MS);
    this.show();
    void this.send();
  }

  private field(name: string): HTMLInputElement | HTMLSelectElement | null {
    const found = this.form.elements.namedItem(name);
    return found instanceof HTMLInputElement || found instanceof HTMLSelectElement ? found : null;
  }

  private step(side: string, by: number): void {
    const field = this.field(side);
    if (!field) return;
    field.value = String(Math.max(0, (Number.parseInt(field.value, 10) || 0) + by));
    navigator.vibrate?.(15);
    this.show();
  }

  private submit(event: Event): void {
    const fields = Object.fromEntries([...new FormData(this.form)].map(([name, value]) => [name, String(value)]));
    const question = this.field("question");
    const asked = fields["question"] === "other" ? fields["asked"] : question instanceof HTMLSelectElement ? question.selectedOptions[0]?.text : "";
    delete fields["csrfmiddlewaretoken"]; // the one that holds when it is sent goes along then
    const { yes = "", no = "" } = fields;
    const told = say("{question}: {yes} yes, {no} no", { question: asked ?? "", yes, no });
    const count = { where: location.pathname, fields, told, refused: "" };
    if (!keep([...kept(), count])) return; // no storage: the browser sends the form
    event.preventDefault();
    for (const side of ["yes", "no"]) this.field(side)!.value = "0";
    const key = this.field("key");
    if (key) key.value = crypto.randomUUID();
    this.said = "";
    this.show();
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (const count of kept().filter((each) => each.where === location.pathname && !each.refused)) {
      if (!(await this.sendOne(count))) break;
    }
    this.busy = false;
    this.show();
  }

  private async sendOne(count: Count): Promise<boolean> {
    const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
    try {
      const body = new URLSearchParams(count.fields);
      const headers = { Accept: "application/json", "X-CSRFToken": token };
      const answer = await fetch(count.where, { method: "POST", body, headers, redirect: "manual" });
      if (answer.status >= 500 || answer.type === "opaqueredirect") return false;
      // Whoever is not signed in any more gets a page; the count stays until they are.
      const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
      const { sentence } = told as { sentence?: string };
      this.trouble = sentence === undefined ? say("It was not taken. Load this page anew, and sign in again.") : "";
      if (sentence === undefined) return false;
      if (answer.ok) this.said = sentence;
      this.replace(count, answer.ok ? null : { ...count, refused: sentence });
      return true;
    } catch {
      return false;
    }
  }

  private replace(count: Count, by: Count | null): void {
    keep(kept().flatMap((each) => (each.fields["key"] === count.fields["key"] ? (by ? [by] : []) : [each])));
  }

  private forget(key: string): void {
    keep(kept().filter((each) => each.fields["key"] !== key));
    this.show();
  }

  private show(): void {
    for (const button of this.form.querySelectorAll<HTMLElement>("[data-up]")) {
      const figure = button.querySelector(".counter-figure");
      if (figure) figure.textContent = this.field(button.dataset["up"] ?? "")?.value || "0";
    }
    const waiting = kept().filter((each) => each.where === location.pathname);
    const lines = waiting.map((each) => notice(each));
    if (this.trouble && waiting.length > 0) lines.push(sentence("notice notice-warning", this.trouble));
    if (this.said && waiting.length === 0) lines.push(sentence("notice notice-success", this.said));
    if (JSON.stringify(lines.map((line) => line.textContent)) === this.outbox.dataset["shown"]) return;
    this.outbox.dataset["shown"] = JSON.stringify(lines.map((line) => line.textContent));
    this.outbox.replaceChildren(...lines);
  }
}

function sentence(look: string, text: string): HTMLElement {
  const box = document.createElement("div");
  box.className = look;
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  return box;
}

function notice(count: Count): HTMLElement {
  if (!count.refused) return sentence("notice notice-info", `${say("Kept on this phone, and sent when the network is back.")} ${count.told}`);
  const box = sentence("notice notice-warning", `${count.told}. ${count.refused}`);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.dataset["forget"] = count.fields["key"] ?? "";
  button.textContent = say("Leave this count out");
  box.append(button);
  return box;
}

const form = document.querySelector<HTMLFormElement>("form[data-hands]");
const outbox = document.querySelector<HTMLElement>("[data-outbox]");
if (form && outbox) new Counter(form, outbox).start();
