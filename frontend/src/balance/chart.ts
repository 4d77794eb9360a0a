// Cost and income by number of seats, drawn as midcycle/engines/charts/tracks.py draws it, while sliders move.

const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDTH = 360;
const TOP = 78;
const PLOT = 170;
const FLOOR = TOP + PLOT;

export interface Tracks {
  names: readonly [string, string];
  values: readonly [readonly bigint[], readonly bigint[]];
  minor: bigint;
  unit: string;
  marks: readonly number[];
  here: number;
  title: string;
  told: string;
}

/** A new drawing. */
export function draw(tracks: Tracks): SVGElement {
  const reach = tracks.values[0].length - 1;
  const highest = tracks.values.flat().reduce((most, value) => (value > most ? value : most), 0n);
  const [step, top] = grid(highest, tracks.minor);
  const x = (at: number): number => (WIDTH * at) / reach;
  const y = (value: bigint): number => TOP + PLOT * (1 - Number(value) / Number(top));
  const height = FLOOR + 22;
  const svg = part("svg", { role: "img", direction: "ltr", viewBox: `0 0 ${WIDTH} ${height}` });
  svg.append(part("title", {}, tracks.title), part("desc", {}, tracks.told));
  tracks.names.forEach((name, row) => {
    const middle = 8 + 18 * row;
    svg.append(line(KINDS[row] ?? "", 0, middle, 28, middle), text("chart-label", name, 36, middle + 4.5));
  });
  for (let value = step; value <= top; value += step) svg.append(line("chart-grid", 0, y(value), WIDTH, y(value)));
  mark(svg, tracks.marks.filter((at) => at <= reach), x);
  tracks.values.forEach((values, row) => {
    const points = corners(values).map((at) => `${round(x(at))},${round(y(values[at] ?? 0n))}`);
    svg.append(part("polyline", { class: KINDS[row] ?? "", fill: "none", points: points.join(" ") }));
  });
  for (const values of tracks.values) {
    const value = values[tracks.here];
    if (value !== undefined) svg.append(part("circle", { class: "chart-dot", cx: round(x(tracks.here)), cy: round(y(value)), r: "5" }));
  }
  tick(svg, reach);
  for (let value = step; value <= top; value += step) {
    svg.append(text("chart-label chart-halo", `${grouped(value / tracks.minor)} ${tracks.unit}`, 0, y(value) - 4)); // no line crosses it
  }
  return svg;
}

const KINDS = ["chart-line", "chart-line chart-line-2"];

function grid(highest: bigint, minor: bigint): [bigint, bigint] {
  let step = minor;
  for (let factors = 1; step * 5n < highest; factors += 1) {
    step = minor * ([1n, 2n, 5n][factors % 3] ?? 1n) * 10n ** BigInt(Math.floor(factors / 3));
  }
  const lines = (highest + step - 1n) / step;
  return [step, step * (lines > 1n ? lines : 1n)];
}

function corners(values: readonly bigint[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const [before, value, after] = [values[at - 1], values[at], values[at + 1]];
    if (before === undefined || value === undefined || after === undefined || after - value !== value - before) found.push(at);
  }
  return found;
}

function mark(svg: Element, places: readonly number[], x: (at: number) => number): void {
  let free = 0;
  for (const at of places) {
    svg.append(line("chart-axis", x(at), TOP - 18, x(at), FLOOR));
    const half = (`${at}`.length * 7.6) / 2;
    const middle = Math.min(Math.max(x(at), half), WIDTH - half);
    if (middle - half < free) continue;
    svg.append(text("chart-value", `${at}`, middle, TOP - 22, "middle"));
    free = middle + half + 5;
  }
}

function tick(svg: Element, reach: number): void {
  const step = [10, 20, 50, 100, 200, 500].find((one) => reach / one <= 6) ?? 500;
  svg.append(line("chart-axis", 0, FLOOR, WIDTH, FLOOR));
  for (let at = 0; at <= reach; at += step) {
    const anchor = at === 0 ? "start" : at === reach ? "end" : "middle";
    svg.append(text("chart-label", `${at}`, (WIDTH * at) / reach, FLOOR + 18, anchor));
  }
}

function part(name: string, attributes: Record<string, string>, words = ""): SVGElement {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (words) made.textContent = words;
  return made;
}

function line(kind: string, x1: number, y1: number, x2: number, y2: number): SVGElement {
  return part("line", { class: kind, x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2) });
}

function text(kind: string, words: string, x: number, y: number, anchor = "start"): SVGElement {
  return part("text", { class: kind, x: round(x), y: round(y), "text-anchor": anchor, "font-size": "13" }, words);
}

function round(value: number): string {
  return `${Math.round(value * 100) / 100}`;
}

function grouped(value: bigint): string {
  return value.toString().replace(/\B(?=(?:[0-9]{3})+$)/g, ",");
}
