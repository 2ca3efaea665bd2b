import { Exclude, Expose } from 'class-transformer';
import { IsInt, IsString, ValidateIf } from 'class-validator';
import { z } from 'zod';
import {
  Body,
  Catch,
  Controller,
  createApp,
  created,
  fastapiErrors,
  Get,
  jsonLines,
  nestErrors,
  Post,
  Put,
  Query,
  Returns,
  SetHeader,
  Sse,
  sse,
  Status,
  type AppOptions,
} from '@sluice/core';
import { makeOpenApi, Operation, type OperationOptions } from '../../src';
import { findOperation, INFO, readDocument } from '../read-document';

class User {
  @IsString() name!: string;
  @IsInt() rank = 1;
  @Exclude({ toPlainOnly: true }) @IsString() password!: string;
}

const USER = { $ref: '#/components/schemas/User' };

@Controller('/all')
class AllController {
  @Get('/one') @Returns(User) one() {
    return new User();
  }
  @Get('/list') @Returns([User]) list() {
    return [];
  }
  @Get('/some') @Returns(User, { exclude: ['rank'] }) some() {
    return new User();
  }
  @Get('/schema') @Returns(z.object({ at: z.string().transform(Number).pipe(z.number()) })) schema() {
    return { at: '1' };
  }
  @Post('/made') @Status(201) @Returns(User) made(@Body() user: User) {
    return user;
  }
  @Post('/nothing') @Status(204) nothing() {}
  @Get('/declared') declared(): User {
    return new User();
  }
  @Get('/text') text(): string {
    return '';
  }
  @Get('/unknown') unknown() {
    return 1 as unknown;
  }
  @Sse('/events') async *events() {
    yield await Promise.resolve(1);
  }
  @Sse('/users') @Returns(User) async *users() {
    yield await Promise.resolve(new User());
  }
  @Sse('/bracketed') @Returns([User], { exclude: ['rank'] }) async *bracketed() {
    yield await Promise.resolve(new User());
  }
  @Get('/lines') @SetHeader('Content-Type', 'Application/JSONL; charset=utf-8') @Returns(User) lines() {
    return jsonLines([new User()]);
  }
  @Post('/answers') @SetHeader('Content-Type', 'text/event-stream') @Returns(User) answers() {
    return sse([new User()]);
  }
  @Get('/csv')
  @SetHeader('Content-Type', 'text/csv; charset=utf-8')
  @SetHeader('X-Kind', 'table')
  csv(): string {
    return '';
  }
  @Post('/accepted')
  @Operation({ replies: { 202: 'It is done later.', 204: 'It was done before.' } })
  accepted() {}
  @Get('/said')
  @Operation({
    replies: {
      200: { description: 'A page.', mediaType: 'text/html' },
      409: 'The name is taken.',
      410: { description: 'It is gone.', type: User, examples: { one: 1 } },
    },
  })
  said() {}
  @Get('/shown')
  @Returns(User)
  @Operation({
    replies: {
      200: { description: 'A user.', examples: { ada: { name: 'ada', rank: 1 } } },
      404: { description: 'There is no such user.', examples: { bob: { status: 404 } } },
      303: { description: 'It has moved.', examples: { none: null } },
    },
  })
  shown() {
    return new User();
  }
}

const read = async (id: string, app: AppOptions = {}, options = {}) => {
  const document = await readDocument({ controllers: [AllController], ...app }, options);
  return { ...findOperation(document, `all.${id}`), schemas: document.components?.schemas ?? {} };
};
const json = (schema: object) => ({ 'application/json': { schema } });

