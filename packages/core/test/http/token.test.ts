import { isTypedToken, nameToken, token } from '../../src/http/token';

describe('a token', () => {
  it('is frozen, and differs from another token with its name', () => {
    const clock = token<() => Date>('clock');
    expect(Object.isFrozen(clock)).toBe(true);
    expect(clock).not.toBe(token('clock'));
  });

  it('is recognised by how it was made', () => {
    expect(isTypedToken(token('clock'))).toBe(true);
    expect([{ name: 'clock' }, 'clock', null, undefined].some(isTypedToken)).toBe(false);
  });

  it.each([
    [class NoteStore {}, 'NoteStore'],
    [class {}, 'a class without a name'],
    [token('clock'), 'clock'],
    ['clock', '"clock"'],
    [Symbol('clock'), 'Symbol(clock)'],
  ])('is named in messages: %p as %s', (one, name) => expect(nameToken(one)).toBe(name));
});
