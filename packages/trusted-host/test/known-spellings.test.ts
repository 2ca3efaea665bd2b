import { type Context } from '@sluice/core';
import { parseHost } from '@sluice/core/kit';
import { trustedHost } from '../src';

jest.mock('@sluice/core/kit', () => {
  const kit = jest.requireActual<typeof import('@sluice/core/kit')>('@sluice/core/kit');
  return { ...kit, parseHost: jest.fn(kit.parseHost) };
});

/** Makes a function that sends a host through one middleware, and returns how often the host was parsed. */
function makeCounter() {
  const { handle } = trustedHost({ allowedHosts: ['*.example'] });
  return (host: string): number => {
    jest.mocked(parseHost).mockClear();
    const request = { host, peekHost: () => host, target: '/' };
    handle({ request } as unknown as Context, () => undefined);
    return jest.mocked(parseHost).mock.calls.length;
  };
}

describe('the spelling of an allowed host', () => {
  it('is parsed once', () => {
    const count = makeCounter();
    expect([count('a.example'), count('a.example')]).toEqual([1, 0]);
    expect([count('A.example'), count('a.example'), count('A.example')]).toEqual([1, 0, 0]);
  });

  it('is not remembered beyond 256 of them, except for the latest', () => {
    const count = makeCounter();
    for (let index = 0; index < 256; index++) expect(count(`h${index}.example`)).toBe(1);
    expect([count('h0.example'), count('h255.example')]).toEqual([0, 0]);
    expect([count('new.example'), count('new.example')]).toEqual([1, 0]);
    expect([count('h0.example'), count('new.example')]).toEqual([0, 1]);
  });

  it('is not remembered if the host is refused', () => {
    const count = makeCounter();
    expect([count('a.other'), count('a.other')]).toEqual([2, 2]);
  });
});
