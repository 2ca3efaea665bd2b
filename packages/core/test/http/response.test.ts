import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpResponse } from '../../src/http/response';

describe('a response', () => {
  it('is answered when it has a status or a body', () => {
    const response = new HttpResponse();
    expect([response.status, response.body, response.isAnswered]).toEqual([0, undefined, false]);
    response.body = '';
    expect(response.isAnswered).toBe(true);
    response.reset();
    response.status = 204;
    expect(response.isAnswered).toBe(true);
  });

  it.each([0, 100, 199, 600, 200.5, NaN, '200'])('refuses the status %p', (status) => {
    const response = new HttpResponse();
    expect(() => (response.status = status as number)).toThrow(RangeError);
    expect(response.status).toBe(0);
  });

  it('is for one request alone when a step says so, also after reset', () => {
    const response = new HttpResponse();
    expect(response.isUnique).toBe(false);
    response.isUnique = true;
    response.reset();
    expect(response.isUnique).toBe(true);
  });

  it('has its media type without parameters', () => {
    const response = new HttpResponse();
    expect(response.mediaType).toBeUndefined();
    response.headers.set('Content-Type', 'Text/HTML ; charset=utf-8');
    expect(response.mediaType).toBe('text/html');
  });

  it('reset clears the status, the body and its headers, and keeps other headers and cookies', () => {
    const response = new HttpResponse();
    response.status = 200;
    response.body = 'x';
    response.headers.set('ETag', '"1"').set('X-Id', '7');
    response.setCookie('a', '1');
    response.reset();
    expect([response.status, response.body, [...response.headers]]).toEqual([
      0,
      undefined,
      [
        ['X-Id', '7'],
        ['Set-Cookie', 'a=1'],
      ],
    ]);
  });

  it('knows a cookie by the options that it was set with, whatever they become', () => {
    const response = new HttpResponse();
    const options = { path: '/x' };
    response.setCookie('a', '1', options);
    options.path = '/y';
    response.setCookie('a', '2', options);
    expect(response.headers.getAll('Set-Cookie')).toEqual(['a=1; Path=/x', 'a=2; Path=/y']);
  });

  it('replaces a cookie of the same name, domain and path, and no other', () => {
    const response = new HttpResponse();
    response.setCookie('a', '1');
    response.setCookie('a', '2', { path: '/x' });
    response.setCookie('b', '3');
    response.headers.append('Set-Cookie', 'foreign=1');
    response.setCookie('a', '4');
    expect(response.headers.getAll('Set-Cookie')).toEqual(['a=2; Path=/x', 'b=3', 'foreign=1', 'a=4']);
    response.setCookie('b', '5');
    expect(response.headers.getAll('Set-Cookie')).toEqual(['a=2; Path=/x', 'foreign=1', 'a=4', 'b=5']);
  });

  it('distinguishes cookies as a browser does: a partitioned one is another, a dot or capitals in the domain make none', () => {
    const response = new HttpResponse();
    const secure = { secure: true, path: '/', domain: 'app.example' };
    response.setCookie('a', '1', secure);
    response.setCookie('a', '2', { ...secure, partitioned: true });
    response.setCookie('a', '3', { ...secure, domain: '.App.Example' });
    expect(response.headers.getAll('Set-Cookie').map((line) => line.slice(0, 3))).toEqual(['a=2', 'a=3']);
  });

  it('clears a cookie with the same attributes', () => {
    const response = new HttpResponse();
    response.setCookie('a', '1', { path: '/', httpOnly: true, maxAge: 60 });
    response.clearCookie('a', { path: '/', httpOnly: true, maxAge: 60 });
    expect(response.headers.getAll('Set-Cookie')).toEqual(['a=; Max-Age=0; Path=/; HttpOnly']);
  });

  it('does not change when a cookie is refused', () => {
    const response = new HttpResponse();
    expect(() => response.setCookie('a', '1', { path: '/; Domain=evil' })).toThrow(TypeError);
    expect([...response.headers]).toEqual([]);
  });
});

describe('a stream as body', () => {
  it('is stopped by reset', async () => {
    const response = new HttpResponse();
    const readable = new Readable({ read: () => undefined });
    response.body = readable;
    response.reset();
    const cancel = jest.fn();
    response.body = new ReadableStream({ cancel });
    response.reset();
    await sleep(0);
    expect([readable.destroyed, cancel.mock.calls.length]).toEqual([true, 1]);
  });

  it('is left alone by reset when it is locked', () => {
    const response = new HttpResponse();
    const source = new ReadableStream();
    source.getReader();
    response.body = source;
    expect(() => response.reset()).not.toThrow();
  });

  it('keeps an early error for its reader, without ending the process', async () => {
    const response = new HttpResponse();
    const readable = new Readable({ read: () => undefined });
    response.body = readable;
    readable.destroy(new Error('disk'));
    await sleep(0);
    await expect(readable[Symbol.asyncIterator]().next()).rejects.toThrow('disk');
  });
});
