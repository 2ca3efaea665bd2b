import { isInTime } from '../../../src/http/calls/is-in-time';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

it('answers whether the promise resolves before the time, and leaves no timer', async () => {
  const [early, late] = [isInTime(wait(99), 100), isInTime(wait(101), 100)];
  await jest.advanceTimersByTimeAsync(100);
  expect([await early, await late]).toEqual([true, false]);
  await jest.advanceTimersByTimeAsync(1);
  expect(jest.getTimerCount()).toBe(0);
});

it('is true for a promise that has resolved, also after the time', async () => {
  expect(await isInTime(Promise.resolve(), -1)).toBe(true);
});

it('rejects as the promise does, and ignores that after the time', async () => {
  await expect(isInTime(Promise.reject(new Error('away')), 100)).rejects.toThrow('away');
  const failing = wait(101).then(() => Promise.reject(new Error('later')));
  const late = isInTime(failing, 100);
  await jest.advanceTimersByTimeAsync(200);
  expect(await late).toBe(false);
});

it('waits for a time that is further away than a timer can be', async () => {
  const waiting = isInTime(wait(1000), Infinity);
  await jest.advanceTimersByTimeAsync(1000);
  expect(await waiting).toBe(true);
});
