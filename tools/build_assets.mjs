// Bundles assets/ for the browser: node tools/build_assets.mjs ASSETS_DIR OUT_DIR.
// Names carry a hash of their content, so that a browser may keep them for ever; manifest.json says which is which.
// The same input gives the same bytes. What a public page loads has a budget, and going over it fails the build.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';

const [source, out] = process.argv.slice(2);
if (!source || !out) throw new Error('build_assets.mjs ASSETS_DIR OUT_DIR');

const kilobyte = 1024;
const outputs = [
  { name: 'site.css', entry: 'site.css', budget: 10 * kilobyte },
  { name: 'site.js', entry: 'main.ts', budget: 12 * kilobyte },
  { name: 'proof_worker.js', entry: 'proof_worker.ts', budget: 2 * kilobyte },
  { name: 'console.css', entry: 'console.css' },
  { name: 'console.js', entry: 'console.ts' },
  { name: 'favicon.svg', entry: 'favicon.svg', copy: true },
];

async function bytesOf({ entry, copy }) {
  const file = join(source, entry);
  if (copy) return readFileSync(file);
  const result = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return Buffer.from(result.outputFiles[0].contents);
}

function compressed(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const manifest = {};
const tooLarge = [];
for (const output of outputs) {
  const bytes = await bytesOf(output);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const file = output.name.replace(/\.([a-z]+)$/, `-${hash}.$1`);
  writeFileSync(join(out, file), bytes);
  manifest[output.name] = file;
  const size = compressed(bytes);
  const limit = output.budget ? ` of ${output.budget}` : '';
  console.log(`${output.name.padEnd(18)} ${String(bytes.length).padStart(7)} bytes, ${size}${limit} as Brotli`);
  if (output.budget && size > output.budget) tooLarge.push(output.name);
}
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
if (tooLarge.length) {
  console.error(`Over budget: ${tooLarge.join(', ')}. Make them smaller or take something out.`);
  process.exit(1);
}
