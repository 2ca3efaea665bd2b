// `npm run bench:gzip`: where encoding on this thread stops paying, and what level 9 costs beside 6. Needs the build only.
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const { makeGzipCoding } = require('../packages/compression/dist/gzip-coding.js');

const SIZES = [1, 4, 16, 64, 256].map((kibibytes) => kibibytes * 1024);
const MILLISECONDS_EACH = 300;
const IN_FLIGHT = 4;

/** JSON of about so many bytes, the kind an API sends. */
function makeJson(size) {
  const rows = [];
  for (let id = 0, length = 2; length < size; id++) {
    const row = { id, name: `user ${(id * 7919) % 1000}`, score: (id * 104729) % 997, active: id % 3 === 0 };
    rows.push(row);
    length += JSON.stringify(row).length + 1;
  }
  return Buffer.from(JSON.stringify(rows)).subarray(0, size);
}

/** Microseconds one call takes, the best of three goes. */
async function time(run) {
  let best = Infinity;
  for (let go = 0; go < 3; go++) {
    let count = 0;
    const start = performance.now();
    while (performance.now() - start < MILLISECONDS_EACH) count += await run();
    best = Math.min(best, ((performance.now() - start) * 1000) / count);
  }
  return best;
}

async function measure(size) {
  const body = makeJson(size);
  const six = makeGzipCoding(6);
  const nine = makeGzipCoding(9);
  const here = await time(() => (six.encodeNow(body), 1));
  const level9 = await time(() => (nine.encodeNow(body), 1));
  const elsewhere = await time(async () => {
    await Promise.all(Array.from({ length: IN_FLIGHT }, () => six.encodeLater(body)));
    return IN_FLIGHT;
  });
  const saved = 1 - nine.encodeNow(body).byteLength / six.encodeNow(body).byteLength;
  return { here, elsewhere, level9, saved };
}

console.log(`Node ${process.versions.node}, JSON, gzip level 6; best of three, µs a body\n`);
console.log('body       here   another thread   level 9   9 saves');
for (const size of SIZES) {
  const { here, elsewhere, level9, saved } = await measure(size);
  const cells = [here, elsewhere, level9].map((value) => value.toFixed(0).padStart(9));
  console.log(
    `${`${size / 1024} KiB`.padEnd(8)}${cells[0]}${cells[1].padStart(15)}${cells[2].padStart(12)}${(saved * 100).toFixed(1).padStart(8)} %`,
  );
}