describe('the replies of an operation', () => {
  it('are the type of @Returns with the status of @Status', async () => {
    expect((await read('one')).responses['200']?.content).toEqual(json(USER));
    expect((await read('list')).responses['200']?.content).toEqual(json({ type: 'array', items: USER }));
    expect((await read('made')).responses['201']?.content).toEqual(json(USER));
    expect((await read('nothing')).responses['204']).toEqual({ description: 'Nothing is returned.' });
    const { responses } = await read('some');
    expect(responses['200']?.content?.['application/json']?.schema).toMatchObject({
      properties: { name: { type: 'string' } },
    });
    expect(JSON.stringify(responses['200'])).not.toContain('rank');
    expect((await read('schema')).responses['200']?.content?.['application/json']?.schema).toMatchObject({
      properties: { at: { type: 'number' } },
    });
  });

  it('share a name with the request only where the two are the same', async () => {
    const { requestBody, schemas } = await read('made');
    expect(requestBody?.content['application/json']?.schema).toEqual({
      $ref: '#/components/schemas/UserInput',
    });
    expect(schemas['User']).toMatchObject({
      required: ['name', 'rank'],
      properties: { rank: { type: 'integer' } },
    });
    expect(schemas['UserInput']).toMatchObject({
      required: ['name', 'password'],
      properties: { rank: { default: 1 }, password: { type: 'string' } },
    });
  });

  it('are the declared type, or unknown', async () => {
    const { responses, schemas } = await read('declared');
    const { $ref } = responses['200']?.content?.['application/json']?.schema as { $ref: string };
    expect(schemas[$ref.split('/').at(-1)!]).not.toHaveProperty('additionalProperties');
    expect((await read('text')).responses['200']?.content).toEqual({
      'text/plain': { schema: { type: 'string' } },
    });
    expect((await read('unknown')).responses).toEqual({
      '2XX': { description: 'The request succeeded.', content: { '*/*': {} } },
    });
  });

  it('have no field that @Exclude keeps out of them, and no rule of it is checked', async () => {
    @Controller('/users')
    class UsersController {
      @Get() @Returns(User) show() {
        return Object.assign(new User(), { name: 'ada', password: 'secret' });
      }
    }
    const app = await createApp({ controllers: [UsersController], development: true });
    const response = await app.inject({ url: '/users' });
    expect([response.status, response.text()]).toEqual([200, '{"name":"ada","rank":1}']);
  });

  it('may have null where a condition decides about the rules, which a request does not say', async () => {
    class Score {
      @ValidateIf((_, points) => points !== null) @IsInt() points!: number | null;
    }
    @Controller('/scores')
    class ScoresController {
      @Post() @Returns(Score) create(@Body() score: Score) {
        return score;
      }
    }
    const { components } = await readDocument({ controllers: [ScoresController] });
    const readType = (name: string) =>
      (components?.schemas?.[name]?.['properties'] as { points: { type: unknown } }).points.type;
    expect([readType('Score'), readType('ScoreInput')]).toEqual([['integer', 'null'], 'integer']);
  });

  it('have the names of the class where the declared type is sent as it is', async () => {
    class Label {
      @Expose({ name: 'label_text' }) @IsString() text!: string;
    }
    @Controller('/labels')
    class LabelsController {
      @Get('/declared') declared(): Label {
        return Object.assign(new Label(), { text: 'new' });
      }
      @Get('/returned') @Returns(Label) returned() {
        return Object.assign(new Label(), { text: 'new' });
      }
    }
    const app = await createApp({ controllers: [LabelsController] });
    const document = makeOpenApi(app.plan, { info: INFO });
    for (const name of ['declared', 'returned']) {
      const content = findOperation(document, `labels.${name}`).responses['200']?.content;
      const { $ref } = content?.['application/json']?.schema as { $ref: string };
      const { required } = document.components?.schemas?.[$ref.split('/').at(-1)!] as { required: string[] };
      const sent = (await app.inject({ url: `/labels/${name}` })).json<object>();
      expect(Object.keys(sent)).toEqual(required);
    }
  });

  it('are events, or have the media type and the headers of @SetHeader', async () => {
    expect((await read('events')).responses['200']?.content).toMatchObject({
      'text/event-stream': { schema: { required: ['data'], properties: { data: { type: 'string' } } } },
    });
    expect((await read('csv')).responses['200']).toEqual({
      description: 'The request succeeded.',
      headers: { 'X-Kind': { schema: { type: 'string', examples: ['table'] } } },
      content: { 'text/csv': { schema: { type: 'string' } } },
    });
  });

  it('have the type of an item where they are a stream of items', async () => {
    const data = { type: 'string', contentMediaType: 'application/json', contentSchema: USER };
    const { responses } = await read('users');
    expect(responses['200']).toMatchObject({
      description: 'A stream of events, and the schema is that of each.',
      content: { 'text/event-stream': { schema: { properties: { data, id: { type: 'string' } } } } },
    });
    expect((await read('answers')).responses['200']?.content).toEqual(responses['200']?.content);
    const bracketed = JSON.stringify((await read('bracketed')).responses['200']);
    expect(bracketed).toContain('"contentSchema":{"type":"object"');
    expect(bracketed).not.toContain('rank');
    expect((await read('lines')).responses['200']?.content).toEqual({
      'application/jsonl': { schema: USER },
    });
  });

  it('are those that @Operation adds', async () => {
    const { responses } = await read('said');
    const problem = {
      'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } },
    };
    expect(responses).toEqual({
      200: { description: 'A page.', content: { 'text/html': {} } },
      409: { description: 'The name is taken.', content: problem },
      410: {
        description: 'It is gone.',
        content: { 'application/json': { schema: USER, examples: { one: { value: 1 } } } },
      },
    });
  });

  it('have the examples that @Operation gives to a derived body', async () => {
    const { responses } = await read('shown');
    const problem = { $ref: '#/components/schemas/ProblemDetails' };
    expect(responses).toMatchObject({
      200: {
        content: {
          'application/json': { schema: USER, examples: { ada: { value: { name: 'ada', rank: 1 } } } },
        },
      },
      303: { content: { 'application/json': { examples: { none: { value: null } } } } },
      404: {
        content: {
          'application/problem+json': { schema: problem, examples: { bob: { value: { status: 404 } } } },
        },
      },
    });
  });

  it('and parameters have examples as JSON has them', async () => {
    const at = new Date('2026-03-29T00:30:00Z');
    @Controller('/times')
    class TimesController {
      @Get()
      @Operation({
        replies: { 200: { description: 'Times.', examples: { one: [{ at, count: 7n, large: 2n ** 64n }] } } },
        parameters: { since: { description: 'The first.', example: at } },
      })
      list(@Query('since') since?: Date) {
        return since;
      }
    }
    const { responses, parameters } = findOperation(
      await readDocument({ controllers: [TimesController] }),
      'times.list',
    );
    expect(responses['200']?.content?.['*/*']?.examples).toEqual({
      one: { value: [{ at: at.toISOString(), count: 7, large: '18446744073709551616' }] },
    });
    expect(parameters?.[0]?.example).toBe(at.toISOString());
  });

  it('are the statuses of a handler that @Operation names', async () => {
    const { responses } = await read('accepted');
    expect(responses).toEqual({
      202: { description: 'It is done later.', content: { '*/*': {} } },
      204: { description: 'It was done before.' },
      413: expect.anything() as unknown,
    });
  });

  it('have the type of @Returns for each success that @Operation names', async () => {
    @Controller('/users')
    class UsersController {
      @Put() @Returns(User) @Operation({ replies: { 201: 'It is new.', 204: 'It is as before.' } }) put() {
        return created(new User());
      }
    }
    const { responses } = findOperation(await readDocument({ controllers: [UsersController] }), 'users.put');
    expect([200, 201, 204].map((status) => responses[status]?.content)).toEqual([
      json(USER),
      json(USER),
      undefined,
    ]);
  });

  it('have a 500 if that is asked for', async () => {
    expect(Object.keys((await read('one', {}, { serverErrors: true })).responses)).toEqual(['200', '500']);
  });

  it('have the bodies of errors of the application', async () => {
    const { responses, schemas } = await read('made', { formatError: fastapiErrors });
    expect(responses['422']?.content).toEqual(json({ $ref: '#/components/schemas/Error' }));
    expect(schemas).toMatchObject({ Error: { required: ['detail'] } });
    expect(schemas).not.toHaveProperty('ProblemDetails');
    const unknown = await read('made', { formatError: () => 1 });
    expect(unknown.responses['422']).not.toHaveProperty('content');
  });

  it('have the bodies of errors of a mounted application, where it has its own', async () => {
    const app = await createApp({});
    app.mount('/in', await createApp({ controllers: [AllController], formatError: fastapiErrors }));
    const document = makeOpenApi(app.plan, { info: INFO });
    expect(findOperation(document, 'all.made').responses['422']?.content).toEqual(
      json({ $ref: '#/components/schemas/Error' }),
    );
  });

  it('have bodies with names of their own, where several shapes of errors and a class want the same', async () => {
    class Error {
      @IsString() text!: string;
    }
    @Controller('/errors')
    class ErrorsController {
      @Post() @Returns(Error) create(@Body() error: Error) {
        return error;
      }
    }
    const app = await createApp({ controllers: [ErrorsController], formatError: nestErrors });
    app.mount('/in', await createApp({ controllers: [AllController], formatError: fastapiErrors }));
    const document = makeOpenApi(app.plan, { info: INFO });
    const find = (id: string, status: string) =>
      findOperation(document, id).responses[status]?.content?.['application/json']?.schema;
    expect(find('errors.create', '200')).toEqual({
      $ref: '#/components/schemas/Error',
    });
    expect(find('errors.create', '422')).toEqual({ $ref: '#/components/schemas/ErrorOutput' });
    expect(find('all.made', '422')).toEqual({ $ref: '#/components/schemas/ErrorOutput2' });
    expect(document.components?.schemas).toMatchObject({
      Error: { required: ['text'] },
      ErrorOutput: nestErrors.schema,
      ErrorOutput2: fastapiErrors.schema,
    });
  });

  it('have no body where an error handler decides about it', async () => {
    @Controller('/caught')
    class CaughtController {
      @Post() @Catch(422, () => 'no') create(@Body() user: User) {
        return user;
      }
    }
    const { responses } = findOperation(
      await readDocument({ controllers: [CaughtController] }),
      'caught.create',
    );
    expect([responses['422']?.content, responses['415']?.content]).toEqual([undefined, expect.anything()]);
  });
});

describe('the words about an operation', () => {
  it('are those of the class and of the method, whose words win', async () => {
    const said: OperationOptions = { tags: ['People'], description: 'About people.', deprecated: true };
    @Controller('/people')
    @Operation({ ...said, replies: { 409: 'Taken.' } })
    class PeopleController {
      @Get() @Operation({ summary: 'Lists them.', description: 'All.', replies: { 410: 'Gone.' } }) list() {}
      @Get('/secret') @Operation({ hidden: true }) secret() {}
    }
    const tags = [
      { name: 'Other', description: 'Others.' },
      { name: 'People', description: 'Of flesh and blood.' },
    ];
    const document = await readDocument({ controllers: [PeopleController] }, { tags });
    const list = findOperation(document, 'people.list');
    expect(list).toMatchObject({ ...said, summary: 'Lists them.', description: 'All.' });
    expect(Object.keys(list.responses)).toEqual(['409', '410', '2XX']);
    expect([Object.keys(document.paths), document.tags]).toEqual([['/people'], tags]);
  });
});
