import fc from 'fast-check';
import { HeaderBlock } from '../../../../src/http/headers/header-block';
import { HeaderLine } from '../../../../src/http/headers/header-line';
import { HttpResponse } from '../../../../src/http/response';
import { findHead, formatHead } from '../../../../src/engine/uws/head/format-head';

const BLOCKS = [
  undefined,
  new HeaderBlock([new HeaderLine('X-Frame-Options', 'DENY')]),
  new HeaderBlock([new HeaderLine('X-Frame-Options', 'DENY')]),
  new HeaderBlock([new HeaderLine('X-Content-Type-Options', 'nosniff')]),
];

interface Parts {
  readonly status: number;
  readonly block: number;
  readonly values: readonly string[];
}

function make({ status, block, values }: Parts): HttpResponse {
  const response = new HttpResponse();
  response.status = status;
  const chosen = BLOCKS[block];
  if (chosen !== undefined) response.headers.setBlock(chosen);
  for (const [index, value] of values.entries()) response.headers.append(`X-${index % 2}`, value);
  return response;
}

function read(head: string | ArrayBuffer): string {
  return typeof head === 'string' ? head : Buffer.from(head).toString();
}

describe('findHead', () => {
  it('returns what formatHead does, whatever was written before', () => {
    const parts = fc.record({
      status: fc.constantFrom(200, 201, 203, 404),
      block: fc.nat(BLOCKS.length - 1),
      values: fc.array(fc.constantFrom('', 'a', 'b', 'ab'), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 60 }), (answers) => {
        for (const answer of answers) expect(read(findHead(make(answer)))).toBe(formatHead(make(answer)));
      }),
      { numRuns: 100 },
    );
  });

  it('does not keep a head that its response changes later', () => {
    const response = make({ status: 200, block: 1, values: ['kept'] });
    findHead(response);
    response.headers.set('X-0', 'changed');
    expect(read(findHead(make({ status: 200, block: 1, values: ['kept'] })))).toContain('X-0: kept');
  });

  it('makes bytes of a head that comes again', () => {
    const again = () => findHead(make({ status: 299, block: 0, values: ['again'] }));
    expect([typeof again(), again(), again()]).toEqual(['string', expect.any(ArrayBuffer), again()]);
  });

  it('writes a block first, and nothing that only the engine writes', () => {
    const response = make({ status: 200, block: 1, values: ['1'] });
    response.headers.set('Connection', 'close').set('Content-Length', 7);
    expect(formatHead(response)).toBe('200 OK\r\nX-Frame-Options: DENY\r\nX-0: 1');
  });
});
