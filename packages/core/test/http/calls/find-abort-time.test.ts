import { findAbortTime } from '../../../src/http/calls/find-abort-time';

afterEach(() => jest.restoreAllMocks());

it.each([
  [300, 240],
  [3000, 2400],
  [20_000, 19_000],
  [0, 0],
  [-50, -50],
  [Infinity, Infinity],
])('aborts work with the deadline %d at %d', (deadline, expected) => {
  jest.spyOn(Date, 'now').mockReturnValue(0);
  expect(findAbortTime(deadline)).toBe(expected);
});
