import { contextKey } from '../../src/http/context-key';
import { makeContext } from '../make-context';

describe('a context key', () => {
  it('does not share its value with another key of the same name', () => {
    const [one, other] = [contextKey<number>('user'), contextKey<number>('user')];
    const context = makeContext();
    expect(context.get(one)).toBeUndefined();
    context.set(one, 7);
    expect([context.get(one), context.get(other)]).toEqual([7, undefined]);
    context.set(one, 0);
    expect(context.get(one)).toBe(0);
    expect(makeContext().get(one)).toBeUndefined();
  });

  it('is frozen and has a name', () => {
    const key = contextKey('user');
    expect([key.name, Object.isFrozen(key)]).toEqual(['user', true]);
  });
});
