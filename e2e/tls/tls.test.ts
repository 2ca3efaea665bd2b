import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { createApp, type App, type ListenOptions, type TlsOptions } from '@sluice/core';
import { RawConnection } from '../sockets/raw-connection';
import { makeCertificate } from '../../packages/core/test/make-certificate';
import { ENGINES } from '../sockets/engines';
import { until } from '../sockets/until';
import { RecordRelay } from './record-relay';
import { writeCertificate as write } from './write-certificate';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const opened: App[] = [];
const errors: unknown[] = [];
const lines: string[] = [];
const logger = {
  info: (line: string) => void lines.push(line),
  warn() {},
  error: (error: unknown) => void errors.push(error),
};

afterEach(async () => {
  for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
  errors.length = lines.length = 0;
});

async function listen(engine: 'auto' | 'uws' | 'node', tls: TlsOptions, options: ListenOptions = {}) {
  const app = await createApp({
    engine,
    logger,
    routes: [
      { method: 'GET', path: '/', handler: ({ request: { protocol, host } }) => `${protocol} ${host}` },
    ],
  });
  opened.push(app);
  return { app, ...(await app.listen({ port: 0, handleSignals: false, tls, ...options })) };
}

/** Shakes hands, or gives back the error code. */
function shake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket | string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () =>
      resolve(socket),
    );
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

/** The name of the certificate that a server shows. */
async function readName(port: number, servername?: string): Promise<string> {
  const socket = await shake(port, servername === undefined ? {} : { servername });
  if (typeof socket === 'string') return socket;
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return String(CN);
}

/** Sends a request on the connection and reads up to the end of its answer, or to the end of the connection. */
function ask(socket: TLSSocket, end: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(end)) resolve(text);
    });
    socket.on('close', () => resolve(text));
    socket.write('GET / HTTP/1.1\r\nHost: app.example\r\n\r\n');
  });
}

describe.each(ENGINES)('TLS on %s', (engine) => {
  it('is in the address, in the protocol of requests, and needs HTTP/1.1', async () => {
    const { port, url } = await listen(engine, write('own'));
    expect(url).toBe(`https://127.0.0.1:${port}`);
    const socket = (await shake(port, { ALPNProtocols: ['h2', 'http/1.1'] })) as TLSSocket;
    // µWebSockets does not answer the question, which means the same.
    expect(socket.alpnProtocol).toBe(engine === 'uws' ? false : 'http/1.1');
    expect(await ask(socket, 'app.example')).toMatch(/^HTTP\/1\.1 200 [^]*https app\.example$/);
    socket.destroy();
  });

  it('begins with version 1.2, and needs the passphrase of the key', async () => {
    const { port } = await listen(engine, {
      ...write('secret', { passphrase: 'correct horse' }),
      passphrase: 'correct horse',
    });
    const socket = (await shake(port, { maxVersion: 'TLSv1.2' })) as TLSSocket;
    expect(socket.getProtocol()).toBe('TLSv1.2');
    socket.destroy();
    const old = await shake(port, {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    expect(old).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('lives through clients that speak no TLS, or leave while they shake hands', async () => {
    const { port, app } = await listen(engine, write('own'));
    const plain = await RawConnection.open(port);
    plain.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect((await plain.readToEnd()).toString('latin1')).not.toContain('200');
    const leaving = await RawConnection.open(port);
    leaving.cut();
    const silent = await RawConnection.open(port);
    expect(await readName(port)).toBe('localhost');
    await app.close({ timeoutMs: 0 });
    // A handshake that was begun does not outlive the application.
    await silent.readToEnd();
  });

  it('sends back a large body over many records, while it arrives', async () => {
    const echo = await createApp({
      engine,
      logger,
      bodyLimit: 100_000_000,
      routes: [{ method: 'POST', path: '/', handler: (context) => context.request.stream() }],
    });
    opened.push(echo);
    const { port } = await echo.listen({ port: 0, handleSignals: false, tls: write('own') });
    const body = Buffer.alloc(6_000_000, 'sluice ');
    const echoed = await new Promise<Buffer>((resolve, reject) => {
      const sent = request(
        { port, host: '127.0.0.1', method: 'POST', rejectUnauthorized: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => void chunks.push(chunk)).on('error', reject);
          response.on('end', () => resolve(Buffer.concat(chunks)));
        },
      );
      sent.on('error', reject).end(body);
    });
    expect(echoed.equals(body)).toBe(true);
  });

  it('answers pipelined requests in order, before and after heads go out in one call', async () => {
    const { port } = await listen(engine, write('own'));
    for (const waitMs of [0, 1500]) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const socket = (await shake(port)) as TLSSocket;
      const names = Array.from({ length: 20 }, (_, index) => `n${index}.example`);
      const closed = new Promise<string>((resolve) => {
        let text = '';
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes('https n19.example')) resolve(text);
        });
        socket.on('close', () => resolve(text));
      });
      socket.write(names.map((name) => `GET / HTTP/1.1\r\nHost: ${name}\r\n\r\n`).join(''));
      const answers = await closed;
      expect(answers.match(/https n\d+\.example/g)).toEqual(names.map((name) => `https ${name}`));
      expect(answers.match(/HTTP\/1\.1 200 OK\r\n/g)).toHaveLength(20);
      socket.destroy();
    }
  });

  it('sends the head and a short body in one record, bytes beyond ASCII too', async () => {
    const routes = [{ method: 'GET' as const, path: '/', handler: () => 'purée' }];
    const app = await createApp({ engine, logger, routes });
    opened.push(app);
    const { port } = await app.listen({ port: 0, handleSignals: false, tls: write('own') });
    await using relay = await RecordRelay.start(port);
    // Version 1.3 has records of its own that look like data.
    const socket = (await shake(relay.port, { maxVersion: 'TLSv1.2' })) as TLSSocket;
    for (let count = 1; count <= 5; count++) {
      const answer = await ask(socket, 'purée');
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]+\r\n\r\npurée$/);
      expect(relay.count).toBe(count);
    }
    socket.destroy();
  });

  it('reads the files again when they change, and keeps the old ones while the new ones are wrong', async () => {
    const files = write('renewed', { names: ['first.example'] });
    const { port } = await listen(engine, files);
    const kept = (await shake(port)) as TLSSocket;
    const next = makeCertificate({ names: ['second.example'] });
    writeFileSync(files.cert, next.cert);
    await until(() => errors.length > 0);
    expect(errors).toMatchObject([{ problems: [{ code: 'TLS_KEY_MISMATCH' }] }]);
    expect(await readName(port)).toBe('first.example');
    writeFileSync(files.key, next.keyText);
    await until(async () => (await readName(port)) === 'second.example');
    // The connections of before go on.
    expect(await ask(kept, 'app.example')).toContain('https app.example');
    kept.destroy();
  });

  it('reads the files again when it is asked to, as often as one likes, and loses no connection', async () => {
    const files = write('asked', { names: ['0.example'] });
    const { app, port } = await listen(engine, { ...files, watch: false });
    for (let count = 1; count <= 5; count++) {
      write('asked', { names: [`${count}.example`] });
      app.reloadTls();
      expect(await readName(port)).toBe(`${count}.example`);
    }
    writeFileSync(files.cert, 'broken');
    expect(() => app.reloadTls()).toThrow('TLS_CERTIFICATE_INVALID');
    expect(await readName(port)).toBe('5.example');
  });
});

