import { onFreePort } from './on-free-port';

describe('onFreePort', () => {
  it('takes another port if somebody else has taken the first one', async () => {
    const tried: number[] = [];
    const port = await onFreePort(async (one) => {
      tried.push(one);
      if (tried.length === 1) throw new Error('bind: Address already in use');
      return one;
    });
    expect(tried).toEqual([expect.any(Number), port]);
  });

  it.each([
    ['Address already in use', 3],
    ['No such program', 1],
  ])('fails with %s after %d attempts', async (message, attempts) => {
    const start = jest.fn().mockRejectedValue(new Error(message));
    await expect(onFreePort(start)).rejects.toThrow(message);
    expect(start).toHaveBeenCalledTimes(attempts);
  });
});
