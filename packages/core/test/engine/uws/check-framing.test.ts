import { HttpError } from '../../../src/http/http-error';
import { checkFraming, type HeaderLines } from '../../../src/engine/uws/check-framing';

/** Header lines as the engine gives them: `getHeader` knows the first of a name only, and no empty ones. */
function makeLines(...lines: readonly [name: string, value: string][]): HeaderLines & { walks: number } {
  return {
    walks: 0,
    getHeader: (lowerName) => lines.find(([name]) => name === lowerName)?.[1] ?? '',
    forEach(visit) {
      this.walks++;
      for (const [name, value] of lines) visit(name, value);
    },
  };
}

const length = (value: string): [string, string] => ['content-length', value];
const coding = (value: string): [string, string] => ['transfer-encoding', value];

describe('The framing of a request', () => {
  it('is no body where nothing says otherwise, and no walk over the lines where none may come', () => {
    const lines = makeLines(['host', 'a']);
    expect(checkFraming(lines, false)).toEqual({ length: 0, hasBody: false });
    expect(lines.walks).toBe(0);
    expect(checkFraming(lines, true)).toEqual({ length: 0, hasBody: false });
    expect(lines.walks).toBe(1);
  });

  it.each([false, true])('is a length, or chunks (method with a body: %s)', (mayHaveBody) => {
    expect(checkFraming(makeLines(length('12')), mayHaveBody)).toEqual({ length: 12, hasBody: true });
    expect(checkFraming(makeLines(length('0')), mayHaveBody)).toEqual({ length: 0, hasBody: false });
    expect(checkFraming(makeLines(coding('Chunked')), mayHaveBody)).toEqual({
      length: undefined,
      hasBody: true,
    });
  });

  it.each<[string, [string, string][]]>([
    ['told twice', [length('1'), length('1')]],
    ['told twice, once empty', [length('1'), length('')]],
    ['told as length and chunks', [length('1'), coding('chunked')]],
    ['told as chunks twice', [coding('chunked'), coding('chunked')]],
    ['signed', [length('+1')]],
    ['a list', [length('1, 1')]],
    ['no number', [length('1e3')]],
    ['beyond what a number can tell', [length('9'.repeat(16))]],
    ['coded otherwise', [coding('gzip, chunked')]],
    ['coded not at all', [coding('identity')]],
  ])('is refused when it is %s', (_, lines) => {
    for (const mayHaveBody of [false, true]) {
      const refusal = checkFraming(makeLines(...lines), mayHaveBody);
      expect(refusal).toBeInstanceOf(HttpError);
      expect(refusal).toMatchObject({ status: 400, code: 'framing', headers: { Connection: 'close' } });
    }
  });

  it('is refused when it is empty, on methods with a body', () => {
    expect(checkFraming(makeLines(length('')), true)).toBeInstanceOf(HttpError);
    expect(checkFraming(makeLines(coding('')), true)).toBeInstanceOf(HttpError);
    expect(checkFraming(makeLines(length(''), length('5')), true)).toBeInstanceOf(HttpError);
  });
});
