/** A Markdown table of rows: `[heading, row => text]` a column; the first is text, the others are numbers. */
export function formatTable(columns, rows) {
  const lines = [
    columns.map(([heading]) => heading),
    columns.map((_, index) => (index === 0 ? '---' : '--:')),
    ...rows.map((row) => columns.map(([, format]) => format(row))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
