// What each feature costs, as tables: those of costs.md, which docs/performance.md has too.
import { FEATURES } from '../workloads/features.js';
import { formatTable } from './format-table.js';

const NOT_MEASURABLE = 'not measurable';

/** The text of costs.md. */
export function formatCosts(parts) {
  return ['# What each feature costs', ...parts.flatMap(formatPart)].join('\n\n');
}

/** One workload's table with its heading and its origin. */
export function formatPart({ workload, rows, date, command, method }) {
  const table = formatCostTable(workload.request.path, rows);
  if (table.length === 0) return [];
  return [
    `## ${workload.title[0].toUpperCase()}${workload.title.slice(1)}`,
    ...table,
    `Made on ${date.slice(0, 10)} by \`${command}\`: ${method}. Each number is the median of the differences within a round, with the range in which it lies. A cost is not measurable if 0 lies in that range.`,
  ];
}

/** The request without any feature, and the table of what each adds; nothing where the first is missing. */
export function formatCostTable(path, rows) {
  const isHeavy = rows.some(({ workload }) => workload === 'costs-heavy');
  const features = FEATURES.flatMap((feature) => {
    const row = rows.find(({ peer }) => peer === `sluice+${feature.name}`);
    return row?.cost === undefined ? [] : [{ ...feature, row }];
  });
  const nothing = features.find(({ name }) => name === 'nothing');
  if (nothing === undefined) return [];
  const findShare = ({ row }) => (100 * row.cost.micros) / nothing.row.cpuMicros;
  const findBeside = ({ beside }) => features.find(({ name }) => name === beside);
  const findShareBeside = (feature) => {
    const other = findBeside(feature);
    if (other === undefined) return findShare(feature);
    const base = nothing.row.cpuMicros + other.row.cost.micros;
    return (100 * (feature.row.cost.micros - other.row.cost.micros)) / base;
  };
  const findTarget = ({ target, heavyTarget }) => (isHeavy ? heavyTarget : target);
  const columns = [
    ['in addition', ({ title }) => title],
    ['µs a request', ({ row }) => formatCost(row.cost)],
    ['range', ({ row }) => formatRange(row.cost)],
    ['of that request', (feature) => formatShare(feature.row.cost, findShare(feature))],
    [
      'target',
      (feature) => formatTarget(feature, findTarget(feature), findShareBeside(feature), findBeside(feature)),
    ],
  ];
  return [
    `\`GET ${path}\` of an application without middleware: ${nothing.row.cpuMicros.toFixed(2)} µs of the server's CPU time.`,
    formatTable(
      columns,
      features.filter(({ name }) => name !== 'nothing'),
    ),
  ];
}

/** A cost as text: the feature may be cheaper than nothing as well as dearer, or it has a number. */
export function formatCost(cost) {
  return isMeasurable(cost) ? formatSigned(cost.micros) : NOT_MEASURABLE;
}

/** Whether the rounds show that a feature costs something, or that it saves something. */
export function isMeasurable({ least, most }) {
  return least > 0 || most < 0;
}

/** The part of the whole request in percent. */
function formatShare(cost, percent) {
  return isMeasurable(cost) ? `${percent < 0 ? '−' : ''}${Math.abs(percent).toFixed(0)} %` : '';
}

/** A cost that cannot be measured does not miss the target of 0 %, which it would else in every second run. */
function formatTarget({ row: { cost } }, target, percent, beside) {
  if (target === undefined) return '';
  const isMissed = percent > target && (target > 0 || isMeasurable(cost));
  const base = beside === undefined ? '' : ` above ${beside.title}`;
  return `≤ ${target} %${base}${isMissed ? ': missed' : ''}`;
}

function formatRange({ least, most }) {
  return `${formatSigned(least)} … ${formatSigned(most)}`;
}

function formatSigned(micros) {
  const text = Math.abs(micros).toFixed(2);
  return micros < 0 && Number(text) > 0 ? `−${text}` : text;
}
