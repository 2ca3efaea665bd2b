import { createApp, type App } from '@sluice/core';
import { CHECK_MS, ResourceMemory } from '../src/resource-memory';
import { Resource } from '../src/resource';
import type { Variant } from '../src/variant';
import { listOpenFiles } from './list-open-files';
import { Site } from './site';
import { staticFiles, type StaticOptions } from '../src';

let site: Site;
let now: jest.SpyInstance;
let time = 1_000_000;

beforeEach(() => {
  site = new Site({ 'a.txt': 'one', 'assets/a.123.js': 'one', 'large.bin': Buffer.alloc(200_000, 'x') });
  now = jest.spyOn(performance, 'now').mockImplementation(() => time);
});
afterEach(() => {
  now.mockRestore();
  site[Symbol.dispose]();
});

const start = (options: Partial<StaticOptions> = {}) =>
  createApp({ middleware: [staticFiles({ root: site.root, ...options })], development: false });
const read = async (app: App, url: string) => (await app.inject({ url })).text();
const wait = () => (time += CHECK_MS);

describe('a small file', () => {
  it('is sent from memory for a second, then the disk is asked', async () => {
    const app = await start();
    expect(await read(app, '/a.txt')).toBe('one');
    site.write('a.txt', 'two!');
    expect(await read(app, '/a.txt')).toBe('one');
    wait();
    expect(await read(app, '/a.txt')).toBe('two!');
  });

  it('is read again if only its date, or only its size, is another one', async () => {
    const app = await start();
    await read(app, '/a.txt');
    site.write('a.txt', 'two', new Date('2026-03-03'));
    wait();
    expect(await read(app, '/a.txt')).toBe('two');
    site.write('a.txt', 'three', new Date('2026-03-03'));
    wait();
    expect(await read(app, '/a.txt')).toBe('three');
  });

  it('is read again if it is so new that another write could leave the same date', async () => {
    const app = await start();
    const date = new Date();
    site.write('a.txt', 'one', date);
    const first = await app.inject({ url: '/a.txt' });
    expect(first.header('etag')).toMatch(/^W\//);
    site.write('a.txt', 'two', date);
    wait();
    expect(await read(app, '/a.txt')).toBe('two');
  });

  it('is missing a second after it has gone, until it comes back', async () => {
    const app = await start();
    await read(app, '/a.txt');
    site.remove('a.txt');
    wait();
    expect((await app.inject({ url: '/a.txt' })).status).toBe(404);
    site.write('a.txt', 'again');
    expect(await read(app, '/a.txt')).toBe('again');
  });

  it('is not checked if it is immutable', async () => {
    const app = await start({ immutable: /^assets\// });
    await read(app, '/assets/a.123.js');
    site.remove('assets');
    wait();
    expect(await read(app, '/assets/a.123.js')).toBe('one');
  });

  it('is looked up once for requests that come together', async () => {
    const app = await start();
    const texts = await Promise.all(Array.from({ length: 50 }, () => read(app, '/a.txt')));
    expect(new Set(texts)).toEqual(new Set(['one']));
  });
});

describe('a large file', () => {
  it('is not kept', async () => {
    const app = await start();
    expect((await read(app, '/large.bin')).length).toBe(200_000);
    site.write('large.bin', 'small now');
    expect(await read(app, '/large.bin')).toBe('small now');
  });
});

describe('the memory', () => {
  const make = (path: string, size: number) =>
    new Resource(path, [{ kept: { size } } as unknown as Variant], false, time);

  it('is bounded by bytes: the oldest goes first', () => {
    const memory = new ResourceMemory(10_000);
    for (let index = 0; index < 1000; index += 1) {
      memory.replace(make(`/${index}`, 1000));
      expect(memory.bytes).toBeLessThanOrEqual(10_000);
    }
    expect(memory.recall('/999')).toBeDefined();
    expect(memory.recall('/0')).toBeUndefined();
    for (let index = 0; index < 1000; index += 1) memory.forget(`/${index}`);
    expect(memory.bytes).toBe(0);
  });

  it('does not keep what is larger than it is', () => {
    const memory = new ResourceMemory(500);
    memory.replace(make('/a', 100));
    expect([memory.bytes, memory.recall('/a')]).toEqual([0, undefined]);
  });
});

describe('open files', () => {
  it.each([
    ['GET', {}],
    ['HEAD', {}],
    ['GET', { range: 'bytes=0-9' }],
    ['GET', { range: 'bytes=999999-' }],
    ['GET', { 'if-none-match': '*' }],
    ['GET', { 'if-match': '"x"' }],
  ])('are closed after %s %j', async (method, headers) => {
    const app = await start();
    for (const url of ['/large.bin', '/a.txt']) await app.inject({ method, url, headers });
    await app.close();
    expect(listOpenFiles(site.root)).toEqual([]);
  });
});
