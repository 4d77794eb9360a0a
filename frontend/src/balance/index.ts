// The what-if page: sliders beside the fields, and every figure redrawn at once. Without it the form asks the server.

import { say } from "../app/say.ts";
import { draw } from "./chart.ts";
import { inWords, modelOf, planOf, type Model } from "./model.ts";
import { costOf, curveOf, feesOf, gapAt, needOf, outcome, peopleOf, rounded, sizesOf, type Curve, type Plan } from "./reckoning.ts";
import { told } from "./telling.ts";

const REST = 600; // milliseconds without a change, after which the verdict is read out

class Balance {
  private readonly model: Model;
  private readonly curve: Curve;
  private readonly form: HTMLFormElement;
  private rest = 0;
  private wanted = 0;

  constructor(root: HTMLElement, form: HTMLFormElement) {
    this.model = modelOf(root.dataset["balance"] ?? "");
    this.curve = curveOf(this.model.lines);
    this.form = form;
  }

  start(): void {
    for (const button of this.form.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;
    for (const slider of this.sliders()) {
      slider.hidden = false;
      slider.addEventListener("input", () => this.slid(slider));
    }
    this.form.addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type !== "range") this.typed();
    });
    this.follow();
  }

  private sliders(): NodeListOf<HTMLInputElement> {
    return this.form.querySelectorAll<HTMLInputElement>("input[data-slides]");
  }

  private field(name: string): HTMLInputElement | null {
    const found = this.form.elements.namedItem(name);
    return found instanceof HTMLInputElement ? found : null;
  }

  private slid(slider: HTMLInputElement): void {
    const name = slider.dataset["slides"] ?? "";
    const field = this.field(name);
    if (field) field.value = this.isMoney(name) ? inWords(this.valueOf(slider), this.model, false) : slider.value;
    this.soon();
  }

  private typed(): void {
    this.follow();
    this.soon();
  }

  private isMoney(name: string): boolean {
    return name === "fee" || name === "underwriting";
  }

  private valueOf(slider: HTMLInputElement): bigint {
    return BigInt(slider.value) * BigInt(slider.dataset["unit"] ?? "1");
  }

  /** Put the sliders where the fields are. */
  private follow(): void {
    const plan = this.plan();
    if (!plan) return;
    const values = { seats: plan.seats, fee: plan.fee, underwriting: plan.underwriting, no_show: plan.noShow, rooms: plan.rooms };
    for (const slider of this.sliders()) {
      const name = slider.dataset["slides"] as keyof typeof values;
      slider.value = `${BigInt(values[name]) / BigInt(slider.dataset["unit"] ?? "1")}`;
      if (this.isMoney(name)) slider.setAttribute("aria-valuetext", inWords(BigInt(values[name]), this.model));
    }
  }

  private plan(): Plan | null {
    return planOf((name) => this.field(name)?.value ?? "", this.model);
  }

  private soon(): void {
    cancelAnimationFrame(this.wanted);
    this.wanted = requestAnimationFrame(() => this.redraw());
  }

  private redraw(): void {
    const plan = this.plan();
    if (!plan) return;
    const found = outcome(this.curve, this.model.terms, plan);
    const words = told(found, this.model.terms, this.model);
    const figures = { ...words, fee: inWords(plan.fee, this.model), fee_words: this.feeWords(plan) };
    for (const [name, said] of Object.entries(figures)) {
      for (const place of document.querySelectorAll(`[data-figure="${name}"]`)) put(place, said);
    }
    for (const place of document.querySelectorAll<HTMLElement>("[data-line]")) {
      const line = this.model.lines[Number(place.dataset["line"])];
      if (line) put(place, inWords(costOf(line, found.people), this.model));
    }
    for (const field of document.querySelectorAll<HTMLInputElement>("input[data-follows]")) {
      field.value = this.field(field.dataset["follows"] ?? "")?.value ?? "";
    }
    for (const slider of this.sliders()) {
      if (this.isMoney(slider.dataset["slides"] ?? "")) slider.setAttribute("aria-valuetext", inWords(this.valueOf(slider), this.model));
    }
    this.sizes(plan);
    this.drawing(plan, words["verdict"] ?? "");
    this.news(words["verdict"] ?? "");
  }

  private feeWords(plan: Plan): string {
    const reduced = Math.floor((plan.seats * this.model.terms.reducedShare) / 100);
    const fee = inWords(plan.fee, this.model);
    if (!reduced) return say("{seats} at {fee}", { seats: plan.seats, fee });
    const less = inWords(rounded(plan.fee * BigInt(this.model.terms.reducedPrice), 100n), this.model);
    return say("{full} at {fee}, {reduced} at the reduced {less}", { full: plan.seats - reduced, fee, reduced, less });
  }

  private need(plan: Plan, seats: number): bigint {
    return needOf(this.curve.paid[peopleOf(seats, plan.noShow)] ?? 0n, this.model.terms);
  }

  private sizes(plan: Plan): void {
    for (const row of this.rowsFor(sizesOf(this.model.lines, this.model.reach, plan.noShow))) {
      const seats = Number(row.dataset["size"]);
      const [need, gap] = [this.need(plan, seats), gapAt(this.curve, this.model.terms, plan, seats)];
      const words = (minor: bigint): string => inWords(minor, this.model);
      const left = gap > 0n ? say("{amount} missing", { amount: words(gap) }) : say("{amount} left", { amount: words(-gap) });
      const said = { need: words(need), income: words(need - gap), gap: left };
      for (const [name, value] of Object.entries(said)) put(row.querySelector(`[data-part="${name}"]`), value);
    }
  }

  /** Return a row for each number of seats; the table gets new ones when a step begins elsewhere than before. */
  private rowsFor(sizes: readonly number[]): HTMLElement[] {
    const rows = [...document.querySelectorAll<HTMLElement>("[data-size]")];
    const first = rows[0];
    if (!first || sizes.join() === rows.map((row) => row.dataset["size"]).join()) return rows;
    const made = sizes.map((seats) => {
      const row = first.cloneNode(true) as HTMLElement;
      row.dataset["size"] = `${seats}`;
      put(row.querySelector("th"), `${seats}`);
      return row;
    });
    first.parentElement?.replaceChildren(...made);
    return made;
  }

  private drawing(plan: Plan, verdict: string): void {
    const counts = Array.from({ length: Math.max(this.model.reach, plan.seats) + 1 }, (_, seats) => seats);
    const needs = counts.map((seats) => this.need(plan, seats));
    const comes = counts.map((seats) => feesOf(seats, plan.fee, this.model.terms) + plan.underwriting);
    document.querySelector("[data-drawing]")?.replaceChildren(
      draw({
        names: [say("Cost with reserve"), say("Income")],
        values: [needs, comes],
        minor: 10n ** BigInt(this.model.digits),
        unit: this.model.currency,
        marks: this.model.marks.map((mark) => mark.seats),
        here: plan.seats,
        title: say("Cost and income by number of seats"),
        told: verdict,
      }),
    );
  }

  private news(verdict: string): void {
    window.clearTimeout(this.rest);
    this.rest = window.setTimeout(() => put(document.querySelector("[data-balance-news]"), verdict), REST);
  }
}

function put(place: Element | null, words: string): void {
  if (place && place.textContent !== words) place.textContent = words;
}

const root = document.querySelector<HTMLElement>("[data-balance]");
const form = root?.querySelector("form");
if (root && form) new Balance(root, form).start();
