// Whether memory grew, as a table of points in time and a sentence.
import { formatTable } from './format-table.js';
import { TOLERANCE_MB } from './judge-growth.js';

const MOST_LINES = 10;

/** The lines of one peer: its curve and what is to be said of it. */
export function formatGrowth({ peer, samples, heapMb, rssMb, isSteady }) {
  const every = Math.ceil((samples.length - 1) / MOST_LINES);
  const shown = samples.filter((_, index) => (samples.length - 1 - index) % every === 0 || index === 0);
  const columns = [
    ['requests', ({ requests }) => requests.toLocaleString('en')],
    ['heap MB', (sample) => sample.heapMb.toFixed(2)],
    ['outside the heap MB', (sample) => sample.externalMb.toFixed(2)],
    ['RSS MB', (sample) => sample.rssMb.toFixed(1)],
  ];
  return [
    `### ${peer}`,
    formatTable(columns, shown),
    `From the third quarter to the fourth the heap grows by ${heapMb.toFixed(2)} MB (up to ${TOLERANCE_MB.heapMb} is within the tolerance) and the RSS by ${rssMb.toFixed(1)} MB (up to ${TOLERANCE_MB.rssMb}), medians of each: **${isSteady ? 'steady' : 'GROWS'}**.`,
  ];
}
