// Bar charts as SVG, drawn by ECharts without a browser.
import * as echarts from 'echarts';

const WIDTH = 760;
const BAR_HEIGHT = 26;
const OWN_COLOUR = '#0b7285';
const OTHER_COLOUR = '#adb5bd';

/** CPU time a request of every peer in one workload, least first. Undefined without rows, as the others. */
export function drawTimes(file, rows, date) {
  if (rows.length === 0) return undefined;
  const { id, title } = rows[0].workload;
  const bars = [...rows]
    .sort((one, other) => one.cpuMicros - other.cpuMicros)
    .map((row) => ({ name: row.peer, value: row.cpuMicros, own: row.peer === 'sluice' }));
  return draw(file, `(${id}) ${title}: server CPU time, µs a request`, bars, date);
}

/** How Sluice stands to the raw server in every workload: 1 is as fast, more is faster. */
export function drawRatios(file, rows, date) {
  if (rows.length === 0) return undefined;
  const bars = rows.map(({ workload, ratioToRaw }) => ({
    name: `${workload.id}  ${workload.title}`,
    value: ratioToRaw,
    own: true,
  }));
  return draw(file, 'raw µWebSockets CPU time ÷ Sluice CPU time (1 = as fast)', bars, date);
}

/** What each middleware of Sluice makes of a small request. */
export function drawCosts(file, rows, date) {
  if (rows.length === 0) return undefined;
  const bars = rows.map((row) => ({ name: row.peer, value: row.cpuMicros, own: row.peer !== 'raw' }));
  return draw(file, 'GET / behind one middleware and all of them: server CPU time, µs a request', bars, date);
}

function draw(file, title, bars, date) {
  const height = 90 + bars.length * BAR_HEIGHT;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: title, subtext: date.slice(0, 10), left: 8, top: 4, textStyle: { fontSize: 14 } },
    grid: { left: 8, right: 60, top: 56, bottom: 8, containLabel: true },
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { type: 'category', inverse: true, axisTick: { show: false }, data: bars.map((bar) => bar.name) },
    series: [
      {
        type: 'bar',
        barWidth: 16,
        label: { show: true, position: 'right', formatter: ({ value }) => value.toFixed(2) },
        data: bars.map(({ value, own }) => ({
          value,
          itemStyle: { color: own ? OWN_COLOUR : OTHER_COLOUR },
        })),
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return { file, title, svg };
}
