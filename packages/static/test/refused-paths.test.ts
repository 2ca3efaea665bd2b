import { createApp, forbidden, type Context, type Next } from '@sluice/core';
import fc from 'fast-check';
import { symlinkSync } from 'node:fs';
import { isOtherSpelling } from '../src/find-file';
import { Site } from './site';
import { staticFiles } from '../src';

const SECRET = 'for members only';
let site: Site;

beforeEach(() => {
  site = new Site({
    'index.html': 'home',
    'public.txt': 'public',
    'private/page.txt': SECRET,
    'private/deep/page.txt': SECRET,
    '.env': SECRET,
    '.git/config': SECRET,
    'private/.htpasswd': SECRET,
    '.well-known/security.txt': 'contact',
    '../outside.txt': SECRET,
    '../public-evil/page.txt': SECRET,
  });
});
afterEach(() => site[Symbol.dispose]());

/** A guard by the path of the request, as applications write it. */
const guard = ({ request: { path } }: Context, next: Next) =>
  path === '/private' || path.startsWith('/private/') ? forbidden() : next();

const start = () =>
  createApp({ middleware: [guard, staticFiles({ root: site.root, precompressed: ['gzip'] })] });

const SPELLINGS: readonly (readonly [path: string, status: number])[] = [
  ['//private/page.txt', 404],
  ['/./private/page.txt', 404],
  ['/x/../private/page.txt', 404],
  ['/..//private/page.txt', 404],
  ['/public.txt/../private/page.txt', 404],
  ['/%2e/private/page.txt', 404],
  ['/x/%2e%2e/private/page.txt', 404],
  ['/x/.%2E/private/page.txt', 404],
  ['/%2fprivate/page.txt', 404],
  ['/private%2fpage.txt', 404],
  ['/private%2Fpage.txt', 404],
  ['/private%5cpage.txt', 404],
  ['/private\\page.txt', 404],
  ['/\\private/page.txt', 404],
  ['/x\\..\\private/page.txt', 404],
  ['/%70rivate/page.txt', 404],
  ['/privat%65/page.txt', 404],
  ['/private./page.txt', 404],
  ['/private%20/page.txt', 404],
  ['/private::$INDEX_ALLOCATION/page.txt', 404],
  ['/PRIVATE/page.txt', 404],
  ['/private%00/page.txt', 400],
  ['/%00/private/page.txt', 400],
  ['/public.txt%00.html', 400],
  ['/%c0%ae%c0%ae/private/page.txt', 400],
  ['/x/%c0%afprivate/page.txt', 400],
  ['/%e0%80%afprivate/page.txt', 400],
  ['/%uff0e/private/page.txt', 400],
  ['/%/private/page.txt', 400],
  ['/%252fprivate/page.txt', 404],
  ['/%0aprivate/page.txt', 404],
  ['/public.txt.', 404],
  ['/public.txt%20', 404],
  ['/.env', 404],
  ['/%2eenv', 404],
  ['/.git/config', 404],
  ['/.well-known/../.env', 404],
  ['/../outside.txt', 404],
  ['/..%2foutside.txt', 404],
  ['/../public-evil/page.txt', 404],
  ['/nul', 404],
  ['/CON.txt', 404],
  ['/com1', 404],
  ['/lpt%C2%B9.txt', 404],
  ['/C:/windows/win.ini', 404],
  ['/etc/passwd', 404],
  ['//etc/passwd', 404],
];

