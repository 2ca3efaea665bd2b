// Rows as JSON, as Markdown pages and as charts, all with machine, versions and date.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { drawCharts } from '../charts/draw-charts.js';
import { formatCosts } from './format-costs.js';
import { formatPage } from './format-page.js';
import { toJson } from './to-json.js';

/** Writes all that a results folder has beside runs.json, and the JSON once more where it was asked for. */
export async function writeResults({ folder, jsonFile, parts }) {
  for (const [file, text] of await makeResults({ folder, parts })) {
    writeFileSync(path.join(folder, file), text);
    if (jsonFile && file === 'results.json') writeFileSync(jsonFile, text);
  }
}

/** The names and texts of these files. */
export async function makeResults({ folder, parts }) {
  const results = toJson(parts);
  const charts = drawCharts(results);
  const files = new Map([['results.json', `${JSON.stringify(results, null, 2)}\n`]]);
  for (const { file, svg } of charts) files.set(file, svg);
  files.set('results.md', await formatMarkdown(path.join(folder, 'results.md'), formatPage(parts, charts)));
  const costs = parts.filter(({ workload }) => workload.group === 'costs');
  if (costs.length > 0) {
    files.set('costs.md', await formatMarkdown(path.join(folder, 'costs.md'), formatCosts(costs)));
  }
  return files;
}

/** The page as the repository's formatter leaves it. */
export async function formatMarkdown(file, page) {
  const options = await prettier.resolveConfig(file);
  return prettier.format(page, { ...options, parser: 'markdown' });
}
