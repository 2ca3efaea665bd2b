// What each feature of Sluice adds to a small request.
import { formatCost, isMeasurable } from '../harness/format-costs.js';
import { FEATURES } from '../workloads/features.js';
import { drawBars } from './draw-bars.js';

export const COSTS_TITLE = 'Microseconds of CPU time that each feature adds to a small request';

/** The SVG, drawn from results.json; undefined where the costs were not measured. */
export function drawCosts({ rows, workloads }) {
  const measured = workloads.find(({ id }) => id === 'costs-small');
  const bars = FEATURES.filter(({ name }) => name !== 'nothing').flatMap(({ name, title }) => {
    const row = rows.find(({ workload, peer }) => workload === 'costs-small' && peer === `sluice+${name}`);
    if (row?.cost === undefined) return [];
    const value = isMeasurable(row.cost) ? row.cost.micros : undefined;
    return [{ name: title.replaceAll('`', ''), value, label: formatCost(row.cost), isOwn: true }];
  });
  if (measured === undefined || bars.length === 0) return undefined;
  const notes = [
    `${measured.date.slice(0, 10)}, ${measured.method}.`,
    'Not measurable: 0 lies in the range of the rounds.',
  ];
  return drawBars({ title: COSTS_TITLE, groups: [{ bars }], notes, isStacked: true });
}
