import { IsString, MaxLength } from 'class-validator';
import { parse } from 'yaml';
import {
  Body,
  Controller,
  createApp,
  fastapiErrors,
  Get,
  guard,
  notFound,
  Param,
  Post,
  Returns,
  Status,
  unauthorized,
  type AppOptions,
  type Logger,
  type RoutePlan,
} from '@sluice/core';
import { makeOpenApi, openapi, OPENAPI, writeYaml, type OpenApiDocument } from '../src';
import { INFO } from './read-document';

class CreateNote {
  @IsString() @MaxLength(200) text!: string;
}

@Controller('/notes')
class NotesController {
  private readonly notes = new Map<number, CreateNote>();

  @Get('/:id')
  @Returns(CreateNote)
  show(@Param('id') id: number) {
    return this.notes.get(id) ?? notFound();
  }

  @Post()
  @Status(201)
  @Returns(CreateNote)
  create(@Body() note: CreateNote) {
    this.notes.set(this.notes.size + 1, note);
    return note;
  }
}

const start = (options: AppOptions = {}) =>
  createApp({ controllers: [NotesController], routes: openapi({ info: INFO }), ...options });
const readPaths = (document: unknown): string[] => Object.keys((document as OpenApiDocument).paths);

describe('openapi()', () => {
  it('serves the document as JSON, with its operations and their replies', async () => {
    const response = await (await start()).inject({ url: '/openapi.json' });
    const document = response.json<OpenApiDocument>();
    expect([response.status, response.header('content-type')]).toEqual([200, 'application/json']);
    expect([document.openapi, document.info, readPaths(document)]).toEqual([
      '3.1.1',
      INFO,
      ['/notes/{id}', '/notes'],
    ]);
    expect(document.paths['/notes']?.post).toMatchObject({
      operationId: 'notes.create',
      tags: ['Notes'],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/CreateNote' } } },
      },
    });
    expect(Object.keys(document.paths['/notes']?.post?.responses ?? {})).toEqual([
      '201',
      '400',
      '413',
      '415',
      '422',
    ]);
    expect(document.components?.schemas?.['CreateNote']).toEqual({
      type: 'object',
      properties: { text: { type: 'string', maxLength: 200 } },
      required: ['text'],
      additionalProperties: false,
    });
  });

  it('serves the same as YAML', async () => {
    const app = await start();
    const yaml = await app.inject({ url: '/openapi.yaml' });
    expect(yaml.header('content-type')).toBe('application/yaml');
    expect(parse(yaml.text())).toEqual((await app.inject({ url: '/openapi.json' })).json());
    expect(yaml.text()).not.toMatch(/[&*]a\d/);
  });

  it('gives it a strong ETag, and answers 304, 412 and HEAD', async () => {
    const app = await start();
    const inject = (headers: Record<string, string>, method: 'GET' | 'HEAD' = 'GET') =>
      app.inject({ method, url: '/openapi.json', headers });
    const etag = (await inject({})).header('etag')!;
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    const same = await inject({ 'If-None-Match': etag });
    expect([same.status, same.text(), same.header('etag'), same.header('cache-control')]).toEqual([
      304,
      '',
      etag,
      'no-cache',
    ]);
    expect((await inject({ 'If-None-Match': '"other"' })).status).toBe(200);
    expect((await inject({ 'If-Match': '"other"' })).status).toBe(412);
    expect((await inject({}, 'HEAD')).header('etag')).toBe(etag);
    const other = await start();
    expect((await other.inject({ url: '/openapi.json' })).header('etag')).toBe(etag);
  });

  it('is made once, before the first request', async () => {
    const app = await start();
    const [first, second] = [
      await app.inject({ url: '/openapi.json' }),
      await app.inject({ url: '/openapi.json' }),
    ];
    expect(first.text()).toBe(second.text());
    expect(first.json()).toEqual(JSON.parse(JSON.stringify(makeOpenApi(app.plan, { info: INFO }))));
  });

  it('has another path, below the prefix, and behind a guard of its own', async () => {
    const door = guard(() => unauthorized(), 'door');
    const routes = openapi({ info: INFO, path: '/docs/api', middleware: [door] });
    const app = await start({ routes, prefix: '/v1', basePath: '/shop' });
    const response = await app.inject({ url: '/v1/docs/api.json' });
    expect(response.status).toBe(401);
    const document = makeOpenApi(app.plan, { info: INFO });
    expect([document.servers, readPaths(document)]).toEqual([
      [{ url: '/shop' }],
      ['/v1/notes/{id}', '/v1/notes'],
    ]);
  });

  it('shows only what is mounted with it, and the whole of the outer application', async () => {
    const inner = await start();
    const routes = [
      ...openapi({ info: INFO }),
      { method: 'GET' as const, path: '/health', name: 'health', handler: () => 'ok' },
    ];
    const app = await createApp({ routes });
    app.mount('/in', inner);
    const read = async (url: string) => readPaths((await app.inject({ url })).json());
    expect(await read('/in/openapi.json')).toEqual(['/in/notes/{id}', '/in/notes']);
    expect(await read('/openapi.json')).toEqual(['/health', '/in/notes/{id}', '/in/notes']);
  });

  it('can be given to two applications', async () => {
    const routes = openapi({ info: INFO });
    const [one, other] = [await start({ routes }), await createApp({ routes })];
    const read = async (app: typeof one) => readPaths((await app.inject({ url: '/openapi.json' })).json());
    expect([await read(one), await read(other)]).toEqual([['/notes/{id}', '/notes'], []]);
  });

  it('is found by tools, with its options', async () => {
    const { plan } = await start();
    const found = plan.routes.flatMap(({ info }: RoutePlan) => info.marks.get(OPENAPI)?.path ?? []);
    expect(found).toEqual(['/openapi', '/openapi']);
  });

  it('warns once where the shape of errors is not known', async () => {
    const warnings: string[] = [];
    const logger: Logger = { info() {}, warn: (text) => void warnings.push(text), error() {} };
    const warn = async (formatError: NonNullable<AppOptions['formatError']>) => {
      await (await start({ logger, formatError })).start();
      return warnings.splice(0);
    };
    expect(await warn(() => ({ oops: true }))).toEqual([
      expect.stringContaining('OPENAPI_ERROR_SHAPE_UNKNOWN  formatError') as string,
    ]);
    expect(await warn(fastapiErrors)).toEqual([]);
  });

  it.each([
    ['OPTION_MISSING', {}],
    ['OPTION_INVALID', { info: { title: 'Notes' } }],
    ['OPTION_INVALID', { info: INFO, path: 'openapi' }],
    ['OPTION_INVALID', { info: INFO, path: '/:openapi' }],
    ['OPTION_UNKNOWN', { info: INFO, url: '/' }],
  ])('refuses wrong options: %s', (code, options) => {
    const make = () => openapi(options as never);
    expect(make).toThrow(expect.objectContaining({ problems: [expect.objectContaining({ code })] }) as Error);
  });
});

