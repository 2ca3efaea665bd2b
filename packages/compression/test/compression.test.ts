import * as zlib from 'node:zlib';
import { ConfigurationError, createApp, stream, type App } from '@sluice/core';
import { compression, type CompressionOptions } from '../src';
import { hasZstd } from '../src/zstd-coding';

const ROWS = Array.from({ length: 200 }, (_, id) => ({ id, name: `user ${id}` }));
const { brotliDecompressSync, gunzipSync } = zlib;

async function makeApp(options?: CompressionOptions): Promise<App> {
  async function* yieldRows(): AsyncGenerator<string> {
    for (const row of ROWS) yield await Promise.resolve(`${JSON.stringify(row)}\n`);
  }
  return createApp({
    routes: [
      { method: 'GET', path: '/rows', handler: () => ROWS },
      { method: 'GET', path: '/many', handler: () => Array.from({ length: 10 }, () => ROWS) },
      {
        method: 'GET',
        path: '/stream',
        handler: () => stream(yieldRows(), { headers: { 'Content-Type': 'application/x-ndjson' } }),
      },
    ],
    middleware: [compression(options)],
  });
}

async function findCoding(
  options: CompressionOptions | undefined,
  accepted: string,
): Promise<string | undefined> {
  const app = await makeApp(options);
  return (await app.inject({ url: '/rows', headers: { 'accept-encoding': accepted } })).header(
    'content-encoding',
  );
}

describe('compression', () => {
  it('prefers Brotli to gzip for a browser that accepts both, as in the README', async () => {
    const app = await makeApp();
    const response = await app.inject({ url: '/rows', headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(response.header('content-encoding')).toBe('br');
    expect(response.header('vary')).toBe('Accept-Encoding');
    expect(JSON.parse(brotliDecompressSync(response.body).toString())).toEqual(ROWS);
  });

  it('uses gzip for a client that accepts nothing else', async () => {
    expect(await findCoding(undefined, 'gzip')).toBe('gzip');
  });

  it('chooses by the weights, and by its own order if they are equal', async () => {
    expect(await findCoding(undefined, 'br;q=0.5, gzip;q=0.8')).toBe('gzip');
    expect(await findCoding({ encodings: ['gzip', 'br'] }, 'br, gzip')).toBe('gzip');
    expect(await findCoding({ encodings: ['br', 'gzip'] }, 'gzip, br')).toBe('br');
  });

  it('offers only the encodings of the option', async () => {
    expect(await findCoding({ encodings: ['br'] }, 'gzip')).toBeUndefined();
  });

  it('encodes long bodies on another thread', async () => {
    const app = await makeApp({ syncThreshold: 0 });
    const response = await app.inject({ url: '/many', headers: { 'accept-encoding': 'br' } });
    expect(JSON.parse(brotliDecompressSync(response.body).toString())).toHaveLength(10);
  });

  it('encodes streams with each coding', async () => {
    const app = await makeApp();
    const lines = ROWS.map((row) => `${JSON.stringify(row)}\n`).join('');
    const br = await app.inject({ url: '/stream', headers: { 'accept-encoding': 'br' } });
    expect(brotliDecompressSync(br.body).toString()).toBe(lines);
    const gzip = await app.inject({ url: '/stream', headers: { 'accept-encoding': 'gzip' } });
    expect(gunzipSync(gzip.body).toString()).toBe(lines);
  });

  it('uses the level of each coding', async () => {
    const sizes = await Promise.all(
      [1, 11].map(async (br) => {
        const app = await makeApp({ levels: { br } });
        return (await app.inject({ url: '/rows', headers: { 'accept-encoding': 'br' } })).body.length;
      }),
    );
    expect(sizes[1]).toBeLessThan(sizes[0]!);
  });
});

describe('compression and zstd', () => {
  it('offers zstd first by default if Node has it', () => {
    expect(compression().options).toMatchObject(
      hasZstd()
        ? { encodings: ['zstd', 'br', 'gzip'], levels: { zstd: 3, br: 4, gzip: 6 } }
        : { encodings: ['br', 'gzip'], levels: { br: 4, gzip: 6 } },
    );
  });

  it('encodes with zstd if Node has it, and else refuses to start', async () => {
    const options: CompressionOptions = { encodings: ['zstd', 'gzip'] };
    if (hasZstd()) {
      const { zstdDecompressSync } = zlib as unknown as { zstdDecompressSync(bytes: Uint8Array): Buffer };
      const app = await makeApp(options);
      for (const url of ['/rows', '/stream']) {
        const response = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br, zstd' } });
        expect(response.header('content-encoding')).toBe('zstd');
        expect(zstdDecompressSync(response.body).toString()).toContain('"user 199"');
      }
    } else {
      expect(() => compression(options)).toThrow(ConfigurationError);
      expect(() => compression(options)).toThrow(/comes without Zstandard[^]*Node 22\.15/);
    }
  });
});

describe('the options of compression', () => {
  it.each([
    { encodings: [] },
    { encodings: 'gzip' },
    { encodings: ['deflate'] },
    { encodings: ['gzip', 'gzip'] },
    { levels: { br: 12 } },
    { levels: { gzip: 0 } },
    { levels: { zstd: 20 } },
    { levels: { deflate: 1 } },
    { levels: 6 },
    { compressLevel: 6 },
    { minimumSize: '1kb' },
  ])('refuse %j at start-up', (options) => {
    expect(() => compression(options as never)).toThrow(ConfigurationError);
  });

  it('report every mistake at once', () => {
    expect.assertions(1);
    try {
      compression({ encodings: [], minimumSize: -1, threshold: 1 } as never);
    } catch (error) {
      expect((error as ConfigurationError).problems).toHaveLength(3);
    }
  });
});
