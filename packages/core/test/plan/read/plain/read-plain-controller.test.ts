import { IsString } from 'class-validator';
import { z } from 'zod';
import {
  Body,
  controller,
  Controller,
  Cookie,
  createParameterDecorator,
  Get,
  guard,
  Header,
  Mark,
  Param,
  Post,
  Put,
  Query,
  Returns,
  routeMark,
  SkipMiddleware,
  Status,
  UseMiddleware,
  Version,
  BodyLimit,
  type PlainController,
  type RouteMaker,
  type RoutePlan,
} from '../../../../src';
import { makePlan, named } from '../../make-plan';

class NoteBody {
  @IsString() text!: string;
}

const SCHEMA = z.object({ text: z.string() });
const User = createParameterDecorator('User', () => 'ada', { needs: 'outer' });
const ROLES = routeMark<string>('roles');
const admins = guard(function admins() {});

@Controller({ path: '/users/:user/notes', host: 'api.example.com', version: '1' })
@UseMiddleware(named('outer'))
@Mark(ROLES, 'user')
@BodyLimit(5000)
class NotesController {
  @Get()
  list(
    @Param('user', String) _user: string,
    @Query('limit', { type: 'integer', default: 20 }) _limit: number,
    @Query('tag', [String]) _tag: string[],
    @Query('page', { type: Number, required: false }) _page: number | undefined,
    @Query('size', { type: String, enum: ['small', 'large'], required: true }) _size: string,
    @Header('user-agent', { type: String, required: true }) _agent: string,
    @Cookie('dark', { type: Boolean, required: true }) _dark: boolean,
  ) {}

  @Get('/:id')
  @Returns([NoteBody])
  @Version('2')
  show(@Param('user', String) _user: string, @Param('id', 'integer') _id: number) {
    return [];
  }

  @Post()
  @Status(201)
  @UseMiddleware(admins)
  @SkipMiddleware('audit')
  @Mark(ROLES, 'admin')
  @BodyLimit(100)
  create(@Param('user', String) _user: string, @Body(NoteBody) _body: NoteBody) {}

  @Put()
  replace(
    @Param('user', String) _user: string,
    @Body({ each: SCHEMA }) _body: unknown,
    @User() _name: string,
  ) {}
}

const notes = controller(
  '/users/:user/notes',
  {
    name: 'NotesController',
    use: [named('outer')],
    host: 'api.example.com',
    version: '1',
    marks: [ROLES.of('user')],
    bodyLimit: 5000,
  },
  (r) => [
    r.get(
      '/',
      {
        name: 'list',
        query: {
          limit: { type: 'integer', default: 20 },
          tag: ['text'],
          page: 'number?',
          size: { enum: ['small', 'large'] },
        },
        headers: { userAgent: 'text' },
        cookies: { dark: 'boolean' },
      },
      () => undefined,
    ),
    r.get('/:id', { params: { id: 'integer' }, returns: [NoteBody], version: '2' }, function show() {
      return [];
    }),
    r.post(
      '/',
      {
        name: 'create',
        body: NoteBody,
        status: 201,
        use: [admins],
        skipMiddleware: ['audit'],
        marks: [ROLES.of('admin')],
        bodyLimit: 100,
      },
      () => undefined,
    ),
    r.put('/', { name: 'replace', body: [SCHEMA], custom: { name: User } }, () => undefined),
  ],
);

const versioning = { type: 'path' } as const;
const middleware = [named('audit')];

describe('a controller without a class', () => {
  it('has the plan of its twin with decorators', () => {
    const twin = makePlan({ controllers: [NotesController], versioning, middleware });
    const plain = makePlan({ controllers: [notes], versioning, middleware });
    expect(plain.problems).toEqual([]);
    expect(plain.lines).toEqual(twin.lines);
    expect(plain.lines).toContain(
      'POST  api.example.com/v1/users/:user/notes  NotesController.create  outer > admins > body(json) > validate(NoteBody) > status(201) > create',
    );
    expect(plain.plan.routes.map(toData)).toEqual(twin.plan.routes.map(toData));
  });

  it('is named after its path, and its routes after their method and path or their function', () => {
    const group = controller('/notes', (r) => [
      r.get('/', () => 1),
      r.get('/:id', function show() {
        return 1;
      }),
    ]);
    expect(makePlan({ controllers: [group] }).lines.slice(0, 2)).toEqual([
      "GET  /notes  controller('/notes') GET /  handler",
      "GET  /notes/:id  controller('/notes').show  show",
    ]);
  });

  it('carries its tags in the plan', () => {
    const group = controller('/notes', { tags: ['notes', 'public'] }, (r) => [r.get('/', () => 1)]);
    const [route] = makePlan({ controllers: [group] }).plan.routes;
    expect(route!.tags).toEqual(['notes', 'public']);
    expect(Object.isFrozen(route!.tags)).toBe(true);
  });

  it('reads the headers that it names, however they are spelled', () => {
    const headers = {
      Authorization: 'text',
      userAgent: 'text',
      xCSRFToken: 'text',
      'X-Tenant': 'text',
    } as const;
    const group = controller('/a', (r) => [r.get('/', { headers }, () => 1)]);
    const handler = makePlan({ controllers: [group] }).plan.routes[0]!.steps.at(-1)!;
    expect(handler).toMatchObject({
      arguments: ['authorization', 'user-agent', 'x-csrf-token', 'x-tenant', 'context'].map((name) => ({
        name,
      })),
    });
  });

  it('takes a body as text or bytes, and one that a table checks', () => {
    const group = controller('/a', (r) => [
      r.post('/text', { body: 'text' }, () => 1),
      r.post('/bytes', { body: 'bytes' }, () => 1),
      r.post('/table', { body: { text: 'text' }, returns: { id: 'integer' } }, () => ({ id: 1 })),
    ]);
    const { lines, problems } = makePlan({ controllers: [group] });
    expect(problems).toEqual([]);
    expect(lines.slice(0, 3).map((line) => line.split('  ').at(-1))).toEqual([
      'body(text) > handler',
      'body(bytes) > handler',
      'body(json) > validate(sluice schema) > returns(schema) > handler',
    ]);
  });
});

