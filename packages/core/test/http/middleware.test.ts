import { guard, isPromise, unauthorized } from '../../src';
import { makeContext } from '../make-context';

describe('a guard', () => {
  const context = makeContext();
  const next = jest.fn();
  beforeEach(() => next.mockReset());

  it('goes on when its function returns nothing, without a promise', () => {
    expect(guard(() => undefined).handle(context, next)).toBeUndefined();
    expect(next).toHaveBeenCalledTimes(1);
  });

  it('stops with what its function returns', () => {
    const error = unauthorized();
    expect(guard(() => error).handle(context, next)).toBe(error);
    expect(guard(() => null).handle(context, next)).toBeNull();
    expect(next).not.toHaveBeenCalled();
  });

  it('waits for a promise of either, of whatever kind', async () => {
    expect(await guard(async () => 'stop').handle(context, next)).toBe('stop');
    expect(next).not.toHaveBeenCalled();
    await guard(() => Promise.resolve()).handle(context, next);
    const thenable = { then: (resolve: (value: undefined) => void) => resolve(undefined) };
    await guard(() => thenable).handle(context, next);
    expect(next).toHaveBeenCalledTimes(2);
  });

  it('is called like its function, or as it is told', () => {
    function onlyAdmins() {}
    expect([guard(onlyAdmins).name, guard(() => undefined).name, guard(onlyAdmins, 'admin').name]).toEqual([
      'onlyAdmins',
      'guard',
      'admin',
    ]);
  });
});

describe('isPromise', () => {
  it('takes any thenable for one, and nothing else', () => {
    expect([Promise.resolve(), { then() {} }].every(isPromise)).toBe(true);
    expect([undefined, null, {}, { then: 1 }, 'then', () => 1].some(isPromise)).toBe(false);
  });
});
