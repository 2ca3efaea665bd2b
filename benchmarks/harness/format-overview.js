// One table for all: how many times raw's CPU time each peer needs, and the mean of a to f.
import { findGeometricMean } from './find-geometric-mean.js';
import { formatTable } from './format-table.js';

const COMPARED = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'];

/** The lines of the overview; none where raw was not measured. */
export function formatOverview(parts) {
  const compared = parts.filter(
    ({ workload, rows }) => COMPARED.includes(workload.id) && rows.some(hasRatio),
  );
  if (compared.length === 0) return [];
  const peers = [...new Set(compared.flatMap(({ rows }) => rows.map(({ peer }) => peer)))];
  const lines = peers.map((peer) => ({ name: peer, peer, choose: (row) => row.ratioToRaw }));
  if (compared.some(({ rows }) => rows.some((row) => row.peer === 'sluice' && row.ratioToEqual !== null))) {
    const choose = (row) => row.ratioToEqual ?? row.ratioToRaw;
    const place = lines.findIndex(({ peer }) => peer === 'sluice') + 1;
    lines.splice(place, 0, { name: 'sluice, beside raw with its policy', peer: 'sluice', choose });
  }
  const findMean = ({ peer, choose }) => findGeometricMean(compared, peer, choose);
  const hasMean = lines.some((line) => findMean(line) !== undefined);
  const columns = [
    ['raw ÷ peer', ({ name }) => name],
    ...compared.map((part) => [part.workload.id, (line) => formatRatio(findRatio(part, line))]),
    ...(hasMean ? [['a–f', (line) => formatRatio(findMean(line))]] : []),
  ];
  return [
    '## Overview',
    'CPU time of the raw server ÷ that of the peer: 1 is as fast as by hand, 0.5 takes twice as long. The column a–f, where all six were measured, is their geometric mean.',
    formatTable(columns, lines),
  ];
}

/** A ratio with two digits, empty where there is none. */
export function formatRatio(ratio) {
  return ratio === null || ratio === undefined ? '' : ratio.toFixed(2);
}

function hasRatio(row) {
  return row.ratioToRaw !== null;
}

function findRatio({ rows }, { peer, choose }) {
  const row = rows.find((each) => each.peer === peer);
  return row && choose(row);
}
