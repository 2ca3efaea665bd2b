import { badRequest } from '../../../src';
import { ByteBlocks, BLOCK_BYTES } from '../../../src/http/body/byte-blocks';
import { BodyStream } from '../../../src/engine/body/body-stream';

const chunk = (size: number) => new Uint8Array(size);

function openStream() {
  const calls = { taken: 0, stopped: 0 };
  const source = { whenTaken: () => void calls.taken++, whenStopped: () => void calls.stopped++ };
  const stream = new BodyStream(source, new ByteBlocks());
  return { stream, calls };
}

describe('BodyStream', () => {
  it('gathers small chunks into one block, and counts the waiting bytes', async () => {
    const { stream, calls } = openStream();
    stream.push(Uint8Array.of(1, 2));
    stream.push(Uint8Array.of(3, 4, 5));
    expect(stream.waitingBytes).toBe(5);
    expect(await stream.next()).toEqual({ done: false, value: Uint8Array.of(1, 2, 3, 4, 5) });
    expect([stream.waitingBytes, calls.taken]).toEqual([0, 1]);
    stream.complete();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('gives a waiting reader a whole block at once, and what is less at the end of the turn', async () => {
    const { stream } = openStream();
    const sizes: number[] = [];
    const note = ({ value }: IteratorResult<Uint8Array>): void =>
      void sizes.push((value as Uint8Array).byteLength);
    const inSameTurn = async (): Promise<void> => {
      for (let count = 0; count < 10; count++) await Promise.resolve();
    };
    void stream.next().then(note);
    stream.push(chunk(BLOCK_BYTES - 1));
    await inSameTurn();
    expect(sizes).toEqual([]);
    stream.push(chunk(1));
    await inSameTurn();
    expect(sizes).toEqual([BLOCK_BYTES]);
    void stream.next().then(note);
    for (let count = 0; count < 10; count++) {
      stream.push(chunk(1));
      await inSameTurn();
    }
    expect(sizes).toEqual([BLOCK_BYTES]);
    await new Promise(setImmediate);
    expect(sizes).toEqual([BLOCK_BYTES, 10]);
  });

  it('serves several waiting readers in their order', async () => {
    const { stream } = openStream();
    const reads = [stream.next(), stream.next(), stream.next(), stream.next()];
    stream.push(chunk(BLOCK_BYTES));
    stream.push(chunk(BLOCK_BYTES + 1));
    stream.push(chunk(2));
    stream.complete();
    const sizes = (await Promise.all(reads)).map(({ value }) => value?.byteLength);
    expect(sizes).toEqual([BLOCK_BYTES, BLOCK_BYTES + 1, 2, undefined]);
    expect(stream.waitingBytes).toBe(0);
  });

  it('fails at once for waiting and later readers, and only once', async () => {
    const { stream } = openStream();
    const waiting = stream.next();
    const error = badRequest('gone');
    stream.fail(error);
    stream.fail(badRequest('another'));
    await expect(waiting).rejects.toBe(error);
    await expect(stream.next()).rejects.toBe(error);
  });

  it('drops waiting chunks when it fails, and cannot fail once it is complete', async () => {
    const failed = openStream().stream;
    failed.push(chunk(4));
    failed.fail(badRequest('gone'));
    expect(failed.waitingBytes).toBe(0);
    const complete = openStream().stream;
    complete.complete();
    complete.fail(badRequest('too late'));
    expect(await complete.next()).toEqual({ done: true, value: undefined });
  });

  it('reports that the reader has stopped', async () => {
    const { stream, calls } = openStream();
    stream.push(chunk(4));
    for await (const one of stream) {
      expect(one.byteLength).toBe(4);
      break;
    }
    expect([calls.stopped, stream.waitingBytes]).toEqual([1, 0]);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
