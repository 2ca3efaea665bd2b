// Rows as JSON, as a Markdown page and as charts, all with machine, versions and date.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { drawCosts, drawRatios, drawTimes } from './draw-chart.js';
import { formatPage } from './format-page.js';

/** Writes results.json, results.md and the charts into the folder, and the JSON once more where it was asked for. */
export async function writeResults({ folder, jsonFile, report }) {
  mkdirSync(folder, { recursive: true });
  const json = `${JSON.stringify(toJson(report), null, 2)}\n`;
  writeFileSync(path.join(folder, 'results.json'), json);
  if (jsonFile) writeFileSync(jsonFile, json);
  const charts = drawAll(report.rows, report.date);
  for (const { file, svg } of charts) writeFileSync(path.join(folder, file), svg);
  const page = formatPage(report, charts);
  const options = await prettier.resolveConfig(path.join(folder, 'results.md'));
  writeFileSync(
    path.join(folder, 'results.md'),
    await prettier.format(page, { ...options, parser: 'markdown' }),
  );
}

/** The agreed shape, nothing more. */
function toJson({ machine, versions, date, rows }) {
  return {
    machine,
    versions,
    date,
    rows: rows.map(({ workload, peer, spreads, ratioToRaw, ...row }) => ({
      workload: workload.id,
      peer,
      cpuMicros: round(row.cpuMicros, 2),
      requestsPerSecond: round(row.requestsPerSecond, 0),
      p50Ms: round(row.p50Ms, 3),
      p99Ms: round(row.p99Ms, 3),
      rssMb: round(row.rssMb, 1),
      ratioToRaw: ratioToRaw === null ? null : round(ratioToRaw, 3),
      spread: round(spreads.cpuMicros, 3),
    })),
  };
}

function drawAll(rows, date) {
  const small = rows.filter((row) => row.workload.id === 'costs-small');
  const compared = rows.filter((row) => row.workload.group !== 'costs');
  return [
    ...['a', 'd'].map((id) =>
      drawTimes(
        `times-${id}.svg`,
        compared.filter((row) => row.workload.id === id),
        date,
      ),
    ),
    drawRatios(
      'ratios.svg',
      compared.filter((row) => row.peer === 'sluice' && row.ratioToRaw !== null),
      date,
    ),
    drawCosts('costs.svg', small, date),
  ].filter((chart) => chart !== undefined);
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}