describe('TLS that only node:http supports', () => {
  it('has certificates for other names, and wildcards, in any case', async () => {
    const servers = {
      'shop.example': write('shop', { names: ['shop.example'] }),
      '*.shop.example': write('wild', { names: ['*.shop.example'] }),
    };
    const { port, app } = await listen('auto', { ...write('own'), servers });
    const names = ['shop.example', 'SHOP.example', 'a.shop.example', 'a.b.shop.example', 'other.example'];
    const shown = await Promise.all(names.map((name) => readName(port, name)));
    expect(shown).toEqual(['shop.example', 'shop.example', '*.shop.example', 'localhost', 'localhost']);
    write('shop', { names: ['shop.example', 'new.example'] });
    app.reloadTls();
    const socket = (await shake(port, { servername: 'shop.example' })) as TLSSocket;
    expect(socket.getPeerCertificate().subjectaltname).toBe('DNS:shop.example, DNS:new.example');
    socket.destroy();
  });

  it('refuses earlier versions and other suites', async () => {
    const { port } = await listen('auto', { ...write('own'), minVersion: 'TLSv1.3' });
    expect(await shake(port, { maxVersion: 'TLSv1.2' })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    const ciphers = 'ECDHE-ECDSA-AES128-GCM-SHA256';
    const other = await listen('auto', { ...write('own'), ciphers });
    const socket = (await shake(other.port, { maxVersion: 'TLSv1.2' })) as TLSSocket;
    expect(socket.getCipher().name).toBe(ciphers);
    socket.destroy();
  });

  it('asks clients for a certificate, and refuses one of another authority', async () => {
    const authority = makeCertificate({ names: ['Authority'], isAuthority: true });
    const client = makeCertificate({ names: ['client'], issuer: authority });
    const stranger = makeCertificate({ names: ['stranger'] });
    const { port } = await listen('auto', { ...write('own'), requestCert: true, ca: authority.cert });
    const answer = async (one?: { readonly keyText: string; readonly cert: string }) => {
      const socket = await shake(port, one && { key: one.keyText, cert: one.cert });
      if (typeof socket === 'string') return 'refused';
      const text = await ask(socket, 'app.example');
      socket.destroy();
      return text.includes('https app.example') ? 'answered' : 'refused';
    };
    expect([await answer(client), await answer(stranger), await answer()]).toEqual([
      'answered',
      'refused',
      'refused',
    ]);
  });
});
