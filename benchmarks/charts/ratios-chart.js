// How Sluice compares with the raw servers in every workload: 1 is as fast, more is faster.
import { isEqual } from '../harness/summarize.js';
import { WORKLOADS } from '../workloads/workloads.js';
import { drawBars } from './draw-bars.js';

export const RATIOS_TITLE = 'CPU time of raw µWebSockets ÷ Sluice: 1 is as fast as by hand, more is better';

/** The SVG, drawn from results.json; undefined where raw was not measured. */
export function drawRatios({ rows, date }) {
  const bars = WORKLOADS.flatMap((workload) => listBars(workload, rows));
  if (bars.length === 0) return undefined;
  const notes = [`The line is at 1. Last measured on ${date.slice(0, 10)}.`];
  return drawBars({ title: RATIOS_TITLE, groups: [{ bars }], notes, mark: 1, isStacked: true });
}

function listBars({ id, title }, rows) {
  const row = rows.find(({ workload, peer }) => workload === id && peer === 'sluice');
  if (row === undefined || row.ratioToRaw === null) return [];
  const name = id.includes('-') ? title : `${id}: ${title}`;
  const equal = rows.find(({ workload, peer }) => workload === id && isEqual(peer))?.peer;
  const plain = { name, ...formatBar(row.ratioToRaw), isOwn: equal === undefined };
  if (equal === undefined) return [plain];
  return [plain, { name: `${name}, beside ${equal}`, ...formatBar(row.ratioToEqual), isOwn: true }];
}

function formatBar(ratio) {
  return { value: ratio, label: ratio.toFixed(2) };
}
