import type { Middleware } from '../../src';
import { Problems } from '../../src/configuration/problems';
import { prepareMiddleware } from '../../src/plan/prepare-middleware';
import { makeContext, ROUTE } from '../make-context';
import { named } from './make-plan';

const prepare = (middleware: Middleware) =>
  prepareMiddleware([{ scope: 'controller', middleware }], ROUTE, new Problems());

describe('the step of a middleware', () => {
  it('declares everything that the middleware declares, in frozen copies', () => {
    const sayings = {
      needs: 'session',
      outside: ['cors'],
      inside: ['session'],
      notice: 'Mind the gap.',
      addsHeaderBytes: 5,
    };
    const declared = { options: { level: 1 }, provides: ['user'], ...sayings };
    const [step] = prepare({ ...named('guard'), ...declared });
    expect(step).toMatchObject({ kind: 'middleware', name: 'guard', scope: 'controller', ...declared });
    expect([step, step!.options, step!.provides].every(Object.isFrozen)).toBe(true);
    expect([declared.options, declared.provides].some(Object.isFrozen)).toBe(false);
  });

  it('lists a single word that it must be outside or inside of', () => {
    const [step] = prepare({ ...named('cors'), outside: 'guard', inside: 'etag' });
    expect(step).toMatchObject({ outside: ['guard'], inside: ['etag'] });
  });

  it('calls the middleware as a method of its object', () => {
    const counter = {
      name: 'counter',
      count: 0,
      handle() {
        return ++this.count;
      },
    };
    const [step] = prepare(counter);
    expect([1, 2].map(() => step!.run(makeContext(), () => undefined))).toEqual([1, 2]);
  });

  it('is that of the version for the route, or left out', () => {
    const version = { ...named('version'), options: { path: ROUTE.path } };
    expect(prepare({ ...named('any'), prepare: () => version })).toMatchObject([{ name: 'version' }]);
    expect(prepare({ ...named('any'), prepare: () => null })).toEqual([]);
  });
});
