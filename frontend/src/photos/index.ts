// Sends pictures piece by piece (tus 1.0), goes on by itself when the network comes back, and where it stopped after a new
// start: the server tells which pictures it waits for. Nothing is kept in the browser. Without it the form sends one picture.

import { Upload, type DetailedError } from "tus-js-client";

import { say, sayMany } from "../app/say.ts";
import { isHeic, toJpeg } from "./heic.ts";
import { fingerprint } from "./known.ts";
import { Row } from "./row.ts";

const PIECE = 512 * 1024; // bytes; the server takes a megabyte at most
const AT_ONCE = 2;
const AGAIN_AFTER = [0, 1000, 3000, 5000, 10_000];
const REST = 10_000; // milliseconds after which all is tried anew

interface Unfinished {
  url: string;
  length: number;
  print: string;
}

class Sending {
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly unfinished: Unfinished[];
  private running = 0;
  private sent = 0;
  private all = 0;

  constructor(private readonly form: HTMLFormElement) {
    this.unfinished = JSON.parse(document.getElementById("unfinished")?.textContent ?? "[]") as Unfinished[];
  }

  start(): void {
    for (const one of this.form.querySelectorAll<HTMLElement>("[data-without-script]")) one.hidden = true;
    for (const one of this.form.querySelectorAll<HTMLElement>("[data-with-script]")) one.hidden = false;
    const caption = this.form.elements.namedItem("caption");
    if (caption instanceof HTMLElement) caption.closest<HTMLElement>(".field")?.setAttribute("hidden", "");
    const field = this.form.elements.namedItem("file");
    if (!(field instanceof HTMLInputElement)) return;
    field.multiple = true;
    document.getElementById(`${field.id}_helptext`)?.setAttribute("hidden", ""); // of one without the script
    field.addEventListener("change", () => {
      const files = [...(field.files ?? [])];
      field.value = "";
      for (const file of files) this.take(file);
    });
    this.form.querySelector("[data-onward] a")?.addEventListener("click", (event) => {
      event.preventDefault();
      location.hash = "yours";
      location.reload(); // they are on the page the server makes now
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("beforeunload", (event) => {
      if (this.running > 0) event.preventDefault();
    });
  }

  private take(file: File): void {
    const list = this.form.querySelector("[data-progress]");
    if (!list) return;
    const row = new Row(file.name);
    list.append(row.element);
    this.all += 1;
    this.waiting.push(() => this.send(file, row));
    this.next();
  }

  private next(): void {
    while (this.running < AT_ONCE) {
      const job = this.waiting.shift();
      if (!job) break;
      this.running += 1;
      void job().finally(() => {
        this.running -= 1;
        this.next();
        this.tell();
      });
    }
    this.tell();
  }

  private async send(file: File, row: Row): Promise<void> {
    const picture = isHeic(file) ? await toJpeg(file) : file;
    if (!picture) {
      row.fail(
        say("This is a HEIC picture, which this browser cannot turn into a JPEG. Choose “Most compatible” in the camera's settings."),
      );
      return;
    }
    if (picture.size > Number(this.form.dataset["most"])) {
      row.fail(say("This picture is larger than 25 MB. Send a smaller one."));
      return;
    }
    const print = await fingerprint(picture);
    const known = this.unfinished.find((one) => one.length === picture.size && one.print === print);
    const why = await this.upload(picture, print, known?.url ?? null, row);
    if (why) row.fail(why);
    else {
      this.sent += 1;
      row.done();
    }
  }

  /** Send until the picture is there; the answer is why it never will be, blank when it is. */
  private upload(picture: Blob, print: string, url: string | null, row: Row): Promise<string> {
    return new Promise((resolve) => {
      const upload = new Upload(picture, {
        endpoint: this.form.dataset["photos"] ?? "",
        uploadUrl: url,
        chunkSize: PIECE,
        retryDelays: AGAIN_AFTER,
        storeFingerprintForResuming: false,
        headers: { "X-CSRFToken": document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "" },
        metadata: { print, session: this.album() },
        onShouldRetry: (error) => !isFinal(error),
        onProgress: (sent, all) => row.reach(sent, all),
        onSuccess: () => resolve(""),
        onError: (error) => {
          const said = reason(error);
          if (said) {
            resolve(said);
            return;
          }
          row.pause();
          onceOnline(() => upload.start());
        },
      });
      upload.start();
    });
  }

  private album(): string {
    const field = this.form.elements.namedItem("session");
    return field instanceof HTMLSelectElement ? field.value : "";
  }

  private tell(): void {
    const news = this.form.querySelector("[data-news]");
    if (news) news.textContent = this.all ? sayMany("{sent} of {count} sent", "{sent} of {count} sent", this.all, { sent: this.sent }) : "";
    const onward = this.form.querySelector<HTMLElement>("[data-onward]");
    if (onward) onward.hidden = this.sent === 0 || this.running > 0;
  }
}

/** Say whether trying again is of no use: the server has understood, and said no. */
function isFinal(error: Error | DetailedError): boolean {
  const status = "originalResponse" in error ? (error.originalResponse?.getStatus() ?? 0) : 0;
  return status >= 400 && status < 500 && status !== 409 && status !== 423;
}

function reason(error: Error | DetailedError): string {
  if (!isFinal(error) || !("originalResponse" in error)) return "";
  const status = error.originalResponse?.getStatus();
  const said = error.originalResponse?.getBody() ?? "";
  return status === 422 && said ? said : say("This was not taken. Load the page again, and choose the picture once more.");
}

/** Do something as soon as the network is back, and after a while in any case. */
function onceOnline(deed: () => void): void {
  const go = (): void => {
    clearTimeout(timer);
    removeEventListener("online", go);
    deed();
  };
  const timer = setTimeout(go, REST);
  addEventListener("online", go);
}

const form = document.querySelector<HTMLFormElement>("form[data-photos]");
if (form) new Sending(form).start();
