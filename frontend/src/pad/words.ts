// What the web side knows around a pad: tags, names, and who writes under which client id.

import { told } from "./names";

const AGAIN_MS = 10_000; // between two questions

/** Whoever wrote something; without a name when they asked to be forgotten. */
export interface Writer {
  person: string;
  name: string;
  colour: number;
}

interface Answer {
  tags: string[];
  people: string[];
  authors: (Writer & { clients: number[] })[];
}

/** Asked once, and again when somebody unknown has written. */
export class Words {
  tags: readonly string[] = [];
  people: readonly string[] = [];
  private readonly writers = new Map<number, Writer>();
  private asked = -AGAIN_MS;

  constructor(
    private readonly url: string, // blank where there is none
    private readonly changed: () => void,
  ) {}

  /** Who writes under a client id; null as long as it is not known. */
  writer(client: number): Writer | null {
    return this.writers.get(client) ?? null;
  }

  /** Take who is here: they may have written nothing yet. */
  present(people: Iterable<Writer & { client_id: number }>): void {
    for (const { client_id, person, name, colour } of people) this.writers.set(client_id, { person, name, colour });
  }

  /** Ask, but not too often. */
  async ask(): Promise<void> {
    if (!this.url || performance.now() - this.asked < AGAIN_MS) return;
    this.asked = performance.now();
    try {
      const response = await fetch(this.url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (response.ok) this.take((await response.json()) as Answer);
    } catch {
      // no network: what is known has to do
    }
  }

  private take(answer: Answer): void {
    this.tags = answer.tags;
    this.people = answer.people;
    for (const { clients, ...writer } of answer.authors.map(told)) for (const client of clients) this.writers.set(client, writer);
    this.changed();
  }
}
