import { readMultipart } from '../../src/form/read-multipart';
import { makeMultipart } from './multipart-body';

/** The names and contents of the parts of a body that arrives in chunks of some bytes. */
async function read(body: Uint8Array, size: number): Promise<[name: string, content: string][]> {
  const found: [string, string][] = [];
  async function* cut(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < body.length; at += size) yield Uint8Array.from(body.subarray(at, at + size));
  }
  await readMultipart(cut(), {
    boundary: 'a-boundary',
    parts: 10,
    headerBytes: 1000,
    openPart({ name }) {
      const pair: [string, string] = [name, ''];
      found.push(pair);
      return {
        write: (chunk) => void (pair[1] += Buffer.from(chunk).toString('latin1')),
        finish: () => undefined,
      };
    },
  });
  return found;
}

describe('a multipart body', () => {
  const contents = ['', ' \t', '\r\n--a-bound', 'x --a-boundary y', '\r\n \r\n\r\n', ' : '];
  const parts = contents.map((content, index) => ({ name: `part ${index}`, content }));
  const plain = makeMultipart(parts);
  const padded = Buffer.from(
    plain.toString('latin1').replace(/^(--a-boundary(?:--)?)\r\n/gm, '$1 \t \r\n'),
    'latin1',
  );
  const expected = contents.map((content, index) => [`part ${index}`, content]);

  it.each([1, 2, 3, 5, 7, 64, 100_000])(
    'is the same in chunks of %i bytes, with blanks behind its boundaries or without',
    async (size) => {
      expect(padded.length).toBe(plain.length + 3 * (parts.length + 1));
      expect(await read(plain, size)).toEqual(expected);
      expect(await read(padded, size)).toEqual(expected);
    },
  );

  it('is malformed if other text follows a boundary on its line', async () => {
    const body = Buffer.from(
      plain.toString('latin1').replace('--a-boundary\r\n', '--a-boundary x\r\n'),
      'latin1',
    );
    await expect(read(body, 100)).rejects.toMatchObject({ status: 400 });
  });
});
