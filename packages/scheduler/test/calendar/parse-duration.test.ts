import { assert, integer, property } from 'fast-check';
import { formatDuration, parseDuration } from '../../src/calendar/parse-duration';

it.each([
  ['10s', 10_000],
  ['500ms', 500],
  ['1h30m', 5_400_000],
  ['1d', 86_400_000],
  [10_000, 10_000],
  [0, 0],
])('parses %j', (value, ms) => {
  expect(parseDuration(value)).toBe(ms);
});

it.each([
  '',
  '10',
  's',
  '10 s',
  '-1s',
  '1.5h',
  '1w',
  '10S',
  1.5,
  -1,
  NaN,
  Infinity,
  null,
  undefined,
  {},
  '999999999999999d',
])('does not take %p for a duration', (value) => {
  expect(parseDuration(value)).toBeUndefined();
});

it('parses what it formats', () => {
  assert(property(integer({ min: 0, max: 1e12 }), (ms) => parseDuration(formatDuration(ms)) === ms));
  expect(formatDuration(5_400_000)).toBe('1h30m');
  expect(formatDuration(0)).toBe('0ms');
});
