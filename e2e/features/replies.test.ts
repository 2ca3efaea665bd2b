import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { IsString } from 'class-validator';
import {
  Controller,
  createApp,
  file,
  Get,
  jsonLines,
  LastEventId,
  Returns,
  Sse,
  sseEvent,
  type App,
} from '@sluice/core';
import { until } from '../sockets/until';

// A guard against hanging, not a measure.
jest.setTimeout(60_000);

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-replies-'));
const CONTENT = Buffer.alloc(20_000_000, '0123456789');
const LARGE = path.join(folder, 'large.bin');
const notes: string[] = [];

class Account {
  @IsString() name!: string;
}

@Controller()
class RepliesController {
  @Get('/large') large() {
    return file(LARGE);
  }

  @Get('/lines') lines() {
    return jsonLines([{ id: 1 }, { id: 2 }]);
  }

  @Sse('/events') async *events(@LastEventId() last: string | undefined) {
    try {
      for (let id = Number(last ?? 0) + 1; ; id++) {
        yield sseEvent({ id }, { id });
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    } finally {
      notes.push('stopped');
    }
  }

  @Get('/download') download() {
    return file(LARGE, { filename: 'Bericht für März.bin' });
  }

  @Sse('/quiet', { keepAliveSeconds: 0.02, retry: 2000 }) async *quiet() {
    yield 'one';
    await new Promise(() => undefined);
  }

  @Get('/kept') @Returns(Account) kept() {
    return { name: 'ada', passwordHash: 'a secret' };
  }

  @Get('/wrong') @Returns(Account) wrong() {
    return { name: 7 as never };
  }

  @Sse('/silent') async *silent() {
    yield 'one';
    await new Promise(() => undefined);
  }
}

describe('replies on a socket', () => {
  let app: App;
  let url: string;

  beforeAll(async () => {
    writeFileSync(LARGE, CONTENT);
    const logger = { info() {}, warn() {}, error() {} };
    app = await createApp({ controllers: [RepliesController], logger, development: true });
    ({ url } = await app.listen({ port: 0, host: '127.0.0.1', handleSignals: false }));
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('send a large file whole, with its length', async () => {
    const response = await fetch(`${url}/large`);
    expect(response.headers.get('content-length')).toBe(String(CONTENT.length));
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), CONTENT)).toBe(0);
    await until(() => !isOpen(LARGE));
  });

  it('send a part, and nothing of what has not changed', async () => {
    const part = await fetch(`${url}/large`, { headers: { range: 'bytes=11-14' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 11-14/${CONTENT.length}`,
      '1234',
    ]);
    const headers = { 'if-none-match': part.headers.get('etag')! };
    const same = await fetch(`${url}/large`, { headers });
    expect([same.status, await same.text()]).toEqual([304, '']);
    const head = await fetch(`${url}/large`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(CONTENT.length));
    await until(() => !isOpen(LARGE));
  });

  it('send no part that there is not, and the whole where it has changed since', async () => {
    const beyond = await fetch(`${url}/large`, { headers: { range: `bytes=${CONTENT.length}-` } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${CONTENT.length}`]);
    await beyond.text();
    const headers = { range: 'bytes=0-1', 'if-range': '"another"' };
    const whole = await fetch(`${url}/large`, { headers });
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, CONTENT.length]);
    const since = whole.headers.get('last-modified')!;
    const same = await fetch(`${url}/large`, { headers: { 'if-modified-since': since } });
    expect(same.status).toBe(304);
    await until(() => !isOpen(LARGE));
  });

  it('name a download in every alphabet', async () => {
    const response = await fetch(`${url}/download`, { method: 'HEAD' });
    expect(response.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''Bericht%20f%C3%BCr%20M%C3%A4rz.bin",
    );
  });

  it('let only declared fields leave, and report a reply of another type in development', async () => {
    expect(await (await fetch(`${url}/kept`)).json()).toEqual({ name: 'ada' });
    const wrong = await fetch(`${url}/wrong`);
    expect(wrong.status).toBe(500);
    expect(await wrong.text()).toContain('name');
  });

  it('keep a quiet event stream alive with comments', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${url}/quiet`, { signal: leaving.signal });
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (/data: one\n\n:[^\n]*\n\n:/.test(text)) break;
    }
    leaving.abort();
    expect(text).toContain('retry: 2000\n');
  });

  it('close the file when the client goes in the middle', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${url}/large`, { signal: leaving.signal });
    await response.body!.getReader().read();
    expect(isOpen(LARGE)).toBe(true);
    leaving.abort();
    await until(() => !isOpen(LARGE));
  });

  it('stop the generator of events when the client goes, and go on from the last one it saw', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${url}/events`, {
      signal: leaving.signal,
      headers: { 'last-event-id': '41' },
    });
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('"id":43')) break;
    }
    leaving.abort();
    expect(text).toMatch(/^id: 42\ndata: \{"id":42\}\n\nid: 43\n/);
    await until(() => notes.includes('stopped'));
  });

  it('send each line by itself', async () => {
    expect(await (await fetch(`${url}/lines`)).text()).toBe('{"id":1}\n{"id":2}\n');
  });

  it('end event streams when the application closes, whatever they wait for', async () => {
    const response = await fetch(`${url}/silent`);
    const reading = response.text();
    await app.close();
    expect(await reading).toBe('data: one\n\n');
  });
});

/** Asks the operating system, where it can be asked. */
function isOpen(name: string): boolean {
  return readdirSync('/proc/self/fd').some((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === name;
    } catch {
      return false;
    }
  });
}
