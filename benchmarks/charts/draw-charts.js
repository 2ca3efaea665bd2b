// All charts of a results folder, from the content of its results.json.
import { COMPARISON_TITLE, drawComparison } from './comparison-chart.js';
import { COSTS_TITLE, drawCosts } from './costs-chart.js';
import { drawRatios, RATIOS_TITLE } from './ratios-chart.js';

/** `{ file, title, svg }` of each chart for which there are results. */
export function drawCharts(results) {
  const charts = [
    { file: 'comparison.svg', title: COMPARISON_TITLE, svg: drawComparison(results) },
    { file: 'ratios.svg', title: RATIOS_TITLE, svg: drawRatios(results) },
    { file: 'costs.svg', title: COSTS_TITLE, svg: drawCosts(results) },
  ];
  return charts.filter(({ svg }) => svg !== undefined);
}
