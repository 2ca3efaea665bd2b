// How noisy a measurement was: how far the rounds of its peers lie apart in CPU time.
import { findMedian } from './find-median.js';

/** Half of what the rounds lie apart, as a share of the median: of the peer in the middle, and of the worst. */
export function findNoise(rows) {
  const halves = rows.filter(({ spreads }) => spreads.cpuMicros !== null).map(toHalf);
  if (halves.length === 0) return undefined;
  return { median: findMedian(halves), most: Math.max(...halves) };
}

/** The noise as half a sentence. */
export function formatNoise(noise) {
  if (noise === undefined) return '; a single run does not show the noise';
  return `; the rounds of a peer lie ±${formatShare(noise.median)} apart, at most ±${formatShare(noise.most)}`;
}

function toHalf({ spreads }) {
  return spreads.cpuMicros / 2;
}

function formatShare(share) {
  return `${Math.round(share * 100)} %`;
}
