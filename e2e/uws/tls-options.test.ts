import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp, type App, type TlsOptions } from '@sluice/core';
import { makeCertificate } from '../../packages/core/test/make-certificate';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-tls-options-'));
const opened: App[] = [];
const lines: string[] = [];
const logger = { info: (line: string) => void lines.push(line), warn() {}, error() {} };

afterEach(async () => {
  for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
  lines.length = 0;
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a key and its certificate, and returns their paths. */
function write(name: string) {
  const { keyText, cert } = makeCertificate();
  const files = { key: path.join(folder, `${name}.key`), cert: path.join(folder, `${name}.pem`) };
  writeFileSync(files.key, keyText);
  writeFileSync(files.cert, cert);
  return files;
}

async function listen(engine: 'auto' | 'uws', tls: TlsOptions) {
  const app = await createApp({ engine, logger, routes: [{ method: 'GET', path: '/', handler: () => 1 }] });
  opened.push(app);
  await app.listen({ port: 0, handleSignals: false, tls });
  return app;
}

describe('An option of TLS that only node:http supports', () => {
  it.each<[string, () => Partial<TlsOptions>]>([
    ["tls.minVersion 'TLSv1.3'", () => ({ minVersion: 'TLSv1.3' })],
    ['tls.ciphers', () => ({ ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' })],
    ['tls.servers', () => ({ servers: {} })],
    ['tls.key as PEM', () => ({ key: makeCertificate().keyText, cert: makeCertificate().cert })],
  ])('chooses it, or is refused where µWebSockets is asked for: %s', async (name, options) => {
    const pair = makeCertificate();
    const given = { ...write('own'), ...options() };
    const tls = name.includes('PEM') ? { key: pair.keyText, cert: Buffer.from(pair.cert) } : given;
    const app = await listen('auto', tls);
    expect(app.engine).toBe('node');
    expect(lines.at(-1)).toBe(
      `The engine is node:http, because µWebSockets does not support the option ${name}.`,
    );
    await expect(listen('uws', tls)).rejects.toMatchObject({
      problems: [{ code: 'OPTION_INVALID', fault: expect.stringContaining(name) as string }],
    });
  });
});
