import { formatJson } from '../../../src/http/reply/write-json';
import type { ProblemDetails } from '../../../src/pipeline/errors/problem-details';
import { writeProblem } from '../../../src/pipeline/errors/write-problem';

const MISSING: ProblemDetails = {
  type: 'about:blank',
  title: 'Not Found',
  status: 404,
  detail: undefined,
  instance: 'urn:uuid:1',
  code: 'not_found',
  errors: undefined,
};

describe('writeProblem', () => {
  it.each<[string, Partial<ProblemDetails>]>([
    ['without a detail', {}],
    ['with a detail', { detail: 'The note does not exist.' }],
    ['with another detail of the same status', { detail: 'a "quoted" text,\n"instance":"x" \u2028 \ud800' }],
    ['with an empty detail', { detail: '' }],
    ['with another code', { code: 'note_missing' }],
    ['with another type', { type: 'https://a.example/missing' }],
    ['with faults', { errors: [{ in: 'query', pointer: '/a', code: 'b', detail: 'c' }] }],
    ['with a stack', { stack: ['at a'] }],
    ['with a detail that is not text', { detail: { a: 1 } as never }],
    ['with a code that is not text', { code: 4 as never }],
  ])('writes what JSON.stringify writes: a problem %s', (_, members) => {
    for (const instance of ['urn:uuid:1', 'urn:uuid:2']) {
      const problem = { ...MISSING, ...members, instance };
      expect(writeProblem(problem, formatJson)).toBe(JSON.stringify(problem));
    }
    expect(writeProblem(MISSING, formatJson)).toBe(JSON.stringify(MISSING));
  });

  it('writes only the instance of a problem that says the same as the one before it', () => {
    const writeJson = jest.fn(formatJson);
    const problem = { ...MISSING, status: 410, title: 'Gone' };
    writeProblem(problem, writeJson);
    writeJson.mockClear();
    for (const instance of ['urn:uuid:3', 'urn:uuid:4'])
      expect(JSON.parse(writeProblem({ ...problem, instance }, writeJson))).toMatchObject({ instance });
    expect(writeJson).not.toHaveBeenCalled();
  });

  it('does not remember a detail that is an object, which may change', () => {
    const detail = { left: 1 };
    const write = (): string => writeProblem({ ...MISSING, detail: detail as never }, formatJson);
    write();
    detail.left = 2;
    expect(JSON.parse(write())).toMatchObject({ detail: { left: 2 } });
  });
});
