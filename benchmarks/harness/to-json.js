// The content of results.json, from which the charts and the tables of docs/performance.md are made.
import { findNoise } from './find-noise.js';

/** Machine, versions and date are those of the last part; `growth` is there where it was measured. */
export function toJson(parts) {
  const last = parts.reduce((latest, part) => (part.date > latest.date ? part : latest));
  const growth = parts.flatMap((part) => part.growth);
  return {
    machine: last.machine,
    versions: Object.assign({}, ...parts.map((part) => part.versions)),
    date: last.date,
    workloads: parts.map(describePart),
    rows: parts.flatMap(({ workload, rows }) => rows.map((row) => roundRow(workload.id, row))),
    ...(growth.length > 0 && { growth: growth.map(roundGrowth) }),
  };
}

function describePart({ workload, date, command, method, rows, left }) {
  const noise = findNoise(rows);
  return {
    id: workload.id,
    date,
    command,
    method,
    ...(noise && { noise: { median: round(noise.median, 3), most: round(noise.most, 3) } }),
    left,
  };
}

function roundRow(workload, row) {
  const { cost } = row;
  return {
    workload,
    peer: row.peer,
    cpuMicros: round(row.cpuMicros, 2),
    requestsPerSecond: round(row.requestsPerSecond, 0),
    p50Ms: round(row.p50Ms, 3),
    p99Ms: round(row.p99Ms, 3),
    rssMb: round(row.rssMb, 1),
    startupMs: round(row.startupMs, 0),
    ratioToRaw: roundOrNull(row.ratioToRaw),
    ratioToEqual: roundOrNull(row.ratioToEqual),
    spread: roundOrNull(row.spreads.cpuMicros),
    ...(cost && {
      cost: { micros: round(cost.micros, 4), least: round(cost.least, 4), most: round(cost.most, 4) },
    }),
  };
}

function roundGrowth({ peer, samples, heapMb, rssMb, isSteady }) {
  const curve = samples.map((sample) => ({
    requests: sample.requests,
    heapMb: round(sample.heapMb, 2),
    rssMb: round(sample.rssMb, 1),
  }));
  return { peer, heapGrowthMb: round(heapMb, 2), rssGrowthMb: round(rssMb, 1), isSteady, curve };
}

function roundOrNull(number) {
  return number === null ? null : round(number, 3);
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}
