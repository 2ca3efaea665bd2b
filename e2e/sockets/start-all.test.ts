import { startAll, startOrDispose } from './start-all';

const make = (dispose: () => void): AsyncDisposable => ({ [Symbol.asyncDispose]: async () => dispose() });

it('startAll leaves no server behind if one of them fails', async () => {
  const dispose = jest.fn();
  const late = new Promise<AsyncDisposable>((resolve) => setTimeout(() => resolve(make(dispose)), 20));
  const starting = [Promise.resolve(make(dispose)), Promise.reject(new Error('no memory')), late];
  await expect(startAll(starting)).rejects.toThrow('no memory');
  expect(dispose).toHaveBeenCalledTimes(2);
});

describe('startOrDispose', () => {
  it('leaves nothing of a server that does not start, and gives one that does', async () => {
    let disposals = 0;
    const server = { [Symbol.asyncDispose]: () => Promise.resolve(void disposals++) };
    expect(await startOrDispose(server, () => Promise.resolve())).toBe(server);
    expect(disposals).toBe(0);
    const fail = () => Promise.reject(new Error('taken'));
    await expect(startOrDispose(server, fail)).rejects.toThrow('taken');
    expect(disposals).toBe(1);
  });
});
