import { badRequest } from '../../../src';
import { BodyStream } from '../../../src/engine/uws/body-stream';

const chunk = (size: number) => new Uint8Array(size);

function openStream() {
  const told = { taken: 0, stopped: 0 };
  const stream = new BodyStream({
    whenTaken: () => void told.taken++,
    whenStopped: () => void told.stopped++,
  });
  return { stream, told };
}

describe('BodyStream', () => {
  it('hands chunks on in order, and counts what waits', async () => {
    const { stream, told } = openStream();
    stream.push(chunk(2));
    stream.push(chunk(3));
    expect(stream.waitingBytes).toBe(5);
    expect(await stream.next()).toEqual({ done: false, value: chunk(2) });
    expect([stream.waitingBytes, told.taken]).toEqual([3, 1]);
    stream.complete();
    expect(await stream.next()).toEqual({ done: false, value: chunk(3) });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('answers several readers that wait, in their order', async () => {
    const { stream } = openStream();
    const reads = [stream.next(), stream.next(), stream.next()];
    stream.push(chunk(1));
    stream.push(chunk(2));
    stream.complete();
    const sizes = (await Promise.all(reads)).map(({ value }) => value?.byteLength);
    expect(sizes).toEqual([1, 2, undefined]);
    expect(stream.waitingBytes).toBe(0);
  });

  it('fails at once, whoever waits and whatever waits, and never twice', async () => {
    const { stream } = openStream();
    const waiting = stream.next();
    const error = badRequest('gone');
    stream.fail(error);
    stream.fail(badRequest('another'));
    await expect(waiting).rejects.toBe(error);
    await expect(stream.next()).rejects.toBe(error);
  });

  it('gives up what waits when it fails, and does not fail once it is complete', async () => {
    const failed = openStream().stream;
    failed.push(chunk(4));
    failed.fail(badRequest('gone'));
    expect(failed.waitingBytes).toBe(0);
    const complete = openStream().stream;
    complete.complete();
    complete.fail(badRequest('too late'));
    expect(await complete.next()).toEqual({ done: true, value: undefined });
  });

  it('tells when nobody wants the rest', async () => {
    const { stream, told } = openStream();
    stream.push(chunk(4));
    for await (const one of stream) {
      expect(one.byteLength).toBe(4);
      break;
    }
    expect([told.stopped, stream.waitingBytes]).toEqual([1, 0]);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
