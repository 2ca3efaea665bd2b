// Rows as JSON, as Markdown pages and as charts, all with machine, versions and date.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { drawCosts, drawRatios, drawTimes } from './draw-chart.js';
import { formatCosts } from './format-costs.js';
import { formatPage } from './format-page.js';

/** Writes results.json, results.md, costs.md and the charts into the folder, and the JSON once more where it was asked for. */
export async function writeResults({ folder, jsonFile, parts }) {
  const json = `${JSON.stringify(toJson(parts), null, 2)}\n`;
  writeFileSync(path.join(folder, 'results.json'), json);
  if (jsonFile) writeFileSync(jsonFile, json);
  const charts = drawAll(parts);
  for (const { file, svg } of charts) writeFileSync(path.join(folder, file), svg);
  await writePage(path.join(folder, 'results.md'), formatPage(parts, charts));
  const costs = parts.filter(({ workload }) => workload.group === 'costs');
  if (costs.length > 0) await writePage(path.join(folder, 'costs.md'), formatCosts(costs));
}

async function writePage(file, page) {
  const options = await prettier.resolveConfig(file);
  writeFileSync(file, await prettier.format(page, { ...options, parser: 'markdown' }));
}

/** The agreed shape; machine, versions and date are those of the last part, `growth` is there where it was measured. */
function toJson(parts) {
  const last = parts.reduce((latest, part) => (part.date > latest.date ? part : latest));
  const growth = parts.flatMap((part) => part.growth);
  return {
    machine: last.machine,
    versions: Object.assign({}, ...parts.map((part) => part.versions)),
    date: last.date,
    rows: parts.flatMap(({ workload, rows }) => rows.map((row) => roundRow(workload.id, row))),
    ...(growth.length > 0 && { growth: growth.map(roundGrowth) }),
  };
}

function roundRow(workload, row) {
  return {
    workload,
    peer: row.peer,
    cpuMicros: round(row.cpuMicros, 2),
    requestsPerSecond: round(row.requestsPerSecond, 0),
    p50Ms: round(row.p50Ms, 3),
    p99Ms: round(row.p99Ms, 3),
    rssMb: round(row.rssMb, 1),
    ratioToRaw: row.ratioToRaw === null ? null : round(row.ratioToRaw, 3),
    spread: round(row.spreads.cpuMicros, 3),
  };
}

function roundGrowth({ peer, samples, heapMb, rssMb, isSteady }) {
  const curve = samples.map((sample) => ({
    requests: sample.requests,
    heapMb: round(sample.heapMb, 2),
    rssMb: round(sample.rssMb, 1),
  }));
  return { peer, heapGrowthMb: round(heapMb, 2), rssGrowthMb: round(rssMb, 1), isSteady, curve };
}

function drawAll(parts) {
  const find = (id) => parts.find(({ workload }) => workload.id === id);
  const charts = [
    ...['a', 'd'].map((id) => find(id) && drawTimes(`times-${id}.svg`, find(id))),
    drawRatios('ratios.svg', parts),
    find('costs-small') && drawCosts('costs.svg', find('costs-small')),
  ];
  return charts.filter((chart) => chart !== undefined);
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}
