import { createApp, type App, type AppOptions, type TlsOptions } from '@sluice/core';
import { httpsRedirect } from '@sluice/https-redirect';
import { securityHeaders } from '@sluice/security-headers';
import { session, type SessionOptions } from '@sluice/session';
import { ENGINES } from '../sockets/engines';
import { RawConnection } from '../sockets/raw-connection';
import { writeCertificate } from './write-certificate';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const TRANSPORT = 'Strict-Transport-Security';
const opened: App[] = [];
const warnings: string[] = [];
const logger = { info() {}, warn: (text: string) => void warnings.push(text), error() {} };

beforeEach(() => (warnings.length = 0));

afterEach(async () => {
  for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
});

describe.each(ENGINES)('Middleware for HTTPS, on %s', (engine) => {
  /** Listens, and opens a connection of the kind. */
  async function open(options: AppOptions, tls?: TlsOptions): Promise<RawConnection> {
    const routes = [{ method: 'GET' as const, path: '/', handler: () => 'hello' }];
    const app = await createApp({ engine, logger, routes, development: false, ...options });
    opened.push(app);
    const { port } = await app.listen({ port: 0, handleSignals: false, ...(tls && { tls }) });
    return tls === undefined ? RawConnection.open(port) : RawConnection.openTls(port);
  }

  it('sends Strict-Transport-Security with every answer over TLS, errors too, and never without TLS', async () => {
    const middleware = [securityHeaders()];
    const secure = await open({ middleware }, writeCertificate('own'));
    const plain = await open({ middleware });
    for (const [path, status] of [
      ['/', 200],
      ['/none', 404],
    ] as const) {
      const [overTls, without] = [await secure.ask('GET', path), await plain.ask('GET', path)];
      expect([overTls.status, without.status]).toEqual([status, status]);
      expect(overTls.header(TRANSPORT)).toBe('max-age=31536000; includeSubDomains');
      expect(without.header(TRANSPORT)).toBeUndefined();
      expect(overTls.header('Content-Security-Policy')).toContain('upgrade-insecure-requests');
      expect(without.header('Content-Security-Policy')).not.toContain('upgrade-insecure-requests');
    }
    secure.cut();
    plain.cut();
  });

  it('redirects requests without TLS, and no others', async () => {
    const middleware = [httpsRedirect({ httpsPort: 8443 })];
    const secure = await open({ middleware }, writeCertificate('own'));
    const plain = await open({ middleware });
    const answers = [await secure.ask('GET', '/'), await plain.ask('GET', '/?a=1')];
    expect(answers.map(({ status }) => status)).toEqual([200, 308]);
    expect(answers[1]!.header('Location')).toBe('https://localhost:8443/?a=1');
    secure.cut();
    plain.cut();
  });

  it('leaves Strict-Transport-Security out where a trusted proxy reports that its client came without TLS', async () => {
    const middleware = [securityHeaders()];
    const proxied = await open({ middleware, trustProxy: ['loopback'] }, writeCertificate('own'));
    const read = async (...lines: string[]) => (await proxied.ask('GET', '/', ...lines)).header(TRANSPORT);
    expect(await read('X-Forwarded-For: 203.0.113.1', 'X-Forwarded-Proto: http')).toBeUndefined();
    expect(await read('X-Forwarded-For: 203.0.113.1', 'X-Forwarded-Proto: https')).toContain('max-age');
    expect(await read()).toContain('max-age');
    proxied.cut();
  });

  it.each<[string, Partial<SessionOptions>, AppOptions, boolean, number]>([
    ['is a warning over TLS', {}, {}, true, 1],
    ['is a warning in production behind a trusted proxy', {}, { trustProxy: ['private'] }, false, 1],
    ['is one warning where both are so', {}, { trustProxy: ['private'] }, true, 1],
    ['gives no warning on plain HTTP', {}, {}, false, 0],
    ['gives no warning in development behind a proxy', {}, { trustProxy: 1, development: true }, false, 0],
    ['gives no warning with httpsOnly', { httpsOnly: true }, {}, true, 0],
    ['gives no warning with httpsOnly: false', { httpsOnly: false }, {}, true, 0],
  ])('a session without httpsOnly %s', async (_, options, settings, hasTls, count) => {
    const secretKey = 'a secret of at least thirty-two bytes';
    const middleware = [session({ secretKey, ...options })];
    const connection = await open({ middleware, ...settings }, hasTls ? writeCertificate('own') : undefined);
    expect((await connection.ask('GET', '/')).status).toBe(200);
    expect(warnings).toEqual(Array(count).fill(expect.stringContaining('httpsOnly is not set')));
    connection.cut();
  });
});
