import { HttpError } from '../../../src';
import { runRoute } from '../run-route';

describe('problem details', () => {
  const fail = (error: unknown) => () => {
    throw error;
  };

  it('say of an internal error only that it happened', async () => {
    const cause = new Error('inner secret');
    const response = await runRoute({ handler: fail(new TypeError('secret', { cause })) });
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      code: 'internal_server_error',
    });
  });

  it('show everything that an HttpError says, and never its cause', async () => {
    const errors = [{ in: 'query', pointer: '/a', code: 'number', detail: 'must be a number' }] as const;
    const init = {
      type: 'https://a.example/taken',
      code: 'name_taken',
      detail: 'Taken.',
      errors,
      cause: 'secret',
    };
    for (const status of [409, 503]) {
      const response = await runRoute({ handler: fail(new HttpError(status, init)) });
      const { type, code, detail } = init;
      expect(response.json()).toMatchObject({ type, code, detail, errors, status });
      expect(response.text()).not.toContain('secret');
    }
  });

  it('each have their own instance', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => runRoute({ handler: fail(new Error()) })));
    expect(one!.json<{ instance: string }>().instance).not.toBe(other!.json<{ instance: string }>().instance);
  });

  it('have the extensions of an HttpError, which replace no standard member (RFC 9457 §3.2)', async () => {
    const extensions = { 'violated-policies': ['burst'], status: 200, code: 'mine', instance: 'mine' };
    const response = await runRoute({ handler: fail(new HttpError(429, { code: 'quota', extensions })) });
    expect(response.json()).toMatchObject({ 'violated-policies': ['burst'], status: 429, code: 'quota' });
    expect(response.json<{ instance: string }>().instance).toMatch(/^urn:uuid:/);
  });

  it('show the message and stack of a 5xx in development, and never those of a 4xx', async () => {
    const development = true;
    const response = await runRoute({ handler: fail(new TypeError('why')), development });
    const [first] = response.json<{ stack: string[] }>().stack;
    expect(response.json()).toMatchObject({ detail: 'TypeError: why' });
    expect(first).toMatch(/^at .*problem-details\.test\.ts/);
    const known = await runRoute({ handler: fail(new HttpError(404)), development });
    expect(known.json()).not.toHaveProperty('stack');
    const request = { method: 'BREW' };
    const unknown = await runRoute({ handler: () => 1, request, development: true });
    expect([unknown.status, unknown.json()]).toEqual([
      501,
      expect.not.objectContaining({ stack: expect.anything() }),
    ]);
  });

  it('show the detail of an HttpError unchanged in development', async () => {
    const failing = fail(new HttpError(503, 'Try again later.'));
    for (const development of [true, false])
      expect((await runRoute({ handler: failing, development })).json()).toMatchObject({
        detail: 'Try again later.',
      });
  });

  it('are a page if a person asks for one, without internals in production', async () => {
    const request = { headers: { accept: 'text/html,*/*' } };
    for (const development of [true, false]) {
      const response = await runRoute({ handler: fail(new Error('<script>')), development, request });
      expect([response.status, response.header('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
      expect(response.header('vary')).toBe('Accept');
      expect(response.header('cache-control')).toBe('no-store');
      expect(response.text().includes('&lt;script&gt;')).toBe(development);
      expect(response.text()).not.toContain('<script>');
    }
  });
});
