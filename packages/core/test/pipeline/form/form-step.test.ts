import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import {
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
import { postForm } from './multipart-body';

class Note {
  @IsString() @MaxLength(10) title!: string;
  @IsOptional() @IsString({ each: true }) tag?: string | string[];
}

let folder = '';
const seen: { path?: string | undefined } = {};

@Controller('/forms')
class FormsController {
  @Post('/note') note(@Form() note: Note) {
    return { isNote: note instanceof Note, ...note };
  }

  @Post('/any') any(@Form() form: unknown) {
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
    context.background(async () => expect((await it.bytes()).byteLength).toBe(it.size));
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
  narrow(@Form() form: unknown, @Files('it') files: UploadedFile[]) {
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

  it('stands in the plan', () => {
    expect(printPlan(app.plan)).toMatch(/\/forms\/avatar .*form\(avatar\) > avatar/);
    expect(printPlan(app.plan)).toMatch(/\/forms\/note .*form\(\) > validate\(Note\) > note/);
  });

  it('gives the whole form to a class, from either kind of form', async () => {
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

  it('gives single fields, made into their types', async () => {
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

  it('gives a file, and fields beside it', async () => {
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
});
