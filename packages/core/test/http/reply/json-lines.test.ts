import { Readable } from 'node:stream';
import { jsonLines, type ItemSource } from '../../../src';
import { runRoute } from '../../pipeline/run-route';

async function* count() {
  yield 1;
  yield { two: 2 };
}

describe('jsonLines', () => {
  it.each<[string, () => ItemSource]>([
    ['a list', () => [1, { two: 2 }]],
    ['a generator', () => count()],
    ['a Readable in object mode', () => Readable.from([1, { two: 2 }])],
    ['a web stream', () => ReadableStream.from(count())],
  ])('writes each item of %s on its own line', async (_case, makeSource) => {
    const response = await runRoute({ handler: () => jsonLines(makeSource()) });
    expect(response.header('content-type')).toBe('application/jsonl');
    expect(response.text()).toBe('1\n{"two":2}\n');
  });

  it('accepts a status and headers', async () => {
    const response = await runRoute({
      handler: () => jsonLines([], { status: 202, headers: { 'X-Kind': 'notes' } }),
    });
    expect([response.status, response.text(), response.header('x-kind')]).toEqual([202, '', 'notes']);
  });
});
