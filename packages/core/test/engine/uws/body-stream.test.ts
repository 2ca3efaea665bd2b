import { badRequest } from '../../../src';
import { BodyStream } from '../../../src/engine/uws/body-stream';

const chunk = (size: number) => new Uint8Array(size);

function openStream() {
  const calls = { taken: 0, stopped: 0 };
  const stream = new BodyStream({
    whenTaken: () => void calls.taken++,
    whenStopped: () => void calls.stopped++,
  });
  return { stream, calls };
}

describe('BodyStream', () => {
  it('passes chunks on in order, and counts the waiting bytes', async () => {
    const { stream, calls } = openStream();
    stream.push(chunk(2));
    stream.push(chunk(3));
    expect(stream.waitingBytes).toBe(5);
    expect(await stream.next()).toEqual({ done: false, value: chunk(2) });
    expect([stream.waitingBytes, calls.taken]).toEqual([3, 1]);
    stream.complete();
    expect(await stream.next()).toEqual({ done: false, value: chunk(3) });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('serves several waiting readers in their order', async () => {
    const { stream } = openStream();
    const reads = [stream.next(), stream.next(), stream.next()];
    stream.push(chunk(1));
    stream.push(chunk(2));
    stream.complete();
    const sizes = (await Promise.all(reads)).map(({ value }) => value?.byteLength);
    expect(sizes).toEqual([1, 2, undefined]);
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
