// What each feature costs, as a page of its own: the table that docs/performance.md shows.
import { FEATURES } from '../workloads/features.js';
import { formatTable } from './format-table.js';

/** The text of costs.md. */
export function formatCosts(parts) {
  return ['# What each feature costs', ...parts.flatMap(formatPart)].join('\n\n');
}

/** One workload's table with what it says and how it was made. */
export function formatPart({ workload, rows, date, command, method }) {
  const features = FEATURES.flatMap((feature) => {
    const row = rows.find(({ peer }) => peer === `sluice+${feature.name}`);
    return row?.cost === undefined ? [] : [{ ...feature, row }];
  });
  const nothing = features.find(({ name }) => name === 'nothing');
  if (nothing === undefined) return [];
  const base = `\`GET ${workload.request.path}\` of an application without middleware: ${nothing.row.cpuMicros.toFixed(2)} µs of the server's CPU time.`;
  const columns = [
    ['above it', ({ title }) => title],
    ['µs a request', ({ row }) => formatSigned(row.cost.micros)],
    ['least … most of the rounds', ({ row }) => formatRange(row.cost)],
  ];
  return [
    `## ${workload.title[0].toUpperCase()}${workload.title.slice(1)}`,
    base,
    formatTable(
      columns,
      features.filter(({ name }) => name !== 'nothing'),
    ),
    `Made on ${date.slice(0, 10)} by \`${command}\`: ${method}; each number is the median of the differences within a round. Where 0 lies between least and most, the machine could not tell the cost from nothing.`,
  ];
}

function formatRange({ least, most }) {
  return `${formatSigned(least)} … ${formatSigned(most)}`;
}

function formatSigned(micros) {
  const text = Math.abs(micros).toFixed(2);
  return micros < 0 && Number(text) > 0 ? `−${text}` : text;
}
