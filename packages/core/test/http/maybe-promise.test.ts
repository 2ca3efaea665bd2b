import { isPromise } from '../../src';
import { holdRejection } from '../../src/http/maybe-promise';

describe('isPromise', () => {
  it('is true for any thenable, and for nothing else', () => {
    expect([Promise.resolve(), { then() {} }].every(isPromise)).toBe(true);
    expect([undefined, null, {}, { then: 1 }, 'then', () => 1].some(isPromise)).toBe(false);
  });
});

describe('holdRejection', () => {
  it('returns the promise itself, which still rejects for its reader', async () => {
    const promise = Promise.reject(new Error('disk'));
    const held = holdRejection(promise);
    expect(held).toBe(promise);
    await new Promise(setImmediate);
    await expect(held).rejects.toThrow('disk');
  });
});
