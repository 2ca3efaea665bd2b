// How noisy a measurement was: how far the rounds of its peers lie apart in CPU time.
import { findMedian } from './find-median.js';

/** Half of what the rounds lie apart, as a share of the median: of the peer in the middle, and of the worst. */
export function findNoise(rows) {
  if (rows.length === 0) return undefined;
  const halves = rows.map(({ spreads }) => spreads.cpuMicros / 2);
  return { median: findMedian(halves), most: Math.max(...halves) };
}

/** The noise as half a sentence, empty where nothing was measured in rounds. */
export function formatNoise(noise) {
  if (noise === undefined) return '';
  return `; the rounds of a peer lie ±${formatShare(noise.median)} apart, at most ±${formatShare(noise.most)}`;
}

function formatShare(share) {
  return `${Math.round(share * 100)} %`;
}
