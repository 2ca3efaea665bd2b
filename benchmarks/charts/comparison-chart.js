// The chart of the README: how many requests Sluice and others answer in a second of CPU time.
import { formatSpread } from '../harness/format-spread.js';
import { drawBars } from './draw-bars.js';

/** Who is in the chart, and under which name. raw-cached is measured in d only. */
export const COMPARED = {
  sluice: 'Sluice',
  raw: 'raw µWebSockets',
  'raw-cached': 'raw, cached session',
  fastify: 'Fastify',
  'nest-fastify': 'Nest on Fastify',
  hono: 'Hono',
  express: 'Express',
  fastrapi: 'FastrAPI',
};

const HEADINGS = { a: 'a: GET JSON, no middleware', d: 'd: trusted host, CORS, gzip, session' };

/** The workloads of the chart. */
export const COMPARED_WORKLOADS = Object.keys(HEADINGS);

export const COMPARISON_TITLE = 'Thousand requests per second of CPU time, more is better';

/** The SVG, drawn from results.json; undefined where none of its workloads was measured. */
export function drawComparison({ rows, workloads }) {
  const measured = workloads.filter(({ id }) => id in HEADINGS);
  if (measured.length === 0) return undefined;
  const groups = measured.map(({ id }) => ({ heading: HEADINGS[id], bars: listBars(rows, id) }));
  return drawBars({ title: COMPARISON_TITLE, groups, notes: listNotes(measured) });
}

function listBars(rows, id) {
  const bars = rows
    .filter(({ workload, peer }) => workload === id && peer in COMPARED)
    .map(({ peer, cpuMicros, spread }) => ({
      name: COMPARED[peer],
      value: 1e6 / cpuMicros,
      label: `${formatThousands(1e6 / cpuMicros)}${formatSpread(spread)}`,
      isOwn: peer === 'sluice',
    }));
  return bars.sort((one, other) => other.value - one.value);
}

function formatThousands(number) {
  const thousands = number / 1000;
  return thousands < 10 ? thousands.toFixed(1) : String(Math.round(thousands));
}

function listNotes(measured) {
  const origins = new Map();
  for (const { id, date, method } of measured) {
    const origin = `${date.slice(0, 10)}, ${method}.`;
    origins.set(origin, [...(origins.get(origin) ?? []), id]);
  }
  const left = measured.flatMap(({ id, left: missing }) =>
    missing
      .filter(({ peer }) => peer in COMPARED)
      .map(({ peer, reason }) => `${COMPARED[peer]} is not measured in ${id}: ${shorten(reason)}.`),
  );
  return [
    ...[...origins].map(([origin, ids]) => (origins.size > 1 ? `${ids.join(', ')}: ${origin}` : origin)),
    '± is half of what the rounds lie apart.',
    ...left,
  ];
}

function shorten(reason) {
  return reason.length <= 80 ? reason : `${reason.slice(0, 79)}…`;
}
