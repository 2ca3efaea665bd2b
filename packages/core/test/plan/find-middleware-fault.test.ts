import type { Context, Next } from '../../src';
import { findMiddlewareFault, isMiddlewareClass } from '../../src/plan/find-middleware-fault';

class Audit {
  handle(_context: Context, next: Next) {
    return next();
  }
}

describe('isMiddlewareClass', () => {
  it('accepts only a class with handle', () => {
    expect([Audit, class {}, () => 1, {}, null].map(isMiddlewareClass)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the fault of a middleware', () => {
  const findFault = (value: unknown): string | undefined => findMiddlewareFault(value)?.fault;

  it('is that a class has no handle method, whatever its source text says', () => {
    class Hidden {
      static toString() {
        return 'function Hidden() {}';
      }
    }
    function Old(_context: unknown, _next: unknown) {}
    Old.prototype.use = () => undefined;
    for (const type of [Hidden, Old])
      expect(findFault(type)).toBe(`The class ${type.name} has no handle method.`);
    const class$ = (_context: Context, next: Next) => next();
    function classic(this: unknown, _context: Context, next: Next) {
      return next();
    }
    for (const one of [class$, classic, classic.bind(null)]) expect(findFault(one)).toBeUndefined();
  });

  it('is that a function is written for Express', () => {
    function helmet(_request: unknown, _response: unknown, next: () => void) {
      next();
    }
    const onError = (_error: unknown, _request: unknown, _response: unknown, _next: unknown) => undefined;
    class Passport {
      handle(_request: unknown, _response: unknown, _next: unknown) {}
    }
    const takes = (name: string, count: number): string =>
      `${name} takes ${count} parameters, as a middleware of Express does, but a middleware takes two: (context, next).`;
    expect(findFault(helmet)).toBe(takes('helmet', 3));
    expect(findFault(Passport)).toBe(takes('handle of Passport', 3));
    expect(findFault({ name: 'passport', handle: helmet })).toBe(takes('handle of passport', 3));
    expect(findMiddlewareFault(onError)).toEqual({
      fault: takes('onError', 4),
      cure: 'Write an error handler: errorHandlers: [{ error: Error, handle: (error, context) => … }].',
    });
  });
});

describe('the reason why a middleware cannot be ordered', () => {
  const faultOf = (members: object) =>
    findMiddlewareFault({ name: 'mine', handle: () => undefined, ...members });

  it('is a layer that does not exist', () => {
    expect(faultOf({ layer: 'guards' })?.fault).toBe('layer of mine is "guards", which is not a layer.');
    expect(faultOf({ layer: 'guard' })).toBeUndefined();
  });

  it.each(['outside', 'inside'])('is that %s has something else than names', (member) => {
    for (const words of [5, null, '', ['guard', 5], {}])
      expect(faultOf({ [member]: words })?.fault).toBe(`${member} of mine is not a name or a list of names.`);
    for (const words of ['guard', ['guard', 'session'], []])
      expect(faultOf({ [member]: words })).toBeUndefined();
  });
});
