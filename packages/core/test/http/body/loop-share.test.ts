import { LoopShare } from '../../../src/http/body/loop-share';

describe('the share that a stream has of the event loop', () => {
  it.each([
    ['64 short chunks', 10, 64],
    ['64 empty chunks', 0, 64],
    ['four chunks of 16 KiB', 16_384, 4],
    ['one chunk of a megabyte', 1_000_000, 1],
  ])('is used up by %s, and the next one is as large', async (_, bytes, count) => {
    const share = new LoopShare();
    for (let turn = 0; turn < 3; turn++) {
      for (let index = 1; index < count; index++) expect(share.take(bytes)).toBeUndefined();
      await expect(share.take(bytes)).resolves.toBeUndefined();
    }
  });

  it('lets waiting callbacks run first', async () => {
    const seen: string[] = [];
    setImmediate(() => seen.push('another'));
    await new LoopShare().take(65_536);
    expect(seen).toEqual(['another']);
  });

  it('is given back even with fake timers', async () => {
    jest.useFakeTimers();
    await new LoopShare().take(65_536);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
