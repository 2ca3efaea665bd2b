import { setImmediate } from 'node:timers/promises';
import { Controller, createApp, Ctx, Get, Param, UseMiddleware, type Context } from '@sluice/core';
import { addCacheTags, CacheTags, memoryCache, responseCache, type PurgeRequest } from '../src';

const logger = { info() {}, warn() {}, error() {} };
const cache = responseCache({ ttl: 60 });
let calls = 0;
let release: (() => void) | undefined;

@Controller('/notes')
@CacheTags('notes')
@UseMiddleware(cache)
class NotesController {
  @Get()
  list() {
    return `list ${++calls}`;
  }

  @Get('/slow')
  async slow() {
    const made = `slow ${++calls}`;
    await new Promise<void>((resolve) => (release = resolve));
    return made;
  }

  @Get('/:id')
  @CacheTags('one note')
  show(@Param('id') id: string, @Ctx() context: Context) {
    addCacheTags(context, `note ${id}`);
    return `${id} ${++calls}`;
  }
}

async function makeApp() {
  const app = await createApp({ controllers: [NotesController], logger });
  const read = async (url: string) => (await app.inject({ url })).text();
  return { app, read };
}

describe('purge', () => {
  it('removes a path with all of its queries, and nothing else', async () => {
    const { read } = await makeApp();
    const urls = ['/notes/1', '/notes/1?a', '/notes/2', '/notes/%31'];
    const [first, query, other, encoded] = await Promise.all(urls.map(read));
    void cache.purge({ url: '/notes/1?b' });
    expect(await read('/notes/2')).toBe(other);
    expect(await read('/notes/1')).not.toBe(first);
    expect(await read('/notes/1?a')).not.toBe(query);
    expect(await read('/notes/%31')).not.toBe(encoded);
  });

  it('removes what has a tag: of the class, of the method, or of the request', async () => {
    const { read } = await makeApp();
    const urls = ['/notes', '/notes/1', '/notes/2'];
    const readAll = () => Promise.all(urls.map(read));
    const changes = async (tag: string) => {
      const before = await readAll();
      void cache.purge({ tags: [tag] });
      const after = await readAll();
      return urls.filter((_, index) => before[index] !== after[index]);
    };
    expect(await changes('note 1')).toEqual(['/notes/1']);
    expect(await changes('one note')).toEqual(['/notes/1', '/notes/2']);
    expect(await changes('notes')).toEqual(urls);
    expect(await changes('other')).toEqual([]);
  });

  it.each([{ url: '/notes/slow' }, { tags: ['notes'] }])(
    'keeps no reply that was being made meanwhile, and does not give it to requests that came later: %j',
    async (request) => {
      const { read } = await makeApp();
      const early = [read('/notes/slow')];
      while (release === undefined) await setImmediate();
      void cache.purge(request);
      const late = read('/notes/slow');
      await setImmediate();
      release();
      release = undefined;
      const stale = await early[0];
      while (release === undefined) await setImmediate();
      (release as () => void)();
      release = undefined;
      expect(await late).not.toBe(stale);
      expect(await read('/notes/slow')).toBe(await late);
      void cache.purge({ tags: ['notes'] });
    },
  );

  it('takes one tag, or a list, and finds a tag that was cut in the middle of a character', async () => {
    const half = '\u{1f5d2}'.slice(0, 1);
    const store = memoryCache();
    const app = await createApp({
      routes: [
        {
          method: 'GET',
          path: '/',
          middleware: [responseCache({ ttl: 60, store })],
          handler: (context) => {
            addCacheTags(context, 'note', half);
            return 'x';
          },
        },
      ],
      logger,
    });
    const readStatus = async () => (await app.inject({ url: '/' })).headers['cache-status'];
    for (const tags of ['note', ['note'], half, Buffer.from(half).toString()]) {
      expect(await readStatus()).toMatch(/stored/);
      expect(await readStatus()).toMatch(/hit/);
      store.purge({ tags });
    }
    expect(await readStatus()).toMatch(/stored/);
  });

  it.each([
    [{ url: 'https://a.example/' }, 'purge({ url }) takes a path, such as "/notes/7".'],
    [{ url: 7 }, 'purge({ url }) takes a path, such as "/notes/7".'],
    [{ tags: [''] }, 'A tag must be text of 1 to 256 characters.'],
    [{ tag: 'notes' }, 'purge() takes url and tags, not tag.'],
  ])('refuses %j', (request, message) => {
    expect(() => memoryCache().purge(request as PurgeRequest)).toThrow(new TypeError(message));
  });

  it('refuses a tag that is too long', () => {
    expect(() => CacheTags('x'.repeat(257))).toThrow(TypeError);
  });
});
