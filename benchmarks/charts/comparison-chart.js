// The chart of the README: how many requests Sluice and others answer in a second of CPU time.
import { formatSpread } from '../harness/format-spread.js';
import { PEERS, takesPart } from '../peers/peers.js';
import { WORKLOADS } from '../workloads/workloads.js';
import { drawBars } from './draw-bars.js';

/** Who is in the chart, and under which name. raw-cached is measured in d only. */
export const COMPARED = {
  sluice: 'Sluice',
  raw: 'raw µWebSockets',
  'raw-cached': 'raw, cached session',
  fastify: 'Fastify',
  'nest-fastify': 'Nest on Fastify',
  'nest-node': 'Nest on Node',
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
  return drawBars({
    title: COMPARISON_TITLE,
    groups,
    notes: [...listOrigins(measured), ...listMissing(rows, measured)],
  });
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

function listOrigins(measured) {
  const origins = measured.map(({ id, date, method }) => [id, `${date.slice(0, 10)}, ${method}.`]);
  const lines = groupByText(origins).map(([text, ids]) =>
    ids.length === measured.length ? text : `${ids.join(', ')}: ${text}`,
  );
  return [...lines, '± is half of what the rounds lie apart.'];
}

/** One sentence for each peer that has no bar, with the reason. */
function listMissing(rows, measured) {
  const missing = measured.flatMap(({ id, left }) =>
    Object.keys(COMPARED)
      .filter((name) => isExpected(name, id))
      .filter((name) => !rows.some(({ workload, peer }) => workload === id && peer === name))
      .map((name) => {
        const reason = left.find(({ peer }) => peer === name)?.reason ?? 'it was not part of that run';
        return [id, `${COMPARED[name]}: ${shorten(reason)}.`];
      }),
  );
  return groupByText(missing).map(([text, ids]) => `Not measured in ${ids.join(' and ')}: ${text}`);
}

function isExpected(name, id) {
  const peer = PEERS.find((each) => each.name === name);
  const workload = WORKLOADS.find((each) => each.id === id);
  return takesPart(peer, workload);
}

/** `[text, ids]` of pairs of an id and a text. */
function groupByText(pairs) {
  const groups = new Map();
  for (const [id, text] of pairs) groups.set(text, [...(groups.get(text) ?? []), id]);
  return [...groups];
}

function shorten(reason) {
  return reason.length <= 80 ? reason : `${reason.slice(0, 79)}…`;
}
