import { readFileSync } from 'node:fs';
import { Spool } from '../../src/form/spool';
import { TemporaryFiles } from '../../src/form/temporary-files';

/** Temporary files that count how often one of them is written to. */
class CountedFiles extends TemporaryFiles {
  writes = 0;

  override async create() {
    const created = await super.create();
    const write = created.file.write.bind(created.file) as (...given: unknown[]) => Promise<never>;
    created.file.write = (...given: unknown[]) => (this.writes++, write(...given));
    return created;
  }
}

describe('Spool', () => {
  const whenFirst = jest.fn();
  let temporary: CountedFiles;

  beforeEach(() => {
    whenFirst.mockClear();
    temporary = new CountedFiles(whenFirst);
  });

  afterEach(() => temporary.remove());

  async function spool(above: number, bytes: Uint8Array, chunkBytes: number) {
    const one = new Spool(above, temporary);
    for (let at = 0; at < bytes.byteLength; at += chunkBytes)
      await one.write(bytes.subarray(at, at + chunkBytes));
    expect(one.size).toBe(bytes.byteLength);
    return one.finish();
  }

  it('keeps a small file in memory, as one array that owns its memory', async () => {
    const content = await spool(10, Buffer.from('0123456789'), 3);
    expect(content).toEqual(new Uint8Array(Buffer.from('0123456789')));
    expect((content as Uint8Array).buffer.byteLength).toBe(10);
    expect(whenFirst).not.toHaveBeenCalled();
  });

  it('writes a larger one to a temporary file in blocks, even if it comes byte by byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
    const content = await spool(1000, bytes, 1);
    expect(content).toMatchObject({ size: 100_000 });
    expect(readFileSync((content as { path: string }).path).equals(bytes)).toBe(true);
    // 16 KiB each.
    expect(temporary.writes).toBe(7);
  });

  it('holds no byte of an empty file', async () => {
    expect(await spool(0, new Uint8Array(0), 1)).toEqual(new Uint8Array(0));
  });
});
