// The figures of a document: what lies between two marks is made from results.json, and all else is written by hand.
import { formatCostTable } from '../harness/format-costs.js';
import { formatNoise } from '../harness/find-noise.js';
import { formatSpread } from '../harness/format-spread.js';
import { formatTable } from '../harness/format-table.js';
import { WORKLOADS } from '../workloads/workloads.js';
import { formatComparison } from './comparison-table.js';

/** What a mark can ask for; each makes the Markdown that follows it. */
const FIGURES = {
  comparison: (results) =>
    `${formatOrigins(results, WORKLOADS.filter(isCompared))}\n\n${formatComparison(results)}`,
  startup: (results) => formatStartup(results),
  service: (results) => formatService(results),
  'costs-small': (results) => formatCosts(results, 'costs-small'),
  'costs-heavy': (results) => formatCosts(results, 'costs-heavy'),
};

const MARKED = /(<!-- figures: ([\w-]+) -->\n)[^]*?(<!-- end of figures -->)/g;

/** The document with its figures made anew. Throws an Error for a mark that is not known. */
export function writeFigures(document, results) {
  return document.replace(MARKED, (_, start, name, end) => {
    if (!(name in FIGURES))
      throw new Error(`No figures "${name}"; there are ${Object.keys(FIGURES).join(', ')}.`);
    return `${start}\n${FIGURES[name](results)}\n\n${end}`;
  });
}

/** The workload with the middleware of a service, in which raw has no part. */
const SERVICE = 'l';

function isCompared({ id }) {
  return id.length === 1 && id !== SERVICE;
}

/** One sentence for each command that measured some of the workloads. */
function formatOrigins({ workloads, versions }, wanted) {
  const origins = new Map();
  for (const part of workloads.filter(({ id }) => wanted.some((workload) => workload.id === id))) {
    const key = `${part.date.slice(0, 10)} ${part.command} ${part.method}`;
    origins.set(key, [...(origins.get(key) ?? []), part]);
  }
  const sentences = [...origins.values()].map((parts) => {
    const [{ date, command, method }] = parts;
    const ids = parts.map(({ id }) => id).join(', ');
    return `- ${ids}: measured on ${date.slice(0, 10)} by \`${command}\`, ${method}${formatNoise(joinNoise(parts))}.`;
  });
  return [...sentences, '', `Node ${versions.node}, engine build ${versions['uWebSockets.js']}.`].join('\n');
}

/** The noise of some workloads together: the middle and the most of them. */
function joinNoise(parts) {
  const noises = parts.flatMap(({ noise }) => noise ?? []);
  if (noises.length === 0) return undefined;
  const medians = noises.map(({ median }) => median).sort((one, other) => one - other);
  return {
    median: medians[Math.floor(medians.length / 2)],
    most: Math.max(...noises.map(({ most }) => most)),
  };
}

function formatStartup(results) {
  const find = (wanted) =>
    results.rows.find(({ workload, peer }) => workload === 'startup' && peer === wanted);
  const [raw, sluice] = [find('raw'), find('sluice')];
  if (raw === undefined || sluice === undefined) return 'Not measured yet.';
  const figures = `The first answer of 50 routes came ${sluice.startupMs} ms after the start of the process (raw: ${raw.startupMs}), and resident memory under load was ${Math.round(sluice.rssMb)} MB (raw: ${Math.round(raw.rssMb)}).`;
  return `${figures} ${formatOrigin(results, 'startup')}`;
}

function formatService(results) {
  const rows = results.rows.filter(({ workload }) => workload === SERVICE);
  if (rows.length === 0) return 'Not measured yet.';
  const sluice = rows.find(({ peer }) => peer === 'sluice');
  const columns = [
    ['server', ({ peer }) => peer],
    ['CPU µs', ({ cpuMicros, spread }) => `${cpuMicros.toFixed(2)}${formatSpread(spread)}`],
    ['times Sluice', ({ cpuMicros }) => (cpuMicros / sluice.cpuMicros).toFixed(1)],
  ];
  return `${formatOrigin(results, SERVICE)}\n\n${formatTable(columns, rows)}`;
}

function formatCosts(results, id) {
  const rows = results.rows.filter(({ workload }) => workload === id);
  const { request } = WORKLOADS.find((workload) => workload.id === id);
  const table = formatCostTable(request.path, rows);
  return table.length === 0 ? 'Not measured yet.' : [formatOrigin(results, id), ...table].join('\n\n');
}

function formatOrigin({ workloads }, wanted) {
  const { date, command, method } = workloads.find(({ id }) => id === wanted);
  return `Measured on ${date.slice(0, 10)} by \`${command}\`: ${method}.`;
}
