// The results as a Markdown page: an overview, a table a workload, and why others are missing.
import { findNoise, formatNoise } from './find-noise.js';
import { formatPart } from './format-costs.js';
import { formatGrowth } from './format-growth.js';
import { formatOverview, formatRatio } from './format-overview.js';
import { formatSpread } from './format-spread.js';
import { formatTable } from './format-table.js';
import { isEqual } from './summarize.js';

/** The text of results.md. */
export function formatPage(parts, charts) {
  const last = parts.at(-1);
  return [
    '# Results',
    formatOrigins(parts),
    charts.map(({ file, title }) => `![${title}](${file})`).join('\n\n'),
    ...formatOverview(parts),
    ...parts.flatMap(formatWorkload),
    ...formatLeft(parts),
    '## Machine and versions',
    ...listDistinct(parts.map(({ machine }) => formatList(machine))),
    formatList(Object.assign({}, ...parts.map(({ versions }) => versions), last.versions)),
  ].join('\n\n');
}

/** When, how and how noisily each workload was measured; those of one command go together. */
export function formatOrigins(parts) {
  const origins = new Map();
  for (const part of parts.filter(({ results }) => results.length > 0)) {
    const origin = `${part.date.slice(0, 10)} by \`${part.command}\`: ${part.method}`;
    origins.set(origin, [...(origins.get(origin) ?? []), part]);
  }
  const lines = [...origins].map(([origin, members]) => {
    const ids = members.map(({ workload }) => workload.id).join(', ');
    return `- ${ids}: made on ${origin}${formatNoise(findNoise(members.flatMap(({ rows }) => rows)))}.`;
  });
  return [...lines, '', 'After ± is half of what the rounds lie apart.'].join('\n');
}

function formatWorkload(part) {
  const { workload, rows, growth } = part;
  if (part.results.length === 0) return [];
  const { method, path } = workload.request;
  const heading = `## ${workload.id}: ${workload.title}`;
  if (growth.length > 0) return [heading, ...growth.flatMap(formatGrowth)];
  const line = `\`${method} ${path}\`, ${workload.connections} connections, ${workload.pipeline} deep.`;
  if (workload.group === 'costs') return formatPart(part);
  return [heading, line, formatTable(listColumns(rows), rows)];
}

function listColumns(rows) {
  const equal = rows.find(({ peer }) => isEqual(peer));
  return [
    ['peer', (row) => row.peer],
    ['CPU µs a request', (row) => formatMeasure(row, 'cpuMicros', 2)],
    ['raw ÷ peer', (row) => formatRatio(row.ratioToRaw)],
    ...(equal ? [[`${equal.peer} ÷ peer`, (row) => formatRatio(row.ratioToEqual)]] : []),
    ['requests/s', (row) => formatMeasure(row, 'requestsPerSecond', 0)],
    ['p50 ms', (row) => formatMeasure(row, 'p50Ms', 2)],
    ['p99 ms', (row) => formatMeasure(row, 'p99Ms', 2)],
    ['RSS MB', (row) => formatMeasure(row, 'rssMb', 0)],
    ['first answer ms', (row) => formatMeasure(row, 'startupMs', 0)],
  ];
}

function formatMeasure(row, name, digits) {
  const number = row[name].toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number}${formatSpread(row.spreads[name])}`;
}

/** One line a peer and reason, with all workloads it holds for. */
function formatLeft(parts) {
  const reasons = new Map();
  for (const { workload, left } of parts) {
    for (const { peer, reason } of left) {
      const text = `${peer}: ${reason.replaceAll('`', "'")}`;
      reasons.set(text, [...(reasons.get(text) ?? []), workload.id]);
    }
  }
  if (reasons.size === 0) return [];
  const lines = [...reasons].map(([text, ids]) => `- ${text} (${ids.join(', ')})`);
  return ['## Not measured here', lines.join('\n')];
}

function listDistinct(texts) {
  return [...new Set(texts)];
}

function formatList(record) {
  return Object.entries(record)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join('\n');
}
