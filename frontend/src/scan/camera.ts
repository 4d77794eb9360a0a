// The camera, and the texts of the QR codes it sees.

import { say } from "../app/say";

const EVERY_MS = 110;
const LONGEST_SIDE = 720;
const STILL_THERE_MS = 2500; // a ticket that is held on is no second scan

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

type Look = (video: HTMLVideoElement) => Promise<string | null>;

export class Camera {
  private stream: MediaStream | null = null;
  private look: Look | null = null;
  private timer = 0;
  private last = { text: "", at: 0 };
  private opening = 0;
  private lock: WakeLockSentinel | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly decoder: string,
    private readonly found: (text: string) => void,
  ) {}

  /** Open it and look until it is closed. Returns why that is not possible, null when it is open. */
  async open(): Promise<string | null> {
    const opening = (this.opening += 1);
    if (!navigator.mediaDevices) return say("This browser gives no camera to this page. Type a name or a ticket instead.");
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
      if (opening !== this.opening) {
        stop(stream);
        return null;
      }
      this.stream = stream;
      this.video.srcObject = stream;
      await this.video.play();
      this.look ??= (await ownLook()) ?? (await bundledLook(this.decoder));
    } catch (error) {
      if (opening === this.opening) this.close();
      return why(error);
    }
    void navigator.wakeLock?.request("screen").then(
      (lock) => {
        if (this.stream) this.lock = lock;
        else void lock.release();
      },
      () => undefined,
    );
    void this.watch(opening);
    return null;
  }

  close(): void {
    this.opening += 1;
    clearTimeout(this.timer);
    if (this.stream) stop(this.stream);
    this.stream = null;
    this.video.srcObject = null;
    void this.lock?.release();
    this.lock = null;
  }

  private async watch(opening: number): Promise<void> {
    if (opening !== this.opening || !this.look) return;
    const text = this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await this.look(this.video) : null;
    if (opening !== this.opening) return;
    if (text) this.saw(text);
    this.timer = setTimeout(() => void this.watch(opening), EVERY_MS);
  }

  private saw(text: string): void {
    const isSame = text === this.last.text && performance.now() - this.last.at < STILL_THERE_MS;
    this.last = { text, at: performance.now() };
    if (!isSame) this.found(text);
  }
}

/** The browser's own eyes, where it has them for QR codes. */
async function ownLook(): Promise<Look | null> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!own || !(await own.getSupportedFormats().catch((): string[] => [])).includes("qr_code")) return null;
  const detector = new own({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null;
}

async function bundledLook(address: string): Promise<Look> {
  const { decode } = (await import(address)) as typeof import("./decoder");
  const canvas = document.createElement("canvas");
  const sheet = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (!sheet || side === 0) return null;
    canvas.width = canvas.height = Math.min(side, LONGEST_SIDE);
    const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    sheet.drawImage(video, left, top, side, side, 0, 0, canvas.width, canvas.height);
    return decode(sheet.getImageData(0, 0, canvas.width, canvas.height));
  };
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function why(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return say("The camera is not allowed. Allow it in the browser's settings of this page, or type a name.");
  if (name === "NotFoundError" || name === "OverconstrainedError") return say("There is no camera. Type a name or a ticket instead.");
  if (name === "NotReadableError") return say("Another app has the camera. Close it, then press Scan again.");
  return say("The camera does not start. Type a name or a ticket instead.");
}
