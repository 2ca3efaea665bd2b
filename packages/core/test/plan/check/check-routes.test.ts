import type { PlainRoute } from '../../../src';
import { makePlan } from '../make-plan';

const handler = () => 1;
const route = (more: Partial<PlainRoute>): PlainRoute => ({ method: 'GET', path: '/a', handler, ...more });

const codes = (...routes: readonly Partial<PlainRoute>[]) =>
  makePlan({ routes: routes.map(route), versioning: { type: 'header', header: 'X-Version' } }).problems.map(
    ({ code }) => code,
  );

describe('two routes', () => {
  it.each([
    ['methods', {}, { method: 'HEAD' }],
    ['paths', {}, { path: '/b' }],
    ['kinds of segments', { path: '/:id' }, { path: '/a' }],
    ['hosts', { host: 'a.example.com' }, { host: 'b.example.com' }],
    ['versions', { version: '1' }, { version: '2' }],
  ] as const)('may differ in their %s only', (_what, one, other) => {
    expect(codes(one, other)).toEqual([]);
  });

  it.each([
    ['names of path parameters', { path: '/:id' }, { path: '/:name' }],
    ['names of host parameters', { host: ':a.example.com' }, { host: ':b.example.com' }],
    ['names', { name: 'one' }, { name: 'other' }],
  ] as const)('answer the same requests if they differ in their %s only', (_what, one, other) => {
    expect(codes(one, other)).toEqual(['ROUTE_DUPLICATE']);
  });
});

describe('a body limit', () => {
  it('may be 0, but not negative', () => {
    expect(codes({ bodyLimit: 0 })).toEqual([]);
    expect(codes({ bodyLimit: -1 })).toEqual(['BODY_LIMIT_INVALID']);
  });
});