describe('writeYaml()', () => {
  it('is read alike by readers of YAML 1.2 and of YAML 1.1', () => {
    const texts = [
      ...[
        'yes',
        'No',
        'on',
        'OFF',
        'y',
        'n',
        'null',
        '~',
        '',
        '=',
        '<<',
        '0o7',
        '010',
        '0b1',
        '1e3',
        '1_000',
      ],
      ...[
        '.5',
        '.inf',
        '1:30',
        '190:20:30',
        '2026-01-01',
        '2026-01-01T10:00:00Z',
        '1.0',
        '0x1F',
        '+1',
        '- a',
      ],
      ...[
        'a: b',
        'a #b',
        '"',
        "'",
        '\t',
        ' a ',
        'a\n',
        '\n\na\n',
        'a\r\nb',
        '\u2028',
        '*a',
        '&a',
        '!a',
        '%a',
        '@a',
      ],
      ...[`\t${'🎉'.repeat(99)}`, `${'word '.repeat(40)}end`, 'a'.repeat(200), `\u0001${'é'.repeat(200)}`],
    ];
    const named = Object.fromEntries(
      texts.map((text) => [text, { description: text, schema: { enum: texts } }]),
    );
    const document = { openapi: '3.1.1', info: INFO, servers: [], paths: {}, components: { named } };
    const written = Buffer.from(writeYaml(document as never)).toString();
    expect(parse(written)).toEqual(document);
    expect(parse(written, { version: '1.1', merge: true })).toEqual(document);
    expect(written).toMatch(/^ *- "="$/m);
  });

  it('writes a document', () => {
    expect(writeYaml({ openapi: '3.1.1', info: INFO, servers: [], paths: {} })).toBe(
      'openapi: 3.1.1\ninfo:\n  title: Notes\n  version: 1.0.0\nservers: []\npaths: {}\n',
    );
  });
});
