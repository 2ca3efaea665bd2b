import { GatheredChanges, type GatheredChange, type WriteTogether } from '../../src/store/gathered-changes';
import type { StoredRecord } from '../../src/store/stored-record';

const record = (idHash: string): StoredRecord => ({ idHash, json: '{}', version: 1 });
const change = (n: number, idHash = 'a') => ({
  record: record(idHash),
  json: `{"k${n}":${n}}`,
  ttlSeconds: 60,
});

/** Gathered changes whose writes the test settles. */
function gather() {
  const writes: { readonly changes: readonly GatheredChange[]; readonly known: StoredRecord | undefined }[] =
    [];
  const ends: ((error?: Error) => void)[] = [];
  const write: WriteTogether = (changes, known) => {
    writes.push({ changes, known });
    return new Promise((resolve, reject) => {
      ends.push((error) => {
        if (error !== undefined) return void reject(error);
        for (const one of changes) one.resolve(true);
        resolve({ ...changes[0]!.record, version: 2 });
      });
    });
  };
  const end = async (error?: Error): Promise<void> => {
    ends.shift()!(error);
    await new Promise(setImmediate);
  };
  return { gathered: new GatheredChanges(write), writes, end };
}

describe('gathered changes', () => {
  it('write the first one at once, and those that come meanwhile together', async () => {
    const { gathered, writes, end } = gather();
    const settled = Promise.all([1, 2, 3].map((n) => gathered.add(change(n))));
    expect(writes.map(({ changes }) => changes.length)).toEqual([1]);
    await end();
    expect(writes.map(({ changes }) => changes.length)).toEqual([1, 2]);
    expect(writes[1]!.known).toMatchObject({ version: 2 });
    await end();
    expect(await settled).toEqual([true, true, true]);
  });

  it('write the changes of another session at the same time', () => {
    const { gathered, writes } = gather();
    void gathered.add(change(1, 'a'));
    void gathered.add(change(2, 'b'));
    expect(writes).toHaveLength(2);
  });

  it('take at most a hundred into one write', async () => {
    const { gathered, writes, end } = gather();
    const settled = Promise.all(Array.from({ length: 251 }, (_, n) => gathered.add(change(n))));
    for (let write = 0; write < 4; write++) await end();
    expect(writes.map(({ changes }) => changes.length)).toEqual([1, 100, 100, 50]);
    await settled;
  });

  it('end with the error of a write what waits behind it, and begin anew', async () => {
    const { gathered, writes, end } = gather();
    const first = Promise.allSettled([1, 2, 3].map((n) => gathered.add(change(n))));
    await end(new Error('down'));
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const next = gathered.add(change(4));
    expect(writes).toHaveLength(2);
    expect(writes[1]!.known).toBeUndefined();
    await end();
    expect(await next).toBe(true);
  });
});
