import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { Type } from 'class-transformer';
import { IsBoolean, IsDate, IsInt, IsOptional, IsString, Max, MaxLength } from 'class-validator';
import {
  Body,
  Controller,
  createApp,
  Ctx,
  File,
  Files,
  Form,
  Multipart,
  Post,
  printPlan,
  UploadedFile,
  type App,
  type Context,
} from '../../../src';
import { makeMultipart, MULTIPART_TYPE, postForm, type WrittenPart } from '../../form/multipart-body';

class Note {
  @IsString() @MaxLength(10) title!: string;
  @IsOptional() @IsString({ each: true }) tag?: string | string[];
}

class Person {
  @IsInt() @Max(150) age!: number;
  @IsOptional() @IsBoolean() member?: boolean;
  @IsOptional() @IsDate() since?: Date;
  @IsOptional() @IsString({ each: true }) tags: string[] = [];
  @IsOptional() @IsInt({ each: true }) @Type(() => Number) sizes?: number[];
}

const tellTypes = ({ age, member, since, tags, sizes }: Person) => ({
  age,
  member,
  since: since instanceof Date ? since.getTime() : since,
  tags,
  sizes,
});

let folder = '';
const seen: { path?: string | undefined; bytesAfterwards?: number } = {};

@Controller('/forms')
class FormsController {
  @Post('/note') note(@Form() note: Note) {
    return { isNote: note instanceof Note, ...note };
  }

  @Post('/person') person(@Form() person: Person) {
    return { isPerson: person instanceof Person, ...tellTypes(person) };
  }

  @Post('/encoded') encoded(@Body('form') person: Person) {
    return { isPerson: person instanceof Person, ...tellTypes(person) };
  }

  @Post('/any')
  @Multipart({ stallTimeout: 5000 })
  any(@Form({ validate: false }) form: unknown) {
    return form;
  }

  @Post('/fields') fields(
    @Form('title') title: string,
    @Form('count') count: number,
    @Form('tag', [String]) tags: string[],
  ) {
    return { title, count, tags };
  }

  @Post('/avatar') avatar(
    @File('avatar', { maxBytes: 200_000, types: ['image/*'], required: true }) avatar: UploadedFile,
    @Form('title') title: string,
  ) {
    return { avatar, title };
  }

  @Post('/optional') optional(@File('it') it?: UploadedFile) {
    return { it: it ?? null };
  }

  @Post('/photos') photos(@Files('photo', { max: 2 }) photos: UploadedFile[]) {
    return photos;
  }

  @Post('/content')
  @Multipart({ spoolAbove: 10 })
  async content(@File('it') it: UploadedFile, @Ctx() context: Context) {
    seen.path = it.path;
    const chunks: Uint8Array[] = [];
    for await (const chunk of it.stream()) chunks.push(chunk as Uint8Array);
    context.background(async () => void (seen.bytesAfterwards = (await it.bytes()).byteLength));
    return {
      text: await it.text(),
      same: Buffer.concat(chunks).equals(await it.bytes()),
      spooled: it.path !== undefined,
      mode: it.path === undefined ? undefined : ((await stat(it.path)).mode & 0o777).toString(8),
    };
  }

  @Post('/move')
  @Multipart({ spoolAbove: 10 })
  async move(@File('it') it: UploadedFile) {
    await it.moveTo(path.join(folder, 'kept'));
    return it;
  }

  @Post('/fail')
  @Multipart({ spoolAbove: 0 })
  fail(@File('it') it: UploadedFile) {
    seen.path = it.path;
    throw new Error('a failure');
  }

  @Post('/narrow')
  @Multipart({ parts: 3, fields: 2, files: 1, fieldBytes: 5, nameBytes: 6, headerBytes: 200, fileBytes: 4 })
  narrow(@Form({ validate: false }) form: unknown, @Files('it') files: UploadedFile[]) {
    return { form, files };
  }
}

