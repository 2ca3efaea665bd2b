import { inspect } from 'node:util';
import { ConfigurationError, type ConfigurationProblem } from '../../src';

const problem = (place: string): ConfigurationProblem => ({
  code: 'ROUTE_DUPLICATE',
  place,
  fault: 'Two answer.',
  cure: 'Take one away.',
});

describe('a ConfigurationError', () => {
  it('lists its problems as text and as data', () => {
    const error = new ConfigurationError([problem('A'), problem('B')]);
    expect(error.name).toBe('ConfigurationError');
    expect(error.problems).toEqual([problem('A'), problem('B')]);
    expect(Object.isFrozen(error.problems)).toBe(true);
    expect(error.message).toBe(
      'The application cannot start: 2 problems.\n\n' +
        '  ROUTE_DUPLICATE  A\n    Two answer.\n    Take one away.\n\n' +
        '  ROUTE_DUPLICATE  B\n    Two answer.\n    Take one away.\n',
    );
  });

  it('prints each problem once', () => {
    const printed = inspect(new ConfigurationError([problem('A')]));
    expect(printed.match(/Take one away\./g)).toHaveLength(1);
  });

  it('reports a problem once that was found several times', () => {
    const error = new ConfigurationError([problem('A'), problem('A')]);
    expect(error.problems).toEqual([problem('A')]);
    expect(error.message).toContain('1 problem.');
  });
});
