import { guard, unauthorized } from '../../src';
import { makeContext } from '../make-context';
import { runRoute } from '../pipeline/run-route';

describe('a guard', () => {
  const context = makeContext();
  const next = jest.fn();
  beforeEach(() => next.mockReset());

  it('continues without a promise when its function returns nothing', () => {
    expect(guard(() => undefined).handle(context, next)).toBeUndefined();
    expect(next).toHaveBeenCalledTimes(1);
  });

  it('answers with the value that its function returns', () => {
    const error = unauthorized();
    expect(guard(() => error).handle(context, next)).toBe(error);
    expect(guard(() => null).handle(context, next)).toBeNull();
    expect(next).not.toHaveBeenCalled();
  });

  it('waits for any promise or thenable', async () => {
    expect(await guard(async () => 'stop').handle(context, next)).toBe('stop');
    expect(next).not.toHaveBeenCalled();
    await guard(() => Promise.resolve()).handle(context, next);
    const thenable = { then: (resolve: (value: undefined) => void) => resolve(undefined) };
    await guard(() => thenable).handle(context, next);
    expect(next).toHaveBeenCalledTimes(2);
  });

  it.each([true, false])('neither continues nor answers when its function returns %s', async (answer) => {
    const says = `The guard isAdmin returned ${answer}. Return nothing to continue, or a reply to stop`;
    const isAdmin = () => answer;
    expect(() => guard(isAdmin).handle(context, next)).toThrow(says);
    await expect(guard(async () => answer, 'isAdmin').handle(context, next)).rejects.toThrow(says);
    expect((await runRoute({ handler: () => 'secret', around: [guard(isAdmin)] })).status).toBe(500);
    expect(next).not.toHaveBeenCalled();
  });

  it('has the name of its function, or a given name', () => {
    function onlyAdmins() {}
    expect([guard(onlyAdmins).name, guard(() => undefined).name, guard(onlyAdmins, 'admin').name]).toEqual([
      'onlyAdmins',
      'guard',
      'admin',
    ]);
  });
});
