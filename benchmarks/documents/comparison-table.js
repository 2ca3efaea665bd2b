// The table of docs/performance.md that compares Sluice with µWebSockets by hand, with Sluice's targets.
import { formatSpread } from '../harness/format-spread.js';
import { formatTable } from '../harness/format-table.js';
import { WORKLOADS } from '../workloads/workloads.js';

const AS_FAST = { ratio: 1, text: '≥ 1.00 within the spread', isWithinSpread: true };
const atLeast = (ratio) => ({ ratio, text: `≥ ${ratio.toFixed(2)}`, isWithinSpread: false });

/** One row each; `beside` is the raw server that does what Sluice does, where the plain one does less. */
const TARGETS = [
  { id: 'a', target: AS_FAST },
  { id: 'a', beside: 'raw-checked' },
  { id: 'b', target: AS_FAST },
  { id: 'b', beside: 'raw-checked' },
  { id: 'c' },
  { id: 'c', beside: 'raw-checked', target: AS_FAST },
  { id: 'd' },
  { id: 'd', beside: 'raw-cached', target: AS_FAST },
  { id: 'e', target: AS_FAST },
  { id: 'f', target: AS_FAST },
  { id: 'g', target: atLeast(0.95) },
  { id: 'g', beside: 'raw-checked' },
  { id: 'h' },
  { id: 'h', beside: 'raw-checked', target: atLeast(0.92) },
  { id: 'i' },
  { id: 'i', beside: 'raw-cached', target: AS_FAST },
  { id: 'j', target: atLeast(0.97) },
  { id: 'j', beside: 'raw-checked' },
  { id: 'k', target: atLeast(0.97) },
  { id: 'k', beside: 'raw-checked' },
];

/** The Markdown of the table; rows that were not measured are missing. */
export function formatComparison({ rows }) {
  const find = (id, peer) => rows.find((row) => row.workload === id && row.peer === peer);
  const pairs = TARGETS.map((each) => ({
    ...each,
    raw: find(each.id, each.beside ?? 'raw'),
    sluice: find(each.id, 'sluice'),
  })).filter(({ raw, sluice }) => raw !== undefined && sluice !== undefined);
  const columns = [
    ['workload', formatName],
    ['raw, CPU µs', ({ raw }) => formatTime(raw)],
    ['Sluice, CPU µs', ({ sluice }) => formatTime(sluice)],
    ['raw ÷ Sluice', (pair) => findRatio(pair).toFixed(2)],
    ['target', formatTarget],
  ];
  return formatTable(columns, pairs);
}

function formatName({ id, beside }) {
  const { title } = WORKLOADS.find((workload) => workload.id === id);
  return `${id}: ${title}${beside ? `, compared with ${beside}` : ''}`;
}

function formatTime({ cpuMicros, spread }) {
  return `${cpuMicros.toFixed(2)}${formatSpread(spread)}`;
}

function formatTarget(pair) {
  if (pair.target === undefined) return '';
  return `${pair.target.text}${isMet(pair) ? '' : ': missed'}`;
}

/** Judged by the two digits that the table shows; a target within the spread may be missed by both spreads together. */
function isMet({ raw, sluice, target }) {
  const reached = Number(findRatio({ raw, sluice }).toFixed(2));
  const allowance = target.isWithinSpread ? (raw.spread + sluice.spread) / 2 : 0;
  return reached * (1 + allowance) >= target.ratio;
}

function findRatio({ raw, sluice }) {
  return raw.cpuMicros / sluice.cpuMicros;
}
