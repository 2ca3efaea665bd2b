// A bar chart as SVG, as narrow as a phone: a browser enlarges it where there is room. It has a ground of its own and
// follows the colour scheme of the reader's system, so it can be read on any page.
import { estimateWidth, wrapText } from './text-width.js';

const WIDTH = 360;
const ENLARGED = 4 / 3;
const MARGIN = 12;
const INNER = WIDTH - 2 * MARGIN;
const GAP = 6;
const BAR = 14;
const ROW = 22;
const LINE = 19;
const SIZES = { title: 16, heading: 14, name: 14, label: 13, note: 13 };

const STYLE = `
text { font-family: -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif; fill: #1f2328 }
.title, .heading, .own { font-weight: 600 }
${Object.entries(SIZES)
  .map(([name, size]) => `.${name} { font-size: ${size}px }`)
  .join('\n')}
.note { fill: #59636e }
.ground { fill: #ffffff; stroke: #d1d9e0 }
.bar { fill: #8c959f }
.bar.own { fill: #0b7285 }
.mark { stroke: #1f2328; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.note { fill: #9198a1 }
.ground { fill: #0d1117; stroke: #3d444d }
.bar { fill: #6e7681 }
.bar.own { fill: #22b8cf }
.mark { stroke: #f0f6fc }
}`;

/**
 * The SVG of groups of bars. A bar is `{ name, value, label, isOwn }`; one without a value has its label only.
 * `mark` is a value that has a line across each bar; `isStacked` puts long names above their bars.
 */
export function drawBars({ title, groups, notes = [], mark, isStacked = false }) {
  const scale = (isStacked ? fitBelowNames : fitBesideNames)(
    groups.flatMap((group) => group.bars),
    mark,
  );
  const paper = { parts: [], y: MARGIN };
  write(paper, 'title', title);
  for (const { heading, bars } of groups) {
    paper.y += GAP;
    if (heading !== undefined) write(paper, 'heading', heading);
    for (const bar of bars) (isStacked ? drawBelowName : drawBesideName)(paper, bar, scale);
  }
  for (const note of notes) {
    paper.y += GAP;
    write(paper, 'note', note);
  }
  return finish(paper, title);
}

function fitBesideNames(bars, mark) {
  const names = bars.map(({ name, isOwn }) => estimateWidth(name, SIZES.name, isOwn));
  return fitScale(bars, mark, MARGIN + Math.max(...names) + GAP);
}

function fitBelowNames(bars, mark) {
  return fitScale(bars, mark, MARGIN);
}

/** The left edge of the bars and the pixels of a unit, so that the longest bar and every label fit. */
function fitScale(bars, mark, left) {
  const room = WIDTH - MARGIN - left - GAP;
  const perUnits = bars.map(({ value, label }) => {
    const reach = Math.max(value ?? 0, mark ?? 0);
    return reach > 0 ? (room - estimateWidth(label, SIZES.label, true)) / reach : Infinity;
  });
  return { left, mark, perUnit: Math.min(...perUnits) };
}

function drawBesideName(paper, bar, scale) {
  const style = bar.isOwn ? ' own' : '';
  paper.parts.push(formatText(MARGIN, paper.y + BAR, `name${style}`, bar.name));
  drawBar(paper, bar, scale, style);
}

function drawBelowName(paper, bar, scale) {
  for (const line of wrapText(bar.name, INNER, SIZES.name)) {
    paper.parts.push(formatText(MARGIN, paper.y + SIZES.name, 'name', line));
    paper.y += LINE;
  }
  drawBar(paper, bar, scale, '');
  paper.y += GAP;
}

function drawBar(paper, { value, label, isOwn }, { left, mark, perUnit }, style) {
  const end = left + (value > 0 ? value * perUnit : 0);
  if (end > left) {
    const place = `x="${round(left)}" y="${round(paper.y + 2)}" width="${round(end - left)}" height="${BAR}"`;
    paper.parts.push(`<rect class="bar${isOwn ? ' own' : ''}" ${place} rx="2"/>`);
  }
  const marked = mark === undefined ? left : left + mark * perUnit;
  if (mark !== undefined) {
    const place = `x1="${round(marked)}" y1="${round(paper.y)}" x2="${round(marked)}" y2="${round(paper.y + BAR + 4)}"`;
    paper.parts.push(`<line class="mark" ${place}/>`);
  }
  const start = Math.max(end, marked);
  paper.parts.push(formatText(start > left ? start + GAP : left, paper.y + BAR, `label${style}`, label));
  paper.y += ROW;
}

/** A text of the whole width, in as many lines as it needs. */
function write(paper, style, text) {
  const size = SIZES[style];
  for (const line of wrapText(text, INNER, size, style !== 'note')) {
    paper.parts.push(formatText(MARGIN, paper.y + size, style, line));
    paper.y += Math.round(size * 1.4);
  }
}

function finish({ parts, y }, title) {
  const height = round(y + MARGIN);
  const size = `width="${WIDTH * ENLARGED}" height="${round(height * ENLARGED)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" ${size} role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function formatText(x, y, style, text) {
  return `<text x="${round(x)}" y="${round(y)}" class="${style}">${escape(text)}</text>`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function round(number) {
  return Number(number.toFixed(1));
}
