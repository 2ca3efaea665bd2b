import { ConfigurationError } from '@sluice/core';
import { CliError } from '../src/cli-error';
import { describeError, summariseError } from '../src/describe-error';

const REFUSED = ['::1', '127.0.0.1'].map((host) => new Error(`connect ECONNREFUSED ${host}:5432`));
// As Node makes it for a host with two addresses.
const AGGREGATE = Object.assign(new AggregateError(REFUSED), { code: 'ECONNREFUSED' });
const LINKED = new SyntaxError("The requested module './a.js' does not provide an export named 'b'");

describe('an error that a command fails with', () => {
  it.each([
    ['with its cure', new CliError('It is wrong.', 'Correct it.'), /^It is wrong\.\nCorrect it\.$/],
    ['without a stack, if it says everything', new ConfigurationError([]), /^ConfigurationError: .*\n$/s],
    [
      'without a stack, if the compiler says where',
      new SyntaxError('/a.ts:1:2: no'),
      /^SyntaxError: \/a\.ts:1:2: no$/,
    ],
    ['with its stack', LINKED, /^SyntaxError: The requested .*\n +at /],
    [
      'with its cause',
      new Error('no data', { cause: REFUSED[0] }),
      /^Error: no data\n +at [^]*cause.*ECONNREFUSED ::1/,
    ],
    ['with the errors in it', AGGREGATE, /ECONNREFUSED ::1[^]*ECONNREFUSED 127/],
    ['as the text that was thrown', 'no database', /^no database$/],
    ['with the data that was thrown', { code: 7 }, /^\{ code: 7 \}$/],
  ])('is described %s', (_, error, expected) => {
    expect(describeError(error)).toMatch(expected);
  });

  it.each([
    [AGGREGATE, 'connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432'],
    [new Error('no database'), 'no database'],
    [new TypeError(), 'TypeError'],
    ['no database', 'no database'],
    [{ code: 7 }, '{ code: 7 }'],
  ])('has a summary in one line', (error, expected) => {
    expect(summariseError(error)).toBe(expected);
  });
});
