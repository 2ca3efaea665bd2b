import { readDescribed } from './seal-settings';

/** Longer texts are cut. */
const LONGEST = 80;

/**
 * Makes a table of settings for the log: the variable, its value or dots for a secret, and where it comes from.
 *
 * @throws TypeError for an object that neither `config` nor `loadConfig` made
 */
export function describeConfig(settings: object): string {
  const described = readDescribed(settings);
  if (described === undefined)
    throw new TypeError('describeConfig describes the settings of config() and loadConfig().');
  const rows = described.map(
    ({ name, shown, origin }) => [name, format(shown), shown === undefined ? '' : origin] as const,
  );
  const [first, second] = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  return rows
    .map(([name, value, origin]) => `${name.padEnd(first!)}  ${value.padEnd(second!)}  ${origin}`.trimEnd())
    .join('\n');
}

function format(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = Array.isArray(value) ? value.map(format).join(', ') || 'none' : formatOne(value);
  // A line break would start a row of its own.
  const line = /[\p{Cc}\u2028\u2029]/u.test(text) ? JSON.stringify(text) : text;
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function formatOne(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
