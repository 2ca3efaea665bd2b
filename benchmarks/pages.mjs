// `npm run bench:pages`: makes the pages and charts of results/ and the figures of docs/performance.md anew, from
// what was measured. `-- --check` writes nothing, and fails if one of them is not what the results give.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeFigures } from './documents/write-figures.js';
import { loadRuns, readParts } from './harness/kept-runs.js';
import { formatMarkdown, makeResults } from './harness/write-results.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const RESULTS = path.join(import.meta.dirname, 'results');
const DOCUMENT = path.join(ROOT, 'docs', 'performance.md');

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const pages = await makePages();
const stale = [...pages].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);
for (const [file, text] of stale) {
  if (!values.check) writeFileSync(file, text);
  process.stdout.write(`${values.check ? 'differs' : 'written'}: ${path.relative(ROOT, file)}\n`);
}
if (values.check && stale.length > 0) {
  process.stderr.write('Run `npm run bench:pages`.\n');
  process.exitCode = 1;
}

async function makePages() {
  const made = await makeResults({ folder: RESULTS, parts: readParts(loadRuns(RESULTS)) });
  const files = new Map([...made].map(([name, text]) => [path.join(RESULTS, name), text]));
  const document = writeFigures(readFileSync(DOCUMENT, 'utf8'), JSON.parse(made.get('results.json')));
  return files.set(DOCUMENT, await formatMarkdown(DOCUMENT, document));
}
