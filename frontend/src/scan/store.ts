// What stays on the phone when the page is closed: IndexedDB, one database for each meetup.

import type { Deed, Facts, Seat } from "./types";

const MOST_OLD_DEEDS = 200;

export interface Kept {
  key: string | null;
  facts: Facts | null;
  seats: Seat[];
  deeds: Deed[];
}

/** Every change is one transaction, and is on the disk before its promise is kept. */
export class Store {
  private constructor(private readonly base: IDBDatabase) {}

  static async open(slug: string): Promise<Store> {
    const asked = indexedDB.open(`door:${slug}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("facts");
      asked.result.createObjectStore("seats", { keyPath: "id" });
      asked.result.createObjectStore("deeds", { keyPath: "told.id" });
    };
    return new Store(await result(asked));
  }

  async load(): Promise<Kept> {
    const from = this.base.transaction(["facts", "seats", "deeds"]);
    const [key, facts, seats, deeds] = await Promise.all([
      result<string | undefined>(from.objectStore("facts").get("key")),
      result<Facts | undefined>(from.objectStore("facts").get("facts")),
      result<Seat[]>(from.objectStore("seats").getAll()),
      result<Deed[]>(from.objectStore("deeds").getAll()),
    ]);
    deeds.sort((one, other) => one.told.count - other.told.count);
    return { key: key ?? null, facts: facts ?? null, seats, deeds };
  }

  async keepKey(key: string): Promise<void> {
    const to = this.write(["facts"]);
    to.objectStore("facts").put(key, "key");
    await done(to);
  }

  /** Keep a new deed under the next count of this phone, which also other windows of it have counted on. */
  async addDeed(deed: Deed): Promise<void> {
    const to = this.write(["facts", "deeds"]);
    const last = await result<number | undefined>(to.objectStore("facts").get("count"));
    deed.told.count = (last ?? 0) + 1;
    to.objectStore("facts").put(deed.told.count, "count");
    to.objectStore("deeds").put(deed);
    await done(to);
  }

  /** Keep what the server told. With `whole` nothing of the old list stays. */
  async keep(facts: Facts, seats: readonly Seat[], deeds: readonly Deed[], whole: boolean): Promise<void> {
    const to = this.write(["facts", "seats", "deeds"]);
    to.objectStore("facts").put(facts, "facts");
    if (whole) to.objectStore("seats").clear();
    for (const seat of seats) to.objectStore("seats").put(seat);
    for (const deed of deeds) to.objectStore("deeds").put(deed);
    await done(to);
  }

  /** Forget the oldest of the deeds that are settled; returns them. */
  async prune(deeds: readonly Deed[]): Promise<ReadonlySet<Deed>> {
    const settled = deeds.filter((deed) => deed.outcome && (deed.outcome !== "conflict" || deed.looked));
    const old = new Set(settled.slice(0, -MOST_OLD_DEEDS));
    if (old.size === 0) return old;
    const to = this.write(["deeds"]);
    for (const deed of old) to.objectStore("deeds").delete(deed.told.id);
    await done(to);
    return old;
  }

  /** Forget everything. */
  async forget(): Promise<void> {
    const names = ["facts", "seats", "deeds"];
    const to = this.write(names);
    for (const name of names) to.objectStore(name).clear();
    await done(to);
  }

  private write(names: string[]): IDBTransaction {
    return this.base.transaction(names, "readwrite", { durability: "strict" });
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((keep, fail) => {
    request.onsuccess = () => keep(request.result);
    request.onerror = () => fail(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((keep, fail) => {
    transaction.oncomplete = () => keep();
    transaction.onabort = () => fail(transaction.error);
  });
}
