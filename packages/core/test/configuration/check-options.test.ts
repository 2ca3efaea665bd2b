import { ConfigurationError, type ConfigurationProblem } from '../../src';
import {
  checkOptions,
  describeFunction,
  hasMethodsOption,
  invalidOption,
  isBooleanOption,
  isFunctionOption,
  isIntegerOption,
  isOneOfOption,
} from '../../src/kit';

const RULES = {
  allowOrigins: isOneOfOption('*', 'a'),
  maxAge: isIntegerOption(0),
  level: isIntegerOption(1, 9),
  secret: { required: isBooleanOption },
};

function check(options: unknown): readonly ConfigurationProblem[] {
  try {
    checkOptions('cors', options, RULES);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).problems;
  }
}

describe('checkOptions', () => {
  it('accepts valid options, and those that are undefined', () => {
    expect(check({ allowOrigins: '*', maxAge: 0, secret: true, level: undefined })).toEqual([]);
  });

  it('reports every unknown, missing and invalid option', () => {
    expect(check({ allow_origin: 'x', colour: 'red', maxAge: '5', level: 10 })).toEqual([
      {
        code: 'OPTION_UNKNOWN',
        place: 'cors()',
        fault: 'There is no option "allow_origin".',
        cure: 'Write allowOrigins instead.',
      },
      {
        code: 'OPTION_UNKNOWN',
        place: 'cors()',
        fault: 'There is no option "colour".',
        cure: 'Known options: allowOrigins, maxAge, level, secret.',
      },
      invalidOption('cors()', 'maxAge', 'must be a whole number of at least 0'),
      invalidOption('cors()', 'level', 'must be a whole number from 1 to 9'),
      {
        code: 'OPTION_MISSING',
        place: 'cors()',
        fault: 'secret is required.',
        cure: 'Add secret to the options.',
      },
    ]);
  });

  it.each([null, undefined, 'x', 5, []])('refuses %j instead of options', (options) => {
    expect(check(options)).toEqual([
      {
        code: 'OPTION_INVALID',
        place: 'cors()',
        fault: 'The options must be an object.',
        cure: 'Write cors({ … }).',
      },
    ]);
  });

  it.each(['toString', '__proto__', 'constructor'])('reports %s as unknown', (name) => {
    const options = Object.defineProperty({ secret: true }, name, { value: 1, enumerable: true });
    expect(check(options)).toMatchObject([{ code: 'OPTION_UNKNOWN' }]);
  });
});

describe('the rules of options', () => {
  it('say what the value must be', () => {
    expect(isBooleanOption('yes')).toBe('must be true or false');
    expect(isBooleanOption(false)).toBeUndefined();
    expect([isFunctionOption('parse'), isFunctionOption(parseInt)]).toEqual([
      'must be a function',
      undefined,
    ]);
    const isLogger = hasMethodsOption('info', 'error');
    expect([isLogger(console), isLogger({ info() {} }), isLogger(null)]).toEqual([
      undefined,
      'must have the methods info, error',
      'must have the methods info, error',
    ]);
    expect(hasMethodsOption('resolve')({})).toBe('must have the method resolve');
    expect(isOneOfOption('a', 1)('b')).toBe('must be one of "a", 1');
    expect(isOneOfOption('a', 1)(1)).toBeUndefined();
    for (const value of [1.5, NaN, Infinity, '1', -1]) expect(isIntegerOption(0)(value)).toBeDefined();
  });
});

describe('describeFunction', () => {
  it('gives the name of a function, if it has one', () => {
    expect(describeFunction(parseInt)).toBe('function parseInt');
    expect(describeFunction(() => 1)).toBe('function');
  });
});
