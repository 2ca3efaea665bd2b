// The results as a Markdown page: a table a workload, and why others are missing.

/** The text of results.md. */
export function formatPage({ machine, versions, date, rows, left, command }, charts) {
  const workloads = [...new Set(rows.map((row) => row.workload))];
  return [
    '# Results',
    `Made on ${date.slice(0, 10)} by \`${command}\`: ${machine.method}. After ± is half of what the rounds lie apart.`,
    charts.map(({ file, title }) => `![${title}](${file})`).join('\n\n'),
    ...workloads.flatMap((workload) =>
      formatWorkload(
        workload,
        rows.filter((row) => row.workload === workload),
      ),
    ),
    ...formatLeft(left),
    '## Machine and versions',
    formatList(machine),
    formatList(versions),
  ].join('\n\n');
}

function formatWorkload(workload, rows) {
  const hasCached = workload.group !== 'costs' && rows.some((row) => row.ratioToCached !== null);
  const isCosts = workload.group === 'costs';
  const none = rows.find((row) => row.peer === 'sluice+none');
  const columns = [
    ['peer', (row) => row.peer],
    ['CPU µs a request', (row) => formatMeasure(row, 'cpuMicros', 2)],
    ['raw ÷ peer', (row) => formatRatio(row.ratioToRaw)],
    ...(hasCached ? [['raw-cached ÷ peer', (row) => formatRatio(row.ratioToCached)]] : []),
    ...(isCosts && none ? [['µs over none', (row) => (row.cpuMicros - none.cpuMicros).toFixed(2)]] : []),
    ['requests/s', (row) => formatMeasure(row, 'requestsPerSecond', 0)],
    ['p50 ms', (row) => formatMeasure(row, 'p50Ms', 2)],
    ['p99 ms', (row) => formatMeasure(row, 'p99Ms', 2)],
    ['RSS MB', (row) => formatMeasure(row, 'rssMb', 0)],
    ['first answer ms', (row) => formatMeasure(row, 'startupMs', 0)],
  ];
  const lines = [
    columns.map(([heading]) => heading),
    columns.map((_, index) => (index === 0 ? '---' : '--:')),
    ...rows.map((row) => columns.map(([, format]) => format(row))),
  ];
  const { method, path } = workload.request;
  return [
    `## ${workload.id}: ${workload.title}`,
    `\`${method} ${path}\`, ${workload.connections} connections, ${workload.pipeline} deep.`,
    lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  ];
}

function formatMeasure(row, name, digits) {
  const number = row[name].toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number} ±${Math.round(row.spreads[name] * 50)} %`;
}

function formatRatio(ratio) {
  return ratio === null ? '' : ratio.toFixed(2);
}

function formatLeft(left) {
  if (left.length === 0) return [];
  const lines = left.map(
    ({ workload, peer, reason }) => `- ${peer} in ${workload}: ${reason.replaceAll('`', "'")}`,
  );
  return ['## Not measured here', lines.join('\n')];
}

function formatList(record) {
  return Object.entries(record)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join('\n');
}