describe('a path that is not canonical', () => {
  it.each(SPELLINGS)('%s is a %i (CVE-2026-15074, -7120, -6414, -29045)', async (url, status) => {
    const response = await (await start()).inject({ url });
    expect([response.status, response.text().includes(SECRET)]).toEqual([status, false]);
    expect(response.header('location')).toBeUndefined();
  });

  it('is refused also after the file was asked for, and is in memory', async () => {
    const app = await createApp({ middleware: [staticFiles({ root: site.root })], development: false });
    expect((await app.inject({ url: '/private/page.txt' })).status).toBe(200);
    for (const [url, status] of SPELLINGS)
      expect([url, (await app.inject({ url })).status]).toEqual([url, status]);
  });

  it('never reaches what the guard refuses, however it is spelled', async () => {
    const app = await start();
    const part = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5C',
      '%2e',
      '%00',
      '%20',
      'private',
      'PRIVATE',
      '%70rivate',
    );
    const piece = fc.oneof(
      part,
      fc.constantFrom('page.txt', 'deep', '~', ';', '?', ':', '.gz', '%c0%af', '.env', 'outside.txt'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 7 }), async (pieces) => {
        const response = await app.inject({ url: `/${pieces.join('')}` });
        expect(response.text()).not.toContain(SECRET);
        expect(response.status).toBeLessThan(500);
      }),
    );
  });

  it.each([
    ['/a%2Bb.txt', './a+b.txt'],
    ['/%C3%A4%c3%b6.txt', './%C3%A4%C3%B6.txt'],
    ['/logo%402x.png?v=1', './logo@2x.png?v=1'],
    ['/a/b/[1].txt', './../../a/b/%5B1%5D.txt'],
    ['/private%2Cx/', './../private,x/'],
  ])('%s, which means nothing else, is redirected to %s', async (url, location) => {
    const response = await (await start()).inject({ url });
    expect([response.status, response.header('location')]).toEqual([308, location]);
    const there = new URL(location, `http://a.example${url}`);
    expect(there.host).toBe('a.example');
    const again = await (await start()).inject({ url: there.pathname });
    expect(again.status).toBe(404);
  });

  it('is passed on below another prefix, where the folder has no files', async () => {
    const app = await createApp({
      middleware: [staticFiles({ root: site.root, prefix: '/assets' })],
      routes: [{ method: 'GET', path: '/*', handler: ({ request }: Context) => request.path }],
    });
    expect((await app.inject({ url: '/x//y' })).text()).toBe('/x//y');
  });
});

describe('a name that systems spell in several ways', () => {
  it('has one spelling: that of the disk', () => {
    expect(isOtherSpelling('/srv/PRIVATE/a', '/srv/private/a')).toBe(true);
    expect(isOtherSpelling('/srv/\u00e4', '/srv/a\u0308')).toBe(true);
    expect(isOtherSpelling('/srv/a', '/srv/a')).toBe(false);
    expect(isOtherSpelling('/srv/link', '/srv/file')).toBe(false);
  });
});

describe('dotfiles', () => {
  it('are missing, but for .well-known (RFC 8615)', async () => {
    const app = await start();
    expect((await app.inject({ url: '/.well-known/security.txt' })).text()).toBe('contact');
    const open = await createApp({ middleware: [staticFiles({ root: site.root })] });
    for (const url of ['/.env', '/private/.htpasswd', '/.well-known/.env', '/.git/'])
      expect([url, (await open.inject({ url })).status]).toEqual([url, 404]);
  });
});

describe('a link', () => {
  const status = async (url: string) => (await (await start()).inject({ url })).status;

  it.each([
    ['a file outside of the root', '../outside.txt', 404],
    ['a folder whose name begins like the root (CVE-2023-29159)', '../public-evil/page.txt', 404],
    ['a system file', '/etc/passwd', 404],
    ['a dotfile', '.env', 404],
    ['nothing', 'gone.txt', 404],
    ['itself', 'link', 404],
    ['a file of the root', 'public.txt', 200],
  ])('to %s', async (_, target, expected) => {
    site.link(target, 'link');
    expect(await status('/link')).toBe(expected);
  });

  it('to a folder outside of the root is not followed either, and neither is a compressed one', async () => {
    site.link('../public-evil', 'folder');
    expect(await status('/folder/page.txt')).toBe(404);
    site.link('../outside.txt', 'public.txt.gz');
    const response = await (
      await start()
    ).inject({ url: '/public.txt', headers: { 'accept-encoding': 'gzip' } });
    expect(response.text()).toBe('public');
  });

  it('as the root itself is fine', async () => {
    const link = `${site.root}-link`;
    symlinkSync(site.root, link);
    const app = await createApp({ middleware: [staticFiles({ root: link })] });
    expect((await app.inject({ url: '/public.txt' })).text()).toBe('public');
  });
});