describe('the form step', () => {
  let app: App;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'forms-'));
    const logger = { info() {}, warn() {}, error() {} };
    app = await createApp({ controllers: [FormsController], logger, development: false });
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const post = async (url: string, parts: Parameters<typeof postForm>[1], end?: string) =>
    app.inject(postForm(url, parts, end));

  const postText = (url: string, body: string) =>
    app.inject({
      method: 'POST',
      url,
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  it('is a step of the plan', () => {
    expect(printPlan(app.plan)).toMatch(/\/forms\/avatar .*form\(avatar\) > avatar/);
    expect(printPlan(app.plan)).toMatch(/\/forms\/note .*form\(\) > validate\(Note\) > note/);
  });

  it('makes the whole form an instance of a class, from either kind of form', async () => {
    const expected = { isNote: true, title: 'a', tag: ['b', 'c'] };
    const parts = [
      { name: 'title', content: 'a' },
      { name: 'tag', content: 'b' },
      { name: 'tag', content: 'c' },
    ];
    expect((await post('/forms/note', parts)).json()).toEqual(expected);
    expect((await postText('/forms/note', 'title=a&tag=b&tag=c')).json()).toEqual(expected);
  });

  it('refuses what the class refuses', async () => {
    const response = await post('/forms/note', [{ name: 'title', content: 'far too long a title' }]);
    expect(response.status).toBe(422);
    expect(response.json()).toMatchObject({ errors: [{ in: 'body', pointer: '/title', code: 'maxLength' }] });
    expect((await post('/forms/note', [{ name: 'title' }, { name: 'other' }])).status).toBe(422);
  });

  it.each(['/forms/person', '/forms/encoded'])(
    'converts the fields of a class to their types, as parameters are (%s)',
    async (url) => {
      const sent = 'age=36&member=1&since=1970-01-02&tags=x&sizes=1&sizes=2';
      expect((await postText(url, sent)).json()).toEqual({
        isPerson: true,
        age: 36,
        member: true,
        since: 86_400_000,
        tags: ['x'],
        sizes: [1, 2],
      });
      expect((await postText(url, 'age=36')).json()).toEqual({ isPerson: true, age: 36, tags: [] });
    },
  );

  it('reports every wrong field, by type and by rules, without its text', async () => {
    const sent = 'age=old&member=yes&since=now&sizes=1&sizes=big&other=1';
    const response = await postText('/forms/person', sent);
    expect(response.status).toBe(422);
    const { errors } = response.json<{ errors: { in: string; pointer: string; code: string }[] }>();
    expect(errors.map((error) => `${error.in} ${error.pointer} ${error.code}`)).toEqual([
      'body /age number',
      'body /member boolean',
      'body /since date',
      'body /sizes/1 number',
      'body /other whitelistValidation',
    ]);
    expect(response.text()).not.toMatch(/old|yes|now|big/);
    const parts = [{ name: 'age', content: '151' }];
    expect((await post('/forms/person', parts)).json()).toMatchObject({
      errors: [{ in: 'body', pointer: '/age', code: 'max' }],
    });
    expect((await postText('/forms/person', 'age=')).status).toBe(422);
  });

  it('refuses to start with a property that no text converts to', async () => {
    class Tagged {
      @IsOptional() tags?: string[];
      @IsOptional() by?: Map<string, string>;
    }
    @Controller()
    class TaggedController {
      @Post() create(@Form() _tagged: Tagged) {}
    }
    const error = await createApp({ controllers: [TaggedController] }).catch((one: unknown) => one);
    expect((error as { problems: { code: string; fault: string }[] }).problems).toMatchObject([
      {
        code: 'PARAMETER_TYPE_UNKNOWN',
        fault: 'Tagged.tags is a list, but the type of its items is unknown.',
      },
      { code: 'PARAMETER_TYPE_UNKNOWN', fault: 'Tagged.by is made of text, which cannot become Map.' },
    ]);
  });

  it('gives single fields, converted to their types', async () => {
    const expected = { title: 'ä', count: 3, tags: ['x', 'y'] };
    expect((await postText('/forms/fields', 'title=%C3%A4&count=3&tag=x&tag=y')).json()).toEqual(expected);
    const parts = [
      { name: 'title', content: 'ä' },
      { name: 'count', content: '3' },
      { name: 'tag', content: 'x' },
      { name: 'tag', content: 'y' },
    ];
    expect((await post('/forms/fields', parts)).json()).toEqual(expected);
    const response = await postText('/forms/fields', 'count=three');
    expect(response.status).toBe(422);
    expect(response.json()).toMatchObject({ errors: [{ in: 'body', pointer: '/count' }] });
    expect((await postText('/forms/fields', '')).json()).toEqual({ tags: [] });
  });

  it('gives a file and the fields beside it', async () => {
    const parts = [
      { name: 'title', content: 'me' },
      {
        name: 'avatar',
        filename: 'C:\\me\\Ünï.png',
        type: 'image/PNG; a=b',
        content: Buffer.alloc(150_000, 7),
      },
    ];
    expect((await post('/forms/avatar', parts)).json()).toEqual({
      avatar: { name: 'avatar', filename: 'Ünï.png', mediaType: 'image/png', size: 150_000 },
      title: 'me',
    });
  });

  it('accepts a form without an optional file, and refuses one without a required file', async () => {
    const none = { name: 'it', filename: '', type: 'application/octet-stream' };
    expect((await post('/forms/optional', [none])).json()).toEqual({ it: null });
    expect((await post('/forms/optional', [])).json()).toEqual({ it: null });
    const response = await post('/forms/avatar', [{ ...none, name: 'avatar' }]);
    expect(response.status).toBe(422);
    expect(response.json()).toMatchObject({ errors: [{ pointer: '/avatar', code: 'file_required' }] });
  });

  it('gives several files of one name, up to their limit', async () => {
    const photo = { name: 'photo', filename: 'p.txt', content: 'abc' };
    expect((await post('/forms/photos', [photo, photo])).json()).toHaveLength(2);
    expect((await post('/forms/photos', [])).json()).toEqual([]);
    expect((await post('/forms/photos', [photo, photo, photo])).status).toBe(413);
  });

  it.each(['short', 'longer than ten bytes', 'x'.repeat(500_000)])('gives the content', async (content) => {
    const response = await post('/forms/content', [{ name: 'it', filename: 'a', content }]);
    const spooled = content.length > 10;
    expect(response.json()).toEqual({ text: content, same: true, spooled, ...(spooled && { mode: '600' }) });
    expect([seen.path === undefined, existsSync(seen.path ?? '')]).toEqual([!spooled, false]);
    expect(seen.bytesAfterwards).toBe(content.length);
  });

  it.each(['short', 'longer than ten bytes'])('keeps a file that was moved', async (content) => {
    const response = await post('/forms/move', [{ name: 'it', filename: '../../etc/passwd', content }]);
    expect(response.json()).toEqual({
      name: 'it',
      filename: 'passwd',
      mediaType: 'application/octet-stream',
      size: content.length,
    });
    expect(await readFile(path.join(folder, 'kept'), 'utf8')).toBe(content);
  });

  it('leaves no file behind when the handler throws', async () => {
    const response = await post('/forms/fail', [{ name: 'it', filename: 'a', content: 'abc' }]);
    expect([response.status, typeof seen.path, existsSync(seen.path ?? '')]).toEqual([500, 'string', false]);
  });

  const field = (name: string, content = 'a') => ({ name, content });
  const file = (content: string, name = 'it') => ({ name, filename: 'f', content });

  it.each<[string, readonly WrittenPart[]]>([
    ['too many fields', [field('a'), field('b'), field('c')]],
    ['a field that is too long', [field('a', 'sixsix')]],
    ['a name that is too long', [field('seven77')]],
    ['too many files', [file('a'), file('b')]],
    ['a file that is too long', [file('five5')]],
    ['too many parts', [field('a'), field('b'), file('a'), field('c')]],
    ['a head that is too long', [{ name: '', head: `X: ${'y'.repeat(300)}` }]],
    ['a head of too many lines', [{ name: '', head: 'X: y\r\n'.repeat(30) + 'Z: z' }]],
  ])('answers %s with 413', async (_, parts) => {
    const response = await post('/forms/narrow', parts);
    expect([response.status, response.header('connection')]).toEqual([413, 'close']);
  });

  it.each([
    ['too many fields', 'a&b&c'],
    ['a field that is too long', 'a=sixsix'],
    ['a name that is too long', 'seven77=1'],
  ])('answers a url-encoded form with %s with 413', async (_, body) => {
    expect((await postText('/forms/narrow', body)).status).toBe(413);
    expect((await postText('/forms/narrow', 'a=b&c')).json()).toEqual({ form: { a: 'b', c: '' }, files: [] });
  });

  const part = (head: string) => [{ name: '', head }];
  it.each<[string, readonly WrittenPart[], string?]>([
    ['no last boundary', [field('a')], ''],
    ['half a last boundary', [field('a')], '--a-bound'],
    ['nothing at all', [], ''],
    ['garbage', [], 'garbage '.repeat(1000)],
    ['a part without a head', part('\r\n')],
    ['a part that is not form data', part('Content-Disposition: attachment; name="a"')],
    ['a part without a name', part('Content-Disposition: form-data; filename="a"')],
    ['a part with two names', part('Content-Disposition: form-data; name="a"; name="b"')],
    ['a name without an end', part('Content-Disposition: form-data; name="a')],
    ['a part with two dispositions', part(`Content-Disposition: form-data; name="a"\r\n`.repeat(2).trim())],
    [
      'a transfer encoding',
      part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64'),
    ],
    ['the name __proto__', [field('__proto__')]],
    ['a field that is not UTF-8', [{ name: 'a', content: new Uint8Array([0xff]) }]],
    ['a filename* that is malformed', part(`Content-Disposition: form-data; name="a"; filename*=utf-8''%ff`)],
  ])('answers %s with 400', async (...[, parts, end]) => {
    const response = await post('/forms/any', parts, end);
    expect(response.status).toBe(400);
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
  });

  it.each(['', '; boundary=', '; boundary=a; boundary=b', `; boundary=${'b'.repeat(71)}`, '; boundary="a'])(
    'answers an invalid boundary (%j) with 400',
    async (parameter) => {
      const headers = { 'content-type': `multipart/form-data${parameter}` };
      const response = await app.inject({ method: 'POST', url: '/forms/any', headers, body: '--b--' });
      expect(response.status).toBe(400);
    },
  );

  it('answers other types, and a form without files where one is required, with 415', async () => {
    const json = await app.inject({ method: 'POST', url: '/forms/any', body: {} });
    expect([json.status, json.header('accept')]).toEqual([
      415,
      'multipart/form-data, application/x-www-form-urlencoded',
    ]);
    expect((await postText('/forms/avatar', 'a=b')).header('accept')).toBe('multipart/form-data');
    const text = { name: 'avatar', filename: 'a', type: 'text/html', content: '<' };
    expect((await post('/forms/avatar', [text])).json()).toMatchObject({
      status: 415,
      errors: [{ pointer: '/avatar', code: 'file_type' }],
    });
  });

  it('refuses a file that no argument takes, without echoing its name', async () => {
    const response = await post('/forms/any', [file('a', 'secret')]);
    expect([response.status, response.text().includes('secret')]).toEqual([422, false]);
  });

  it('decodes a field and a file by the charset of their part', async () => {
    const content = Buffer.from('café', 'latin1');
    const type = 'text/plain; charset=iso-8859-1';
    expect((await post('/forms/any', [{ name: 'a', type, content }, field('b', 'é')])).json()).toEqual({
      a: 'café',
      b: 'é',
    });
    const sent = [{ name: 'it', filename: 'a', type, content }];
    expect((await post('/forms/content', sent)).json()).toMatchObject({ text: 'café' });
  });

  it('answers a part of an unknown charset with 415, a file only when its text is read', async () => {
    const type = 'text/plain; charset=klingon';
    const refused = await post('/forms/any', [{ name: 'a', type, content: 'a' }]);
    expect([refused.status, refused.header('connection')]).toEqual([415, 'close']);
    expect(refused.text()).not.toContain('klingon');
    const sent = [{ name: 'it', filename: 'a', type, content: 'a' }];
    expect((await post('/forms/content', sent)).status).toBe(415);
    expect((await post('/forms/optional', sent)).status).toBe(200);
  });

  it('answers a url-encoded form of another charset than UTF-8 with 415', async () => {
    const ask = (charset: string) =>
      app.inject({
        method: 'POST',
        url: '/forms/any',
        body: 'a=b',
        headers: { 'content-type': `application/x-www-form-urlencoded; ${charset}` },
      });
    expect((await ask('charset=UTF-8;')).json()).toEqual({ a: 'b' });
    expect((await ask('charset=iso-8859-1')).status).toBe(415);
  });

  it('accepts empty parameters in the heads of the form and of its parts', async () => {
    const body = makeMultipart(
      part('Content-Disposition: form-data;; name="a"; ;\r\nContent-Type: text/plain;'),
    );
    const headers = { 'content-type': `${MULTIPART_TYPE.replace(';', '; ;')};` };
    const response = await app.inject({ method: 'POST', url: '/forms/any', headers, body });
    expect(response.json()).toEqual({ a: '' });
  });

  it.each([' ', '\t ', ' '.repeat(500)])('accepts boundary lines that end in blanks (%j)', async (blanks) => {
    const request = postForm('/forms/content', [{ name: 'it', filename: 'f', content: ' \t x --a-bound ' }]);
    const padded = request.body.toString('latin1').replace(/(--a-boundary(?:--)?)\r\n/g, `$1${blanks}\r\n`);
    expect(padded.length).toBe(request.body.length + 2 * blanks.length);
    const whole = await app.inject({ ...request, body: padded });
    expect(whole.json()).toMatchObject({ text: ' \t x --a-bound ' });
  });

  it.each([
    ['a.pdf', 'a.pdf'],
    [`${'n'.repeat(300)}.pdf`, `${'n'.repeat(251)}.pdf`],
    [`${'n'.repeat(300)}.tar.gz`, `${'n'.repeat(252)}.gz`],
    ['n'.repeat(300), 'n'.repeat(255)],
    [`a.${'n'.repeat(300)}`, `a.${'n'.repeat(253)}`],
    [`.${'n'.repeat(300)}.txt`, `.${'n'.repeat(250)}.txt`],
    [`${'n'.repeat(250)}😀.pdf`, `${'n'.repeat(250)}.pdf`],
  ])('keeps the extension of a file name that it cuts (%s)', async (sent, filename) => {
    const response = await post('/forms/optional', [{ name: 'it', filename: sent, content: 'a' }]);
    expect(response.json()).toMatchObject({ it: { filename } });
  });

  it('ignores text before the first boundary and after the last', async () => {
    const request = postForm('/forms/any', [field('a')]);
    const body = Buffer.concat([
      Buffer.from('before\r\n'),
      request.body,
      Buffer.from('behind '.repeat(50_000)),
    ]);
    expect((await app.inject({ ...request, body })).json()).toEqual({ a: 'a' });
  });

  it('never crashes, hangs or pollutes a prototype, whatever it gets', async () => {
    const token = fc.constantFrom(
      '--a-boundary',
      '--',
      '\r\n',
      '\r\n\r\n',
      'Content-Disposition: form-data; name="__proto__"',
      'Content-Disposition: form-data; name="a"',
      '; filename="../x"',
      'constructor',
      '"',
      ';',
      ':',
    );
    const piece = fc.oneof(token, fc.uint8Array({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const body = Buffer.concat(pieces.map((one) => Buffer.from(one as string)));
        const headers = { 'content-type': MULTIPART_TYPE };
        const { status } = await app.inject({ method: 'POST', url: '/forms/any', headers, body });
        expect([200, 400, 413, 422]).toContain(status);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('reads every form that a client can write', async () => {
    const name = fc.string({
      minLength: 1,
      maxLength: 20,
      unit: fc.constantFrom('a', 'B', '1', 'ä', ' ', '.', '%'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'binary' })), {
          selector: ([one]) => one,
          maxLength: 8,
        }),
        async (pairs) => {
          const decoded = pairs.map(([one, content]) => [
            one,
            Buffer.from(content)
              .toString()
              .replace(/^\ufeff/, ''),
          ]);
          const response = await post(
            '/forms/any',
            pairs.map(([one, content]) => ({ name: one, content })),
          );
          expect(response.json()).toEqual(Object.fromEntries(decoded));
        },
      ),
      { numRuns: 100 },
    );
  });
});
