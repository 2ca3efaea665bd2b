const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(?:\d{1,15}(?:ms|[smhd]))+$/;
const PART = /(\d{1,15})(ms|[smhd])/g;

/** Parses `'10s'`, `'1h30m'` or a number of milliseconds. Undefined if it is neither. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string' || !DURATION.test(value)) return undefined;
  let ms = 0;
  for (const [, count, unit] of value.matchAll(PART)) ms += Number(count) * UNITS[unit!]!;
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** Formats milliseconds in the largest units: 5400000 is `1h30m`. */
export function formatDuration(ms: number): string {
  let [rest, text] = [ms, ''];
  for (const [unit, size] of Object.entries(UNITS).reverse()) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0ms' : text;
}
