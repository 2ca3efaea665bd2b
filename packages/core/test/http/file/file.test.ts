import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { file, type FileOptions, type InjectedResponse, type InjectRequest } from '../../../src';
import { runRoute } from '../../pipeline/run-route';

const TEXT = '0123456789';
const MODIFIED = new Date('2026-01-02T03:04:05.678Z');
const DATE = 'Fri, 02 Jan 2026 03:04:05 GMT';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-file-'));
  mkdirSync(path.join(folder, 'root', 'sub', '.git'), { recursive: true });
  for (const name of [
    'secret.txt',
    'root/a.txt',
    'root/sub/b.html',
    'root/.env',
    'root/sub/.git/config',
    'root/empty.bin',
  ])
    writeFileSync(path.join(folder, name), name.endsWith('.bin') ? '' : TEXT);
  utimesSync(path.join(folder, 'root/a.txt'), MODIFIED, MODIFIED);
  symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, 'root/out.txt'));
  symlinkSync(path.join(folder, 'root/a.txt'), path.join(folder, 'root/in.txt'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function get(
  source: string | Uint8Array,
  options: FileOptions = {},
  request: Partial<InjectRequest> = {},
): Promise<InjectedResponse & { readonly logged: readonly unknown[] }> {
  const place = typeof source === 'string' && options.root === undefined ? path.join(folder, source) : source;
  return runRoute({ handler: () => file(place, options), request });
}

describe('a file', () => {
  it('is sent with its type, length and validators', async () => {
    const response = await get('root/a.txt');
    expect([response.status, response.text()]).toEqual([200, TEXT]);
    expect(response.headers).toEqual({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '10',
      'accept-ranges': 'bytes',
      'last-modified': DATE,
      etag: expect.stringMatching(/^"a-[0-9a-f]+"$/) as string,
    });
  });

  it('without an extension has no type by its name', async () => {
    writeFileSync(path.join(folder, 'html'), TEXT);
    expect((await get('html')).header('content-type')).toBe('application/octet-stream');
  });

  it('is not sent in the response to HEAD', async () => {
    const response = await get('root/a.txt', {}, { method: 'HEAD' });
    expect([response.status, response.text(), response.header('content-length')]).toEqual([200, '', '10']);
  });

  it('has a weak tag while it is so new that a change could go unnoticed', async () => {
    writeFileSync(path.join(folder, 'young.txt'), TEXT);
    expect((await get('young.txt')).header('etag')).toMatch(/^W\//);
  });

  it('may be empty', async () => {
    const response = await get('root/empty.bin', {}, { headers: { range: 'bytes=0-' } });
    expect([response.status, response.text(), response.header('content-length')]).toEqual([200, '', '0']);
  });

  it.each(['nothing.txt', 'root', 'root/a.txt/b', '\0', 'x'.repeat(5000)])(
    'is answered with 404 when it does not exist (%#)',
    async (name) => {
      const response = await get(name);
      expect([response.status, response.logged]).toEqual([404, []]);
    },
  );

  it('is answered with 500 when the root is missing, a fault of the program', async () => {
    expect((await get('a.txt', { root: path.join(folder, 'nowhere') })).status).toBe(500);
  });
});

describe('a root', () => {
  it.each([
    ['a.txt', 200],
    ['sub/b.html', 200],
    ['in.txt', 200],
    ['out.txt', 404],
    ['../secret.txt', 404],
    ['sub/../../secret.txt', 404],
    ['..\\secret.txt', 404],
    ['%2e%2e/secret.txt', 404],
    ['/etc/passwd', 404],
    ['', 404],
    ['.', 404],
    ['.env', 404],
    ['sub/.git/config', 404],
    ['a.txt\0.html', 404],
    ['C:a.txt', 404],
    ['sub', 404],
    ['sub/', 404],
    ['a.txt/', 404],
    ['a.txt\\', 404],
    ['sub//b.html', 404],
  ])('answers %j with %i', async (name, status) => {
    expect((await get(name, { root: path.join(folder, 'root') })).status).toBe(status);
  });
});

describe('a condition', () => {
  const SAME = 'the tag of the file';
  it.each<[Record<string, string>, number]>([
    [{ 'if-none-match': SAME }, 304],
    [{ 'if-none-match': `"other", W/${SAME}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"other"' }, 200],
    [{ 'if-none-match': '"other"', 'if-modified-since': DATE }, 200],
    [{ 'if-modified-since': DATE }, 304],
    [{ 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
    [{ 'if-match': SAME }, 200],
    [{ 'if-match': '*' }, 200],
    [{ 'if-match': `W/${SAME}` }, 412],
    [{ 'if-match': '"other"' }, 412],
    [{ 'if-unmodified-since': DATE }, 200],
    [{ 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 412],
  ])('%j is answered with %i', async (headers, status) => {
    const etag = (await get('root/a.txt')).header('etag')!;
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace(SAME, etag)]),
    );
    const response = await get('root/a.txt', { cacheControl: 'no-cache' }, { headers: sent });
    expect(response.status).toBe(status);
    if (status === 304)
      expect(response.headers).toEqual({ etag, 'last-modified': DATE, 'cache-control': 'no-cache' });
  });

  it('is ignored for POST', async () => {
    const response = await get('root/a.txt', {}, { method: 'POST', headers: { 'if-none-match': '*' } });
    expect(response.status).toBe(200);
  });
});

describe('a range', () => {
  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', TEXT, 'bytes 0-9/10'],
  ])('%s is answered with a part', async (range, body, contentRange) => {
    for (const source of ['root/a.txt', Buffer.from(TEXT)]) {
      const response = await get(source, {}, { headers: { range } });
      expect([
        response.status,
        response.text(),
        response.header('content-range'),
        response.header('content-length'),
      ]).toEqual([206, body, contentRange, String(body.length)]);
    }
  });

  it.each(['bytes=10-', 'bytes=-0', 'bytes=99-100'])('%s is answered with 416', async (range) => {
    const response = await get('root/a.txt', {}, { headers: { range } });
    expect([response.status, response.header('content-range')]).toEqual([416, 'bytes */10']);
  });

  it.each(['bytes=0-1,3-4', 'bytes=5-2', 'bytes=-', 'items=0-1', 'bytes=a-b', 'bytes=0x1-2'])(
    '%s is answered with the whole',
    async (range) => {
      const response = await get('root/a.txt', {}, { headers: { range } });
      expect([response.status, response.text()]).toEqual([200, TEXT]);
    },
  );

  it('is ignored when the client has another state of the file', async () => {
    const etag = (await get('root/a.txt')).header('etag')!;
    const statuses = [];
    for (const ifRange of [etag, DATE, '"other"', `W/${etag}`, 'Thu, 01 Jan 2026 00:00:00 GMT']) {
      const headers = { range: 'bytes=0-1', 'if-range': ifRange };
      statuses.push((await get('root/a.txt', {}, { headers })).status);
    }
    expect(statuses).toEqual([206, 206, 200, 200, 200]);
  });
});

describe('the options', () => {
  it('allow a file name in any script', async () => {
    const response = await get('root/a.txt', { filename: 'Bericht für "é".csv' });
    expect(response.header('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.header('content-disposition')).toBe(
      'attachment; filename="Bericht f?r \\"?\\".csv"; filename*=UTF-8\'\'Bericht%20f%C3%BCr%20%22%C3%A9%22.csv',
    );
  });

  it.each<[FileOptions, string | undefined]>([
    [{ inline: false }, 'attachment; filename="a.txt"'],
    [{ inline: true }, undefined],
    [{ inline: true, filename: 'b.txt' }, 'inline; filename="b.txt"'],
  ])('%j sets the disposition %j', async (options, disposition) => {
    expect((await get('root/a.txt', options)).header('content-disposition')).toBe(disposition);
  });

  it('do not let a file name split the response', async () => {
    const response = await get('root/a.txt', { filename: 'a\r\nSet-Cookie: b=c\ud800.txt' });
    expect([response.status, response.header('set-cookie')]).toEqual([200, undefined]);
  });

  it('replace the validators, the Cache-Control and the type', async () => {
    const own = { etag: '"v1"', lastModified: new Date(0), maxAge: 60, contentType: 'text/x' };
    expect((await get('root/a.txt', own)).headers).toMatchObject({
      etag: '"v1"',
      'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
      'cache-control': 'max-age=60',
      'content-type': 'text/x',
    });
    const none = await get('root/a.txt', { etag: false, lastModified: false });
    expect([none.header('etag'), none.header('last-modified')]).toEqual([undefined, undefined]);
  });

  it.each<FileOptions>([{ etag: 'v1' }, { maxAge: -1 }])('%j are refused', (options) => {
    expect(() => file('a', options)).toThrow(TypeError);
  });
});

it('bytes are sent like a file, with a tag from their hash', async () => {
  const response = await get(Buffer.from(TEXT), { filename: 'a.txt' });
  expect(response.headers).toEqual({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': '10',
    'content-disposition': 'attachment; filename="a.txt"',
    'accept-ranges': 'bytes',
    etag: expect.stringMatching(/^"[\w-]{43}"$/) as string,
  });
});
