import { startAll } from './start-all';

const make = (dispose: () => void): AsyncDisposable => ({ [Symbol.asyncDispose]: async () => dispose() });

it('startAll leaves no server behind if one of them fails', async () => {
  const dispose = jest.fn();
  const late = new Promise<AsyncDisposable>((resolve) => setTimeout(() => resolve(make(dispose)), 20));
  const starting = [Promise.resolve(make(dispose)), Promise.reject(new Error('no memory')), late];
  await expect(startAll(starting)).rejects.toThrow('no memory');
  expect(dispose).toHaveBeenCalledTimes(2);
});
