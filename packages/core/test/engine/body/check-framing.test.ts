import { HttpError } from '../../../src/http/status/http-error';
import { checkFraming } from '../../../src/engine/body/check-framing';

const makeLines = (...lines: readonly [name: string, value: string][]): string[] => lines.flat();

const length = (value: string): [string, string] => ['content-length', value];
const coding = (value: string): [string, string] => ['transfer-encoding', value];

describe('The framing of a request', () => {
  it('has no body by default', () => {
    expect(checkFraming(makeLines(['host', 'a']))).toEqual({ length: 0, hasBody: false });
  });

  it('is a length or chunked', () => {
    expect(checkFraming(makeLines(length('12')))).toEqual({ length: 12, hasBody: true });
    expect(checkFraming(makeLines(length('0')))).toEqual({ length: 0, hasBody: false });
    expect(checkFraming(makeLines(coding('Chunked')))).toEqual({ length: undefined, hasBody: true });
  });

  it.each<[string, [string, string][]]>([
    ['given twice', [length('1'), length('1')]],
    ['given twice, once empty', [length('1'), length('')]],
    ['given as length and chunked', [length('1'), coding('chunked')]],
    ['given as chunked twice', [coding('chunked'), coding('chunked')]],
    ['signed', [length('+1')]],
    ['a list', [length('1, 1')]],
    ['not a number', [length('1e3')]],
    ['longer than a number can hold', [length('9'.repeat(16))]],
    ['in another coding', [coding('gzip, chunked')]],
    ['in no coding', [coding('identity')]],
  ])('is refused when it is %s', (_, lines) => {
    const refusal = checkFraming(makeLines(...lines));
    expect(refusal).toBeInstanceOf(HttpError);
    expect(refusal).toMatchObject({ status: 400, code: 'framing', headers: { Connection: 'close' } });
  });

  it('is refused when it is empty', () => {
    expect(checkFraming(makeLines(length('')))).toBeInstanceOf(HttpError);
    expect(checkFraming(makeLines(coding('')))).toBeInstanceOf(HttpError);
    expect(checkFraming(makeLines(length(''), length('5')))).toBeInstanceOf(HttpError);
  });
});
