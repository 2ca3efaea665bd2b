import type { Middleware, MiddlewareLayer } from '../../src';
import { makePlan, named } from './make-plan';

const layered = (name: string, layer: MiddlewareLayer): Middleware => ({ ...named(name), layer });
const session = layered('session', 'session');
const cors = layered('cors', 'cors');
const host = layered('trustedHost', 'admit');
const route = (name: string, middleware: Middleware[] = []) =>
  ({ method: 'GET', path: `/${name}`, handler: () => 1, name, middleware }) as const;

const recommended = (parts: Parameters<typeof makePlan>[0]) =>
  makePlan(parts).lines.filter((line) => line.startsWith('Recommended'));

describe('the recommended order', () => {
  it('is printed below the plan where it is broken, once for each pair', () => {
    expect(recommended({ routes: [route('a'), route('b')], middleware: [session, cors, host] })).toEqual([
      'Recommended order: cors before session (a and 2 more).',
      'Recommended order: trustedHost before session (a and 2 more).',
    ]);
    expect(recommended({ routes: [route('a', [session, cors])] })).toEqual([
      'Recommended order: cors before session (a).',
    ]);
  });

  it('is not printed where it is kept, where the order of lists decides, or where a middleware has no layer', () => {
    expect(recommended({ routes: [route('a')], middleware: [host, cors, named('own'), session] })).toEqual(
      [],
    );
    expect(recommended({ routes: [route('a', [cors])], middleware: [session] })).toEqual([]);
  });
});
