import { afterwards } from '../../src';

describe('afterwards', () => {
  it('runs at once if the inner steps were synchronous', () => {
    expect(afterwards(undefined, () => 'now')).toBe('now');
  });

  it('runs when the promise of the inner steps has resolved, and returns the value of its function', async () => {
    let resolvePassed: () => void = () => undefined;
    const passed = new Promise<void>((resolve) => (resolvePassed = resolve));
    const order: string[] = [];
    const result = afterwards(passed, () => {
      order.push('afterwards');
      return 'later';
    });
    order.push('before');
    resolvePassed();
    expect(await result).toBe('later');
    expect(order).toEqual(['before', 'afterwards']);
  });

  it('waits for a promise of its own function', async () => {
    expect(await afterwards(Promise.resolve(), async () => 1)).toBe(1);
  });

  it('throws or rejects with the error of its function', async () => {
    const fail = () => {
      throw new Error('late');
    };
    expect(() => afterwards(undefined, fail)).toThrow('late');
    await expect(afterwards(Promise.resolve(), fail)).rejects.toThrow('late');
  });
});
