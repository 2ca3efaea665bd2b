// Bar charts as SVG, drawn by ECharts without a browser. The ground is white, so that they can be read on any page.
import * as echarts from 'echarts';
import { FEATURES } from '../workloads/features.js';
import { isEqual } from './summarize.js';

const WIDTH = 760;
const BAR_HEIGHT = 26;
const OWN_COLOUR = '#0b7285';
const OTHER_COLOUR = '#adb5bd';
const TEXT_COLOUR = '#212529';

/** CPU time a request of every peer in one workload, least first. */
export function drawTimes(file, { workload, rows, date }) {
  const bars = [...rows]
    .sort((one, other) => one.cpuMicros - other.cpuMicros)
    .map((row) => ({ name: row.peer, value: row.cpuMicros, own: row.peer === 'sluice' }));
  const title = `(${workload.id}) ${workload.title}: server CPU time, µs a request, less is better`;
  return draw(file, title, bars, date);
}

/** How Sluice stands to the raw servers in every workload: 1 is as fast, more is faster. Undefined where raw was not measured. */
export function drawRatios(file, parts) {
  const bars = parts.flatMap(({ workload, rows }) => {
    const row = rows.find(({ peer }) => peer === 'sluice');
    const equal = rows.find(({ peer }) => isEqual(peer));
    const name = `${workload.id.includes('-') ? '' : `(${workload.id}) `}${workload.title}`;
    const beside = equal && [{ name: `${name}, beside ${equal.peer}`, value: row?.ratioToEqual, own: true }];
    return row === undefined || row.ratioToRaw === null
      ? []
      : [{ name, value: row.ratioToRaw, own: equal === undefined }, ...(beside ?? [])];
  });
  if (bars.length === 0) return undefined;
  const dates = parts.map(({ date }) => date).sort();
  const title = 'CPU time of raw µWebSockets ÷ Sluice: 1 is as fast as by hand, more is better';
  return draw(file, title, bars, dates.at(-1), [1]);
}

/** What each feature of Sluice adds to a small request. */
export function drawCosts(file, { rows, date }) {
  const bars = FEATURES.flatMap(({ name }) => {
    const row = rows.find(({ peer }) => peer === `sluice+${name}`);
    return row?.cost === undefined || name === 'nothing' ? [] : [{ name, value: row.cost.micros, own: true }];
  });
  if (bars.length === 0) return undefined;
  return draw(file, 'What each feature adds: server CPU time, µs a request', bars, date);
}

function draw(file, title, bars, date, lines = []) {
  const height = 90 + bars.length * BAR_HEIGHT;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { color: TEXT_COLOUR },
    title: { text: title, subtext: date.slice(0, 10), left: 8, top: 4, textStyle: { fontSize: 14 } },
    grid: { left: 8, right: 60, top: 56, bottom: 8, containLabel: true },
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: 'category',
      inverse: true,
      axisTick: { show: false },
      axisLabel: { color: TEXT_COLOUR },
      data: bars.map((bar) => bar.name),
    },
    series: [
      {
        type: 'bar',
        barWidth: 16,
        label: {
          show: true,
          position: 'right',
          color: TEXT_COLOUR,
          formatter: ({ value }) => value.toFixed(2),
        },
        data: bars.map(({ value, own }) => ({
          value,
          itemStyle: { color: own ? OWN_COLOUR : OTHER_COLOUR },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: TEXT_COLOUR, type: 'dashed' },
          data: lines.map((value) => ({ xAxis: value })),
        },
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return { file, title, svg };
}
