import {
  ConfigurationError,
  type AppOptions,
  Controller,
  createApp,
  Get,
  Param,
  type Logger,
} from '@sluice/core';
import { testApp, type TestApp, type TestClient } from '../src';
import { MirrorController, notes, NotesController } from './notes-application';

const logger: Logger = { info() {}, warn() {}, error: (error) => notes.push(String(error)) };

/** Waits until the condition holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe.each(['memory', 'socket'] as const)('a test application: %s', (engine) => {
  let app: TestApp;
  let client: TestClient;

  beforeAll(async () => {
    app = await testApp({ controllers: [NotesController, MirrorController], logger, engine });
  });

  beforeEach(() => {
    notes.length = 0;
    client = app.client();
  });

  afterAll(() => app.close());

  it('answers requests', async () => {
    const response = await client.get('/notes/0');
    expect([response.status, await response.json()]).toEqual([200, { text: 'the first note' }]);
    expect(response.header('Content-Type')).toBe('application/json');
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.headerLines('content-type')).toEqual(['application/json']);
  });

  it('accepts JSON, and reports what is wrong with it', async () => {
    const { status, headers } = await client.post('/notes', { json: { text: 'two' } });
    expect([status, headers['location']]).toEqual([201, '/notes/1']);
    expect(await (await client.put('/notes/1', { json: { text: 'zwei' } })).json()).toEqual({
      id: 1,
      text: 'zwei',
    });
    expect((await client.patch('/notes/1', { json: { text: 'ü' } })).status).toBe(200);
    expect((await client.delete('/notes/1')).status).toBe(204);
    expect((await client.get('/notes/1')).status).toBe(404);
    const refused = await client.post('/notes', { json: { text: 'x'.repeat(201) } });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/text' }],
    });
  });

  it('accepts forms, multipart, text and bytes', async () => {
    const multipart = new FormData();
    multipart.set('name', 'Ada');
    multipart.set('file', new Blob(['content']), 'a.txt');
    const sent = [
      await client.post('/mirror', { form: { a: 'x y&', b: [1, true], c: null, d: undefined } }),
      await client.post('/mirror', { body: 'text', headers: { 'Content-Type': 'text/plain' } }),
      await client.post('/mirror', { body: Buffer.from('bytes') }),
      await client.post('/mirror', { multipart }),
    ];
    const [form, text, bytes, parts] = await Promise.all(
      sent.map((response) => response.json<{ contentType?: string; body: string }>()),
    );
    expect([form!.contentType, form!.body]).toEqual([
      'application/x-www-form-urlencoded',
      'a=x+y%26&b=1&b=true',
    ]);
    expect([text!.contentType, text!.body]).toEqual(['text/plain', 'text']);
    expect([bytes!.contentType, bytes!.body]).toEqual([undefined, 'bytes']);
    expect(parts!.contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect(parts!.body).toMatch(/name="name"\r\n\r\nAda\r\n[^]+filename="a.txt"[^]+\r\n\r\ncontent\r\n/);
  });

  it('refuses requests that cannot be sent', async () => {
    await expect(client.post('/mirror', { json: 1, form: {} })).rejects.toThrow(
      'A request has one body: give json or form, not both.',
    );
    await expect(client.post('/mirror', { json: () => 1 })).rejects.toThrow('cannot be written as JSON');
    await expect(client.get('notes')).rejects.toThrow('"notes" must begin with / or with http://');
  });

  it('sends a path as it is, and encodes only characters that a request line cannot contain', async () => {
    expect(await (await client.get('/path/a/../b//%41')).text()).toBe('/path/a/../b//%41');
    expect(await (await client.get('/path/ü b#fragment')).text()).toBe('/path/%C3%BC%20b');
    const { query } = await (
      await client.get('/mirror?a=1', { query: { b: ['x y', 2], c: null } })
    ).json<{ query: string }>();
    expect(query).toBe('a=1&b=x+y&b=2');
  });

  it('sends the same Host on both engines, or that of the origin or the URL', async () => {
    const ask = async (url: string): Promise<string> =>
      (await (await client.get(url)).json<{ host: string }>()).host;
    expect(await ask('/mirror')).toBe('localhost');
    expect(await ask('https://admin.app.example:8443/mirror')).toBe('admin.app.example:8443');
    client = app.client({ origin: 'https://app.example' });
    expect(await ask('/mirror')).toBe('app.example');
  });

  it('sends the headers of the client, which those of the request replace', async () => {
    client = app.client({ headers: { Authorization: 'Bearer a', 'Content-Type': 'text/plain' } });
    const ask = async (headers: Record<string, string | undefined>) =>
      (await client.post('/mirror', { body: 'x', headers })).json();
    expect(await ask({})).toMatchObject({ authorization: 'Bearer a', contentType: 'text/plain' });
    expect(await ask({ authorization: 'Bearer b' })).toMatchObject({ authorization: 'Bearer b' });
    expect(await ask({ authorization: undefined })).not.toHaveProperty('authorization');
  });

  it('sends HEAD, OPTIONS and any other method', async () => {
    const head = await client.head('/notes/0');
    expect([head.status, head.header('content-length'), await head.text()]).toEqual([200, '25', '']);
    expect((await client.options('/notes/0')).header('allow')).toContain('PATCH');
    expect((await client.request('BREW', '/notes/0')).status).toBe(501);
  });

  describe('cookies', () => {
    it('are stored, sent to their paths, and deleted when the server clears them', async () => {
      await client.get('/log-in?name=Ada');
      expect(await (await client.get('/who')).text()).toBe('Ada');
      expect(client.cookies.get('name')).toBe('Ada');
      expect([client.cookies.get('step'), client.cookies.get('step', 'http://localhost/steps/1')]).toEqual([
        undefined,
        '1',
      ]);
      expect(client.cookies.list().map(({ name, path, httpOnly }) => [name, path, httpOnly])).toEqual([
        ['name', '/', true],
        ['step', '/steps', false],
      ]);
      await client.get('/log-out');
      expect(await (await client.get('/who')).text()).toBe('anonymous');
    });

    it('are separate for each client', async () => {
      await client.get('/log-in?name=Ada');
      expect(await (await app.client().get('/who')).text()).toBe('anonymous');
      expect(await (await app.client({ cookies: { name: 'Grace H.; ü' } }).get('/who')).text()).toBe(
        'Grace H.; ü',
      );
      client.cookies.clear();
      expect(await (await client.get('/who')).text()).toBe('anonymous');
    });
  });

  describe('redirects', () => {
    it('are followed only with followRedirects', async () => {
      expect((await client.get('/log-in?name=Ada')).status).toBe(303);
      const followed = await app.client({ followRedirects: true }).get('/log-in?name=Eve');
      expect([followed.status, await followed.text(), followed.request]).toEqual([
        200,
        'Eve',
        'GET http://localhost/who',
      ]);
    });

    it('keep method and body with 307, and become GET after a POST', async () => {
      const options = { json: { a: 1 }, headers: { 'content-language': 'de' }, followRedirects: true };
      const kept = await (await client.post('/keep', options)).json();
      expect(kept).toMatchObject({ method: 'POST', contentType: 'application/json', body: '{"a":1}' });
      const turned = await (await client.post('/turn', options)).json();
      expect(turned).toMatchObject({ method: 'GET', body: '' });
      expect(turned).not.toHaveProperty('contentType');
    });

    it('reject if they do not end, and are not followed to another origin', async () => {
      await expect(client.get('/loop', { followRedirects: 3 })).rejects.toThrow(
        'GET /loop was redirected more than 3 times.',
      );
      const left = await client.get('/elsewhere', { followRedirects: true });
      expect([left.status, left.header('location')]).toEqual([302, 'https://elsewhere.example/']);
    });
  });

  describe('streams', () => {
    it('are read as they arrive, and stop when the reader leaves', async () => {
      const response = await client.get('/count');
      const read: string[] = [];
      for await (const line of response.textLines()) if (read.push(line) === 3) break;
      expect(read).toEqual(['0', '1', '2']);
      await until(() => notes.includes('aborted'));
      expect(() => response.stream()).toThrow(
        'The body of GET http://localhost/count has already been read.',
      );
    });

    it('can be read whole, any number of times', async () => {
      const response = await client.get('/count', { headers: { 'x-parts': 3 } });
      expect([await response.text(), await response.json().catch(String)]).toEqual([
        '0\n1\n2\n',
        expect.stringContaining(
          'The body of GET http://localhost/count (200, application/octet-stream) is not JSON',
        ),
      ]);
    });

    it('yield the events that a browser would dispatch', async () => {
      const events: unknown[] = [];
      for await (const event of (await client.get('/events')).events()) events.push(event);
      expect(events).toEqual([
        { event: 'tick', data: 'one\ntwo', id: '7' },
        { event: 'message', data: 'ü', id: '7', retry: 50 },
      ]);
    });

    it('reject if they break off', async () => {
      const reading = client.get('/broken').then((response) => response.text());
      await expect(reading).rejects.toThrow(/broken on purpose|hang up|aborted/);
    });
  });

  describe('a client that disconnects', () => {
    it('does not wait for the head, and aborts the signal of the handler', async () => {
      const leaving = new AbortController();
      const asked = client.get('/silent', { signal: leaving.signal });
      await until(() => notes.includes('asked'));
      leaving.abort(new Error('in a hurry'));
      await expect(asked).rejects.toThrow('in a hurry');
      await until(() => notes.includes('aborted'));
      await expect(client.get('/silent', { signal: leaving.signal })).rejects.toThrow('in a hurry');
    });

    it('stops reading in the middle of a body', async () => {
      const leaving = new AbortController();
      const response = await client.get('/count', { signal: leaving.signal });
      const read = async (): Promise<void> => {
        for await (const _ of response.stream()) leaving.abort(new Error('in a hurry'));
      };
      await expect(read()).rejects.toThrow('in a hurry');
      await until(() => notes.includes('aborted'));
    });
  });

  it('is closed at the end of its block, with the responses that are still open', async () => {
    let open: TestApp;
    let left: TestClient;
    {
      await using block = await testApp({ controllers: [MirrorController], logger, engine });
      open = block;
      left = block.client();
      await left.get('/count');
    }
    expect(notes).toContain('aborted');
    await expect(left.get('/who')).rejects.toThrow('The test application was closed.');
    await open.close();
  });

  it('runs an application that exists already', async () => {
    const made = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'made' }] });
    await using testing = await testApp(made, { engine });
    expect(testing.app).toBe(made);
    expect(await (await testing.client().get('/')).text()).toBe('made');
  });

  it('starts before the first request, and stops when it is closed', async () => {
    const lived: string[] = [];
    const onStart = (): void => void lived.push('start');
    const onStop = (): void => void lived.push('stop');
    const living = await testApp({ onStart, onStop, engine });
    expect(lived).toEqual(['start']);
    await living.close();
    expect(lived).toEqual(['start', 'stop']);
    const failing = testApp({ onStart: () => Promise.reject(new Error('no database')), onStop, engine });
    await expect(failing).rejects.toThrow(ConfigurationError);
    await expect(failing).rejects.toThrow('no database');
  });

  it('takes overrides of its dependencies', async () => {
    class Clock {
      now(): number {
        return Date.now();
      }
    }
    @Controller('/clock')
    class ClockController {
      constructor(private readonly clock: Clock) {}

      @Get()
      show() {
        return this.clock.now();
      }
    }
    const overrides = [{ token: Clock, useValue: { now: () => 7 } }];
    await using overridden = await testApp({ controllers: [ClockController], overrides, engine });
    expect(await (await overridden.client().get('/clock')).json()).toBe(7);
  });

  it('does not start if it has mistakes', async () => {
    @Controller('/wrong')
    class WrongController {
      @Get('/:id')
      show(@Param('number') number: string) {
        return number;
      }
    }
    const starting = testApp({ controllers: [WrongController], engine });
    await expect(starting).rejects.toThrow(ConfigurationError);
    await expect(starting).rejects.toThrow('PARAM_NOT_IN_PATH  WrongController.show, parameter 0');
  });
});

describe('the URL', () => {
  it('is that of the socket; in memory there is none', async () => {
    await using socket = await testApp({ engine: 'socket' });
    expect(socket.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${socket.url}/nothing`)).status).toBe(404);
    await using memory = await testApp({ engine: 'memory' });
    expect(() => memory.url).toThrow('Run this test with { engine: "socket" }');
  });
});

describe('the options of createApp', () => {
  it('may name the engine on a socket, which does not choose the socket', async () => {
    const options: AppOptions = { engine: 'node' };
    await using memory = await testApp(options);
    expect([memory.engine, memory.app.engine]).toEqual(['memory', undefined]);
    await using socket = await testApp(options, { engine: 'socket' });
    expect([socket.engine, socket.app.engine]).toEqual(['socket', 'node']);
  });
});
