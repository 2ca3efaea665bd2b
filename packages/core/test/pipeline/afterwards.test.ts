import { afterwards } from '../../src';

describe('afterwards', () => {
  it('runs at once when everything further in was synchronous', () => {
    expect(afterwards(undefined, () => 'now')).toBe('now');
  });

  it('runs when everything further in has settled, and gives back what it gave', async () => {
    let settle: () => void = () => undefined;
    const passed = new Promise<void>((resolve) => (settle = resolve));
    const order: string[] = [];
    const result = afterwards(passed, () => {
      order.push('afterwards');
      return 'later';
    });
    order.push('before');
    settle();
    expect(await result).toBe('later');
    expect(order).toEqual(['before', 'afterwards']);
  });

  it('waits for a promise of its own function', async () => {
    expect(await afterwards(Promise.resolve(), async () => 1)).toBe(1);
  });

  it('throws and rejects with what its function throws', async () => {
    const fail = () => {
      throw new Error('late');
    };
    expect(() => afterwards(undefined, fail)).toThrow('late');
    await expect(afterwards(Promise.resolve(), fail)).rejects.toThrow('late');
  });
});
