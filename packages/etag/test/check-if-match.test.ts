import { Body, Controller, createApp, Ctx, Get, notFound, Param, Put, type Context } from '@sluice/core';
import { checkIfMatch, entityTag, etag } from '../src';

const notes = new Map<string, { version: number; text: string }>();

@Controller('/notes')
class NotesController {
  @Get('/:id')
  show(@Param('id') id: string, @Ctx() context: Context) {
    const note = notes.get(id) ?? notFound();
    if ('version' in note) context.response.headers.set('ETag', entityTag(note.version));
    return note;
  }

  @Put('/:id')
  save(@Param('id') id: string, @Body('text') text: string, @Ctx() context: Context) {
    const note = notes.get(id);
    checkIfMatch(context, note && entityTag(note.version), { required: true });
    notes.set(id, { version: (note?.version ?? 0) + 1, text });
    return notes.get(id);
  }
}

const start = () => createApp({ controllers: [NotesController], middleware: [etag()] });

describe('checkIfMatch', () => {
  beforeEach(() => notes.clear());

  async function put(headers: Record<string, string>, text = 'new') {
    const app = await start();
    const body = text;
    return app.inject({
      method: 'PUT',
      url: '/notes/1',
      body,
      headers: { 'content-type': 'text/plain', ...headers },
    });
  }

  it('lets the first of two writers through, and refuses the second with 412', async () => {
    notes.set('1', { version: 7, text: 'old' });
    const tag = (await (await start()).inject({ url: '/notes/1' })).header('etag')!;
    expect(tag).toBe('"7"');
    expect((await put({ 'if-match': tag }, 'first')).json()).toEqual({ version: 8, text: 'first' });
    const second = await put({ 'if-match': tag }, 'second');
    expect([second.status, notes.get('1')]).toEqual([412, { version: 8, text: 'first' }]);
  });

  it('refuses a request that names no state with 428 (RFC 6585 §3)', async () => {
    notes.set('1', { version: 7, text: 'old' });
    expect((await put({})).status).toBe(428);
    expect((await put({ 'if-match': '*' })).status).toBe(200);
  });

  it('compares strongly (RFC 9110 §13.1.1)', async () => {
    notes.set('1', { version: 7, text: 'old' });
    expect((await put({ 'if-match': 'W/"7"' })).status).toBe(412);
    expect((await put({ 'if-match': '"6", "7"' })).status).toBe(200);
  });

  it('knows a resource that does not exist: If-None-Match: * creates it, once', async () => {
    expect((await put({ 'if-match': '*' })).status).toBe(412);
    expect((await put({ 'if-none-match': '*' })).status).toBe(200);
    expect((await put({ 'if-none-match': '*' })).status).toBe(412);
  });
});

describe('entityTag', () => {
  it('writes a strong tag, and refuses characters that a tag cannot have', () => {
    expect([entityTag(7), entityTag('a-b'), entityTag('')]).toEqual(['"7"', '"a-b"', '""']);
    for (const version of ['a"b', 'a b', 'ä', 'a\n']) expect(() => entityTag(version)).toThrow(TypeError);
  });
});
