// Bundles the front end into midcycle/web/static/dist: hashed names, a manifest, ready .gz and .br copies, and what each script says.
// Usage: node build.mjs [--watch]

import { build, context } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { icon } from "./icons.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = resolve(HERE, "../midcycle/web/static/dist");
const URL_PREFIX = "dist";

// The name a template asks for, and where it comes from. A part that is not there (yet) is left out.
const PARTS = {
  "app.js": "src/app/index.ts",
  "app.css": "src/styles/app.css",
  "edit.js": "src/edit/index.ts",
  "pad.js": "src/pad/index.ts",
  "plain.js": "src/plain/index.ts",
  "pad.css": "src/styles/pad.css",
  "reading.js": "src/reading/index.ts",
  "board.js": "src/board/index.ts",
  "hands.js": "src/hands/index.ts",
  "paper.js": "src/paper/index.ts",
  "balance.js": "src/balance/index.ts",
  "photos.js": "src/photos/index.ts",
  "scan.js": "src/scan/index.ts",
  "scan.css": "src/styles/scan.css",
  "decoder.js": "src/scan/decoder.ts",
  "offline.js": "src/offline/index.ts",
};
const ICON_SIZES = [180, 192, 512];
// As tests/words.py finds them for translators.
const SAID = /(?<![.\w])(say|sayIn|sayMany)\(\s*("(?:[^"\\]|\\.)*")(?:,\s*("(?:[^"\\]|\\.)*"))?/g;

const present = Object.entries(PARTS).filter(([, source]) => existsSync(join(HERE, source)));

const options = {
  absWorkingDir: HERE,
  entryPoints: present.map(([name, source]) => ({ in: source, out: name.replace(/\.\w+$/, "") })),
  entryNames: "[name]-[hash]",
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  charset: "utf8",
  legalComments: "none", // the notices are in licences.txt
  metafile: true,
  write: false,
  logLevel: "warning",
  plugins: [{ name: "publish", setup: (hooks) => hooks.onEnd(publish) }],
};

async function publish(result) {
  if (result.errors.length > 0) return;
  await mkdir(OUT, { recursive: true });
  const files = new Map(result.outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]));
  const icons = ICON_SIZES.map((size) => [`icon-${size}.png`, icon(size)]);
  for (const [name, bytes] of icons) files.set(hashed(name, bytes), bytes);
  files.set("manifest.json", Buffer.from(JSON.stringify(manifest(result.metafile, icons), null, 2) + "\n"));
  files.set("words.json", Buffer.from(JSON.stringify(await words(result.metafile))));
  files.set("licences.txt", Buffer.from(await licences(result.metafile)));
  const kept = new Set(files.keys());
  for (const [name, bytes] of files) {
    await writeFile(join(OUT, name), bytes);
    if (!/\.(js|css)$/.test(name)) continue;
    await writeFile(join(OUT, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    await writeFile(join(OUT, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    kept.add(`${name}.gz`).add(`${name}.br`);
  }
  for (const name of await readdir(OUT)) if (!kept.has(name)) await rm(join(OUT, name), { recursive: true });
  report(files);
}

// {"app.js": "dist/app-HASH.js", …}
function manifest(metafile, icons) {
  const names = new Map(present.map(([name, source]) => [source, name]));
  const outputs = Object.entries(metafile.outputs).filter(([, output]) => names.has(output.entryPoint));
  const bundled = outputs.map(([path, output]) => [names.get(output.entryPoint), `${URL_PREFIX}/${basename(path)}`]);
  const drawn = icons.map(([name, bytes]) => [name, `${URL_PREFIX}/${hashed(name, bytes)}`]);
  return Object.fromEntries([...bundled, ...drawn].sort());
}

// {"pad": [["", "See you.", ""], …], …}: the sentences of each script as [context, one, many] (midcycle/web/scripts.py).
async function words(metafile) {
  const names = new Map(present.map(([name, source]) => [source, name.replace(/\.\w+$/, "")]));
  const scripts = Object.values(metafile.outputs).filter((output) => /\.ts$/.test(output.entryPoint ?? ""));
  const said = scripts.map(async ({ entryPoint, inputs }) => {
    const sources = Object.keys(inputs).filter((path) => /^src\/.*\.ts$/.test(path)).sort();
    const found = (await Promise.all(sources.map((path) => readFile(join(HERE, path), "utf8")))).flatMap(sentences);
    return [names.get(entryPoint), [...new Map(found.map((one) => [one.join("\0"), one])).values()]];
  });
  return Object.fromEntries((await Promise.all(said)).filter(([, found]) => found.length > 0).sort());
}

function sentences(source) {
  return [...source.matchAll(SAID)].map(([, kind, first, second]) => {
    const [one, other] = [JSON.parse(first), second ? JSON.parse(second) : ""];
    return kind === "sayIn" ? [one, other, ""] : ["", one, kind === "sayMany" ? other : ""];
  });
}

// icon-192.png becomes icon-192-HASH.png, with a hash such as esbuild writes: what never changes may be kept for ever.
function hashed(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  return name.replace(/(?=\.\w+$)/, `-${hash}`);
}

// The licence text of every package of which something was bundled.
async function licences(metafile) {
  const folders = new Set(Object.keys(metafile.inputs).map(packageFolder).filter(Boolean));
  const texts = [...folders].sort().map(async (folder) => {
    const about = JSON.parse(await readFile(join(HERE, folder, "package.json"), "utf8"));
    const file = (await readdir(join(HERE, folder))).find((name) => /^licen[cs]e/i.test(name));
    const text = file ? (await readFile(join(HERE, folder, file), "utf8")).trim() : `Licence: ${about.license}`;
    return `${about.name} ${about.version} (${about.license})\n\n${text}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

function packageFolder(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function report(files) {
  for (const [name, bytes] of files) {
    if (!/\.(js|css)$/.test(name)) continue;
    const wire = (gzipSync(bytes, { level: 9 }).length / 1024).toFixed(1);
    console.log(`  ${relative(join(HERE, ".."), join(OUT, name))}  ${wire} KB gzip`);
  }
}

if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
