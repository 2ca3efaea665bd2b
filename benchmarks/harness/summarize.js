// Many runs become one row: medians, how far they lie apart, and the ratio to the raw server.
import { PEERS } from '../peers/peers.js';
import { findMedian } from './find-median.js';
import { findRange } from './find-range.js';

const MEASURES = ['cpuMicros', 'requestsPerSecond', 'p50Ms', 'p99Ms', 'rssMb', 'startupMs'];
const BASELINE = 'sluice+nothing';

/**
 * One row a peer of a workload's results. `spreads` has (max - min) / median of each measure, null for a single run; `ratioToRaw` is raw's
 * CPU time ÷ the peer's, `ratioToEqual` the same for the raw server with Sluice's policy, null where neither was
 * measured; `cost` is what a feature costs, see below.
 */
export function summarize(results) {
  const rows = results.map(({ peer, runs }) => ({
    peer,
    ...mapMeasures((name) => findMedian(runs.map((run) => run[name]))),
    spreads: mapMeasures((name) => findSpread(runs.map((run) => run[name]))),
    cost: findCost(runs, results.find((result) => result.peer === BASELINE)?.runs),
  }));
  const raw = rows.find((row) => row.peer === 'raw');
  const equal = rows.find((row) => isEqual(row.peer));
  return rows.map((row) => ({ ...row, ratioToRaw: divide(raw, row), ratioToEqual: divide(equal, row) }));
}

/** The raw server of a workload that does what Sluice does, where there is one of its own. */
export function isEqual(name) {
  return PEERS.some((peer) => peer.name === name && peer.isEqual === true);
}

/** Microseconds above the baseline: the median of the differences within each round, and the range in which it lies. */
function findCost(runs, baseline) {
  if (baseline === undefined) return undefined;
  const differences = runs.flatMap((run) => {
    const other = baseline.find(({ round }) => round === run.round);
    return other === undefined ? [] : [run.cpuMicros - other.cpuMicros];
  });
  if (differences.length === 0) return undefined;
  return { micros: findMedian(differences), ...findRange(differences) };
}

function findSpread(values) {
  if (values.length < 2) return null;
  return (Math.max(...values) - Math.min(...values)) / findMedian(values);
}

function mapMeasures(compute) {
  return Object.fromEntries(MEASURES.map((name) => [name, compute(name)]));
}

function divide(raw, row) {
  return raw === undefined ? null : raw.cpuMicros / row.cpuMicros;
}
