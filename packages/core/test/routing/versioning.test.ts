import { findVersionHeader, isVersion, VERSION_NEUTRAL, type Versioning } from '../../src/routing/versioning';

describe('a version', () => {
  it.each(['1', 'v2', '2026-11', '1.0.0-rc.1', 'a_b~c'])('can have the name %j', (name) =>
    expect(isVersion(name)).toBe(true),
  );

  it.each(['', '.1', '-1', '1/2', '1 2', 'ü', 1, undefined, VERSION_NEUTRAL])(
    'cannot have the name %p',
    (name) => expect(isVersion(name)).toBe(false),
  );

  it.each<[Versioning, string | undefined]>([
    [{ type: 'path' }, undefined],
    [{ type: 'header', header: 'X-API-Version' }, 'X-API-Version'],
    [{ type: 'mediaType' }, 'Accept'],
  ])('by %j is named in the header %p', (by, header) =>
    expect(findVersionHeader({ name: '1', by })).toBe(header),
  );
});
