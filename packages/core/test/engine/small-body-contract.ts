import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { EngineName } from '../../src/engine/make-engine';
import { Body, BodyLimit, Controller, createApp, Ctx, Post, type App, type Context } from '../../src';

const seen: unknown[] = [];

@Controller()
class EchoController {
  @Post('/echo')
  echo(@Body({ validate: false }) body: unknown) {
    seen.push(body);
    return { body };
  }

  @Post('/later')
  async later(@Body({ validate: false }) body: unknown) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { body };
  }

  @Post('/raw-later')
  async rawLater(@Body({ validate: false }) body: unknown, @Ctx() { request }: Context) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { body, raw: await request.text() };
  }

  @Post('/raw-after')
  rawAfter(@Body({ validate: false }) body: unknown, @Ctx() context: Context) {
    context.background(async () => seen.push(await context.request.text()));
    return { body };
  }

  @Post('/raw-now')
  rawNow(@Body({ validate: false }) body: unknown, @Ctx() { request }: Context) {
    const whole = request.readBytes() as Uint8Array;
    return { body, raw: Buffer.from(whole).toString(), offset: whole.byteOffset };
  }

  @Post('/bytes-after')
  bytesAfter(@Body('bytes') body: Uint8Array, @Ctx() context: Context) {
    context.background(() => seen.push(Buffer.from(body).toString()));
    return 'ok';
  }

  @Post('/too-late')
  tooLate(@Body({ validate: false }) body: unknown, @Ctx() { request }: Context) {
    setTimeout(() => void request.text().catch((error: unknown) => seen.push(error)), 5);
    return { body };
  }

  @Post('/limited')
  @BodyLimit(4)
  limited(@Body('text') body: string) {
    return body;
  }
}

/** A small body on a route that reads it, byte by byte on a socket. */
export function describeSmallBodies(engine: EngineName, name: string): void {
  describe(`A small body on ${name}`, () => {
    let app: App;
    let port: number;
    let socket: Socket;
    let received = '';

    beforeEach(async () => {
      seen.length = 0;
      received = '';
      app = await createApp({ controllers: [EchoController], engine });
      ({ port } = await app.listen({ port: 0, handleSignals: false }));
      socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('error', () => undefined);
      await once(socket, 'connect');
    });

    afterEach(async () => {
      socket.destroy();
      await app.close({ timeoutMs: 100 });
    });

    const head = (path: string, length: number, type = 'application/json') =>
      `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

    const until = async (isThere: () => boolean): Promise<void> => {
      const deadline = Date.now() + 10_000;
      while (!isThere() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(received.length > 0 && isThere()).toBe(true);
    };

    /** Waits until the server has received everything so far: another connection, opened later, has its response. */
    const untilReceived = (): Promise<void> =>
      new Promise((resolve, reject) => {
        const other = connect(port, '127.0.0.1', () => other.write(`${head('/limited', 1, 'text/plain')}x`));
        other.once('error', reject).once('data', () => other.destroy());
        other.once('close', () => resolve());
      });

    it.each([
      ['/raw-now', '{"body":{"a":1},"raw":"{\\"a\\":1}","offset":0}'],
      ['/raw-later', '{"body":{"a":1},"raw":"{\\"a\\":1}"}'],
    ])('can also be read as it was sent, at %s', async (path, answer) => {
      socket.write(`${head(path, 7)}{"a":1}`);
      await until(() => received.includes(answer));
    });

    it('can be read as it was sent by a background task', async () => {
      socket.write(`${head('/raw-after', 7)}{"a":1}`);
      await until(() => received.length > 0 && seen.includes('{"a":1}'));
    });

    it('keeps the bytes that it gives to a handler', async () => {
      socket.write(`${head('/bytes-after', 7, 'a/b')}{"a":1}`);
      await until(() => received.length > 0 && seen.length > 0);
      expect(seen).toEqual(['{"a":1}']);
    });

    it('cannot be read after the response', async () => {
      socket.write(`${head('/too-late', 7)}{"a":1}`);
      await until(() => received.length > 0 && seen.length > 0);
      expect(seen).toEqual([expect.objectContaining({ code: 'body_discarded' })]);
    });

    it.each(['/echo', '/later'])('is read if it arrives with the head, at %s', async (path) => {
      socket.write(`${head(path, 7)}{"a":1}`);
      await until(() => received.includes('{"body":{"a":1}}'));
      expect(received).toMatch(/^HTTP\/1\.1 200 OK/);
    });

    it('is awaited if it arrives in pieces', async () => {
      socket.write(head('/echo', 7));
      for (const piece of ['{"a"', ':1', '}']) {
        await untilReceived();
        expect(seen).toEqual([]);
        socket.write(piece);
      }
      await until(() => received.includes('{"body":{"a":1}}'));
    });

    it('leaves the connection to the next request', async () => {
      socket.write(`${head('/echo', 7)}{"a":1}${head('/echo', 7)}{"a":2}`);
      await until(() => received.includes('{"body":{"a":2}}'));
      expect(seen).toEqual([{ a: 1 }, { a: 2 }]);
    });

    it('gets the refusal of its fault', async () => {
      socket.write(`${head('/echo', 4)}nope`);
      await until(() => received.includes('json_syntax'));
      socket.write(`${head('/echo', 4, 'text/html')}nope`);
      await until(() => received.includes('unsupported_media_type'));
      socket.write(`${head('/limited', 5, 'text/plain')}12345`);
      await until(() => received.includes('content_too_large'));
      expect(seen).toEqual([]);
    });

    it('runs nothing if it never arrives, and does not delay closing', async () => {
      socket.write(`${head('/echo', 7)}{"a"`);
      await untilReceived();
      socket.destroy();
      await untilReceived();
      await app.close({ timeoutMs: 60_000 });
      expect(seen).toEqual([]);
    });

    it('is still answered if the application closes meanwhile', async () => {
      socket.write(head('/echo', 7));
      await untilReceived();
      const closing = app.close({ timeoutMs: 60_000 });
      socket.write('{"a":1}');
      await closing;
      await until(() => received.includes('{"body":{"a":1}}'));
      expect(received.toLowerCase()).toContain('connection: close');
    });
  });
}
