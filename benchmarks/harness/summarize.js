// Many runs become one row: medians, how far they lie apart, and the ratio to the raw server.
const MEASURES = ['cpuMicros', 'requestsPerSecond', 'p50Ms', 'p99Ms', 'rssMb', 'startupMs'];

/**
 * One row a peer and workload. `spreads` has (max - min) / median of each measure; `ratioToRaw` is raw's CPU
 * time ÷ the peer's, `ratioToCached` the same for raw with remembered tokens; null where raw was not measured.
 */
export function summarize(results) {
  const rows = results.map(({ workload, peer, runs }) => ({
    workload,
    peer: peer.name,
    ...mapMeasures((name) => findMedian(runs.map((run) => run[name]))),
    spreads: mapMeasures((name) => findSpread(runs.map((run) => run[name]))),
  }));
  return rows.map((row) => ({
    ...row,
    ratioToRaw: divide(findRow(rows, row.workload, 'raw'), row),
    ratioToCached: divide(findRow(rows, row.workload, 'raw-cached'), row),
  }));
}

/** The middle one, or the mean of the two in the middle. */
export function findMedian(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function findSpread(values) {
  return (Math.max(...values) - Math.min(...values)) / findMedian(values);
}

function mapMeasures(compute) {
  return Object.fromEntries(MEASURES.map((name) => [name, compute(name)]));
}

function findRow(rows, workload, peer) {
  return rows.find((row) => row.workload === workload && row.peer === peer);
}

function divide(raw, row) {
  return raw === undefined ? null : raw.cpuMicros / row.cpuMicros;
}
