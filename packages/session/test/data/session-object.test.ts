import { findOwner, makeSessionObject } from '../../src/data/session-object';

describe('a session object', () => {
  const owner = {};

  it('inherits nothing', () => {
    expect('toString' in makeSessionObject({})).toBe(false);
    expect('constructor' in makeSessionObject({})).toBe(false);
  });

  it('remembers its owner, which a copy of it does not', () => {
    const data = makeSessionObject({ user: 'ada' }, owner);
    expect(findOwner(data)).toBe(owner);
    expect(findOwner({ ...data })).toBeUndefined();
    expect(findOwner(makeSessionObject({}))).toBeUndefined();
  });

  it('shows its owner to no reader of its keys', () => {
    const data = makeSessionObject({ user: 'ada' }, owner);
    expect(Reflect.ownKeys(data)).toEqual(['user']);
    expect(JSON.stringify(data)).toBe('{"user":"ada"}');
  });
});
