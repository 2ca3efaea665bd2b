import { setTimeout as sleep } from 'node:timers/promises';
import { readInputs } from '../../../src/pipeline/arguments/read-inputs';
import { RefusedInput } from '../../../src/validation/refused-input';
import { makeContext } from '../../make-context';

const refuse = (pointer: string) =>
  new RefusedInput([{ in: 'query', pointer, code: 'number', detail: 'must be a number' }]);
const fail = (error: Error) => () => {
  throw error;
};

describe('the inputs of a handler', () => {
  const context = makeContext({ url: '/' });

  it('are read without a promise, unless one of them is asynchronous', async () => {
    expect(readInputs([() => 1, () => 2], context)).toEqual([1, 2]);
    expect(await readInputs([() => Promise.resolve(1), () => 2], context)).toEqual([1, 2]);
  });

  it('are refused together, whether they are asynchronous or not', async () => {
    const readers = [fail(refuse('/a')), () => Promise.reject(refuse('/b')), () => 3, fail(refuse('/c'))];
    const refused = await Promise.resolve(readInputs(readers, context)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedInput);
    expect((refused as RefusedInput).errors.map(({ pointer }) => pointer).sort()).toEqual(['/a', '/b', '/c']);
  });

  it('leave no unhandled rejection behind if one throws at once', async () => {
    const readers = [() => Promise.reject(new Error('later')), fail(new Error('now'))];
    expect(() => readInputs(readers, context)).toThrow('now');
    // Node reports an unhandled rejection before the next timer, and then jest fails the test.
    await sleep(0);
  });
});