/** The data of a route without its origin, and without the context, which only a handler without a class always receives. */
function toData({ origin: _, ...route }: RoutePlan): unknown {
  const steps = route.steps.map((step) =>
    step.kind === 'handler'
      ? { ...step, arguments: step.arguments.filter(({ kind }) => kind !== 'context') }
      : step,
  );
  return JSON.parse(JSON.stringify({ ...route, steps })) as unknown;
}

/** Builds a controller with specs that the types would refuse. */
function build(make: (r: Untyped) => readonly unknown[], options: object = {}): PlainController {
  return controller('/notes', options, make as never);
}

type Untyped = {
  readonly [Name in keyof RouteMaker]: (path: unknown, ...given: readonly unknown[]) => unknown;
};

describe('the mistakes of a controller without a class', () => {
  const handler = () => 1;
  const GET = "controller('/notes') GET /:id";
  const POST = "controller('/notes') POST /";

  it.each<[string, (r: Untyped) => unknown, string, string]>([
    [
      'a name that is not in the path',
      (r) => r.get('/:id', { params: { nam: 'text' } }, () => 1),
      'PARAM_NOT_IN_PATH',
      `${GET}, params.nam`,
    ],
    [
      'a parameter that may be missing',
      (r) => r.get('/:id', { params: { id: 'text?' } }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${GET}, params.id`,
    ],
    [
      'a type that does not exist',
      (r) => r.get('/:id', { query: { page: 'int' } }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${GET}, query.page`,
    ],
    [
      'a class as the type of a text',
      (r) => r.get('/:id', { query: { page: Number } }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${GET}, query.page`,
    ],
    [
      'a list in a header',
      (r) => r.get('/:id', { headers: { accept: ['text'] } }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${GET}, headers.accept`,
    ],
    [
      'a default of another type',
      (r) => r.get('/:id', { query: { page: { type: 'integer', default: 'x' } } }, () => 1),
      'OPTION_INVALID',
      `${GET}, query.page`,
    ],
    [
      'an option that a type does not have',
      (r) => r.get('/:id', { query: { page: { type: 'integer', min: 1 } } }, () => 1),
      'OPTION_UNKNOWN',
      `${GET}, query.page`,
    ],
    [
      'a part that is not a table',
      (r) => r.get('/:id', { query: 'page' }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${GET}, query`,
    ],
    [
      'a part that is a Map',
      (r) => r.get('/:id', { query: new Map([['page', 'text']]) }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${GET}, query`,
    ],
    ['a list for a spec', (r) => r.get('/:id', [], () => 1), 'OPTION_INVALID', GET],
    [
      'an instance for a body',
      (r) => r.post('/', { body: new NoteBody() }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${POST}, body`,
    ],
    [
      'two values of one name',
      (r) => r.get('/:id', { query: { id: 'text' } }, () => 1),
      'PARAMETER_TWICE',
      GET,
    ],
    [
      'a body of a GET request',
      (r) => r.get('/:id', { body: NoteBody }, () => 1),
      'BODY_ON_GET',
      `${GET}, body`,
    ],
    [
      'a query with the name of the body',
      (r) => r.post('/', { query: { body: 'text' }, body: NoteBody }, () => 1),
      'PARAMETER_TWICE',
      POST,
    ],
    [
      'a body that nothing checks',
      (r) => r.post('/', { body: Object }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${POST}, body`,
    ],
    [
      'a body that is undefined',
      (r) => r.post('/', { body: undefined }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${POST}, body`,
    ],
    [
      'a field of a type that JSON lacks',
      (r) => r.post('/', { body: { at: 'date' } }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${POST}, body.at`,
    ],
    ...[
      { type: 'text', required: 'no' },
      { type: 'integer', default: 'a' },
      { type: ['integer'], default: 1 },
      { enum: [] },
      { type: 'integer', enum: ['a'] },
      { type: 'text', maximum: 5 },
    ].map((field): [string, (r: Untyped) => unknown, string, string] => [
      `a field with options that are wrong: ${JSON.stringify(field)}`,
      (r) => r.post('/', { body: { at: field } }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${POST}, body.at`,
    ]),
    [
      'texts for a number',
      (r) => r.get('/', { query: { at: { type: 'integer', enum: ['a'] } } }, () => 1),
      'OPTION_INVALID',
      "controller('/notes') GET /, query.at",
    ],
    [
      'a class without rules',
      (r) => r.post('/', { returns: class Bare {} }, () => 1),
      'RETURNS_INVALID',
      POST,
    ],
    [
      'a reply that is not a type',
      (r) => r.post('/', { returns: 5 }, () => 1),
      'RETURNS_INVALID',
      `${POST}, returns`,
    ],
    ['a status that does not exist', (r) => r.post('/', { status: 99 }, () => 1), 'STATUS_INVALID', POST],
    ['an option that does not exist', (r) => r.post('/', { querys: {} }, () => 1), 'OPTION_UNKNOWN', POST],
    ['a name that is not a text', (r) => r.post('/', { name: 5 }, () => 1), 'OPTION_INVALID', POST],
    ['a spec that is not a table', (r) => r.post('/', 5, () => 1), 'OPTION_INVALID', POST],
    [
      'middleware that is not a list',
      (r) => r.post('/', { use: handler }, () => 1),
      'MIDDLEWARE_INVALID',
      POST,
    ],
    [
      'something that is not a middleware',
      (r) => r.post('/', { use: [5] }, () => 1),
      'MIDDLEWARE_INVALID',
      POST,
    ],
    ['marks that are not a list', (r) => r.post('/', { marks: 5 }, () => 1), 'OPTION_INVALID', POST],
    ['a route without a handler', (r) => r.post('/', {}), 'ROUTE_HANDLER_MISSING', POST],
    [
      'a path that cannot be parsed',
      (r) => r.post('/:', () => 1),
      'ROUTE_PATH_INVALID',
      "controller('/notes') POST /:",
    ],
    [
      'a path that is not a text',
      (r) => r.post(5, () => 1),
      'ROUTE_PATH_INVALID',
      "controller('/notes') POST 5",
    ],
    [
      'a decorator with its parentheses',
      (r) => r.post('/', { custom: { user: User() } }, () => 1),
      'PARAMETER_TYPE_UNKNOWN',
      `${POST}, custom.user`,
    ],
    [
      'error handlers that are not a list',
      (r) => r.post('/', { errorHandlers: handler }, () => 1),
      'ERROR_HANDLER_INVALID',
      POST,
    ],
    [
      'an error handler without a class',
      (r) => r.post('/', { errorHandlers: [{ error: undefined, handle: handler }] }, () => 1),
      'ERROR_HANDLER_INVALID',
      POST,
    ],
    [
      'a plain record among the routes',
      () => ({ method: 'GET', path: '/', handler }),
      'ROUTE_HANDLER_MISSING',
      "controller('/notes'), route 0",
    ],
  ])('%s is reported with its place', (_, make, code, place) => {
    const { problems } = makePlan({ controllers: [build((r) => [make(r)])] });
    expect(problems.map((one) => [one.code, one.place])).toEqual([[code, place]]);
    expect(problems[0]!.fault + problems[0]!.cure).not.toMatch(/@(?!IsString|Allow)/);
  });

  it('include a decorator without the middleware that it needs', () => {
    const group = controller('/notes', (r) => [r.get('/', { custom: { user: User } }, handler)]);
    const { problems } = makePlan({ controllers: [group] });
    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['MIDDLEWARE_MISSING', "controller('/notes').handler, parameter 0"],
    ]);
  });

  it('are reported once where all routes share them', () => {
    const routes = (r: Untyped) => [r.get('/', handler), r.get('/b', handler)];
    const options = { use: 5, marks: 5, tags: 5, name: 5, colour: 'red' };
    expect(makePlan({ controllers: [build(routes, options)] }).problems).toHaveLength(5);
  });

  it('are a controller without a function that makes its routes', () => {
    for (const given of [[], [{ tags: ['notes'] }], [{}, null]]) {
      const group = (controller as (...given: unknown[]) => PlainController)('/notes', ...given);
      expect(makePlan({ controllers: [group] }).problems.map(({ code, place }) => [code, place])).toEqual([
        ['CONTROLLER_EMPTY', "controller('/notes')"],
      ]);
    }
  });

  it('are a list without routes, a prefix that is not a text, and a controller that is listed twice', () => {
    const group = controller('/notes', (r) => [r.get('/', handler)]);
    const { problems } = makePlan({
      controllers: [build(() => []), controller(5 as never, (r) => [r.get('/', handler)]), group, group],
    });
    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['CONTROLLER_EMPTY', "controller('/notes')"],
      ['ROUTE_PATH_INVALID', "controller('5')"],
      ['CONTROLLER_TWICE', 'createApp, controllers'],
    ]);
    expect(problems[2]!.fault).toBe("controller('/notes') is listed twice.");
  });
});
