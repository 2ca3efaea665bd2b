// `npm run bench:pages`: makes the pages and charts of results/ and the figures of docs/performance.md anew, from
// what was measured. `-- --check` writes nothing, and fails if one of them is not what the results give.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DOCUMENT, makeDocument, PUBLISHED } from './documents/publish.js';
import { loadRuns, readParts } from './harness/kept-runs.js';
import { makeResults } from './harness/write-results.js';

const ROOT = path.resolve(import.meta.dirname, '..');

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
  const made = await makeResults({ folder: PUBLISHED, parts: readParts(loadRuns(PUBLISHED)) });
  const files = new Map([...made].map(([name, text]) => [path.join(PUBLISHED, name), text]));
  return files.set(DOCUMENT, await makeDocument(JSON.parse(made.get('results.json'))));
}
