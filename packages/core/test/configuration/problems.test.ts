import { ConfigurationError } from '../../src';
import { Problems } from '../../src/configuration/problems';

describe('a collection of problems', () => {
  const fault = { fault: 'The route has no handler function.', cure: 'Add a handler.' };

  it('keeps the order in which they were found', () => {
    const problems = new Problems();
    problems.add('ROUTE_HANDLER_MISSING', 'GET /a', fault.fault, fault.cure);
    problems.addFault('ROUTE_HANDLER_MISSING', 'GET /b', fault);
    problems.include(
      { code: 'CONTROLLER_EMPTY', place: 'C', ...fault },
      { code: 'CONTROLLER_TWICE', place: 'D', ...fault },
    );
    expect(problems.list()).toEqual([
      { code: 'ROUTE_HANDLER_MISSING', place: 'GET /a', ...fault },
      { code: 'ROUTE_HANDLER_MISSING', place: 'GET /b', ...fault },
      { code: 'CONTROLLER_EMPTY', place: 'C', ...fault },
      { code: 'CONTROLLER_TWICE', place: 'D', ...fault },
    ]);
    expect(problems.count).toBe(4);
  });

  it('throws all of them in one error', () => {
    const problems = new Problems();
    expect(() => problems.throwIfAny()).not.toThrow();
    problems.addFault('ROUTE_HANDLER_MISSING', 'GET /a', fault);
    expect(() => problems.throwIfAny()).toThrow(ConfigurationError);
  });

  it('gives out a copy, which later problems do not change', () => {
    const problems = new Problems();
    const before = problems.list();
    problems.addFault('ROUTE_HANDLER_MISSING', 'GET /a', fault);
    expect(before).toEqual([]);
  });
});
