import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { runModule } from '../repository/run-module';
import { BROWSER_TIMEOUT_MS, launchChromium } from './launch-chromium';

jest.setTimeout(BROWSER_TIMEOUT_MS);

const RESULTS = path.resolve(__dirname, '../../benchmarks/results');
const NARROWEST_PX = 360;

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  fontPx: number;
}

/** The texts and bars of the chart on the page, in pixels, and what its ground and its texts look like. */
const MEASURE = `(() => {
  const svg = document.querySelector('svg');
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const list = (selector) => [...svg.querySelectorAll(selector)].map((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const fontPx = parseFloat(getComputedStyle(element).fontSize) * scale;
    return { text: element.textContent, left, right, top, bottom, fontPx };
  });
  const { left, right, top, bottom } = svg.getBoundingClientRect();
  return { frame: { left, right, top, bottom }, texts: list('text'), bars: list('.bar') };
})()`;

describe('the charts of the benchmarks', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  it.each(['comparison.svg', 'ratios.svg', 'costs.svg'])('%s is readable on a phone', async (file) => {
    await expectReadable(readFileSync(path.join(RESULTS, file), 'utf8'));
  });

  it('stay readable with other results: long names, long reasons, small and large numbers', async () => {
    const svg = runModule<string>(
      'benchmarks/charts/comparison-chart.js',
      `exports.drawComparison({
        workloads: ['a', 'd'].map((id) => ({
          id, date: '2026-01-01T00:00', method: 'quick mode: ' + 'median of many rounds '.repeat(8),
          left: Object.keys(exports.COMPARED).map((peer) => ({ peer, reason: 'a /path' + '/W'.repeat(60) })),
        })),
        rows: Object.keys(exports.COMPARED).map((peer, index) => ({
          workload: 'a', peer, cpuMicros: 10 ** (index - 2), spread: index * 3,
        })),
      })`,
    );
    await expectReadable(svg);
  });

  it.each(['comparison.svg', 'ratios.svg', 'costs.svg'])('%s follows the colour scheme', async (file) => {
    const svg = readFileSync(path.join(RESULTS, file), 'utf8');
    const [light, dark] = [await readColours(svg, 'light'), await readColours(svg, 'dark')];
    expect(findContrast(light)).toBeGreaterThan(7);
    expect(findContrast(dark)).toBeGreaterThan(7);
    expect(light.ground).not.toBe(dark.ground);
  });

  async function expectReadable(svg: string): Promise<void> {
    const { frame, texts, bars } = await show(svg, 'light', (page) =>
      page.evaluate<{ frame: Box; texts: Box[]; bars: Box[] }>(MEASURE),
    );
    expect(frame.right - frame.left).toBeLessThanOrEqual(NARROWEST_PX);
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => !isWithin(text, frame))).toEqual([]);
    expect(texts.filter(({ fontPx }) => fontPx < 12)).toEqual([]);
    const overlaps = texts.flatMap((one, index) =>
      [...texts.slice(index + 1), ...bars]
        .filter((other) => overlap(one, other))
        .map((other) => [one, other]),
    );
    expect(overlaps).toEqual([]);
  }

  function readColours(svg: string, scheme: 'light' | 'dark') {
    return show(svg, scheme, (page) =>
      page.evaluate<{ ground: string; text: string }>(
        `({ ground: getComputedStyle(document.querySelector('.ground')).fill,
            text: getComputedStyle(document.querySelector('text')).fill })`,
      ),
    );
  }

  /** The chart on a page as narrow as a phone, as wide as a document lets a picture be. */
  async function show<T>(svg: string, colorScheme: 'light' | 'dark', look: (page: Page) => Promise<T>) {
    const context = await browser.newContext({
      viewport: { width: NARROWEST_PX, height: 800 },
      colorScheme,
    });
    try {
      const page = await context.newPage();
      await page.setContent(`<style>body { margin: 0 } svg { max-width: 100%; height: auto }</style>${svg}`);
      return await look(page);
    } finally {
      await context.close();
    }
  }
});

function isWithin(box: Box, frame: Box): boolean {
  return (
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom
  );
}

/** Whether two boxes overlap; the boxes of lines below each other may touch by what no letter uses. */
function overlap(one: Box, other: Box): boolean {
  const slack = 3;
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top + slack < other.bottom &&
    other.top + slack < one.bottom
  );
}

/** The contrast of WCAG 2.2 between two colours, 1 to 21. */
function findContrast({ ground, text }: { ground: string; text: string }): number {
  const [dark, light] = [findLuminance(ground), findLuminance(text)].sort((one, other) => one - other);
  return (light! + 0.05) / (dark! + 0.05);
}

function findLuminance(colour: string): number {
  const [red, green, blue] = [...colour.matchAll(/\d+/g)].map(([number]) => {
    const share = Number(number) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
