import {
  Background,
  Body,
  ConfigurationError,
  Controller,
  createApp,
  createParameterDecorator,
  fastapiErrors,
  File,
  Form,
  Get,
  guard,
  LastEventId,
  Param,
  Post,
  Query,
  UseMiddleware,
  type Middleware,
  type RoutePlan,
  type Step,
  type StepDescription,
} from '../../src';

const TEAPOT: StepDescription = { statuses: { 418: { description: 'It is a teapot.' } } };

class ByClass {
  readonly status = 419;
  describes() {
    return { statuses: { [this.status]: { description: 'By the class.' } } };
  }
  handle(_: unknown, next: () => unknown) {
    return next();
  }
}

const Tenant = createParameterDecorator('Tenant', () => 1, { describes: TEAPOT });
const named = (describes: unknown): Middleware =>
  ({ name: 'teapot', describes, handle: (_: unknown, next: () => unknown) => next() }) as Middleware;

function read(step: Step | undefined): StepDescription | undefined {
  return step !== undefined && 'describes' in step ? step.describes : undefined;
}

const list = ({ steps }: Pick<RoutePlan, 'steps'>): string[] =>
  steps.map((step) => `${step.name} ${Object.keys(read(step)?.statuses ?? {}).join(',')}`.trim());

@Controller('/notes')
class NotesController {
  @Get('/:id') show(@Param('id') id: number): string {
    return String(id);
  }
  @Post() create(@Body({ validate: false }) note: object, @Query('dry') isDry: boolean) {
    return [note, isDry];
  }
  @Post('/photo') photo(@File('photo', { required: true }) photo: unknown) {
    return photo;
  }
  @Get('/later') later(@Background() tasks: unknown, @LastEventId() id: unknown, @Tenant() tenant: unknown) {
    return [tasks, id, tenant];
  }
  @Get() @UseMiddleware(ByClass, guard(() => undefined, 'door')) list() {}
  @Post('/title') title(@Form('title') title: string) {
    return title;
  }
}

async function readRoutes(): Promise<readonly RoutePlan[]> {
  return (await createApp({ controllers: [NotesController] })).plan.routes;
}

describe('the description of a step', () => {
  it('is in the plan for the steps of core', async () => {
    const [show, create, photo, , , title] = await readRoutes();
    expect(list(show!)).toEqual(['show 400,404,422']);
    expect(list(create!)).toEqual(['body(json) 400,413,415', 'create 400,422']);
    expect(list(photo!)).toEqual(['form(photo) 400,408,413,415,422', 'photo']);
    // A client may send a file, which no parameter takes.
    expect(list(title!)).toEqual(['form() 400,408,413,415,422', 'title']);
  });

  it('is that of a middleware: data, a function of the route, or a method of a class', async () => {
    const byRoute = named(({ method }: { method: string }) => (method === 'GET' ? TEAPOT : undefined));
    const { plan } = await createApp({
      controllers: [NotesController],
      middleware: [named(TEAPOT), byRoute],
    });
    expect(list(plan.routes[4]!).slice(0, 4)).toEqual([
      'teapot 418',
      'teapot 418',
      'ByClass 419',
      'door 401,403',
    ]);
    expect(list(plan.routes[1]!).slice(0, 2)).toEqual(['teapot 418', 'teapot']);
    const described = read(plan.routes[0]!.steps[0]);
    expect([described, Object.isFrozen(described), Object.isFrozen(TEAPOT)]).toEqual([TEAPOT, true, false]);
  });

  it('is that of a parameter decorator', async () => {
    const later = (await readRoutes())[3]!.steps.find((step) => step.kind === 'handler');
    expect(
      later?.arguments.map(({ describes }) =>
        Object.keys({ ...describes?.statuses, ...describes?.requestHeaders }),
      ),
    ).toEqual([['503'], ['Last-Event-ID'], ['418']]);
  });

  it('has the choice by a version in a header, and the answers of the fallback', async () => {
    const routes = [{ method: 'GET' as const, path: '/', version: '2', handler: () => 1 }];
    const { plan } = await createApp({ routes, versioning: { type: 'header', header: 'X-Version' } });
    expect(plan.routes[0]!.describes).toEqual({
      statuses: { 404: { description: 'No route matches the path in the requested version.' } },
      requestHeaders: { 'X-Version': { description: 'The version: `2`.', required: true } },
    });
    expect(Object.keys(plan.fallback.describes?.statuses ?? {})).toEqual(['404', '405', '501']);
  });

  it.each([
    ['is not a description: must be an object.', 5],
    ['is not a description: must be an object.', () => null],
    ['is not a description: must have no status: the members are', { status: { 429: {} } }],
    ['is not a description: statuses.429 must have a description.', () => ({ statuses: { 429: 'Busy' } })],
    [
      'threw: boom',
      () => {
        throw new Error('boom');
      },
    ],
  ])('is a mistake at start-up where it %s', async (fault, describes) => {
    const failure = await createApp({ middleware: [named(describes)] }).catch((error: unknown) => error);
    expect((failure as ConfigurationError).problems).toEqual([
      expect.objectContaining({
        code: 'MIDDLEWARE_INVALID',
        place: 'fallback',
        fault: expect.stringContaining(`describes of teapot ${fault}`) as string,
      }),
    ]);
  });
});

describe('the plan', () => {
  it('has the type that the compiler emitted for the result of a handler', async () => {
    const types = (await readRoutes()).map(
      ({ steps }) => steps.find((step) => step.kind === 'handler')?.returnType,
    );
    expect(types).toEqual([String, undefined, undefined, undefined, undefined]);
  });

  it('has the function that replaces the shape of errors, with its schema', async () => {
    const { plan } = await createApp({ formatError: fastapiErrors });
    expect(plan.formatError).toBe(fastapiErrors);
    expect(plan.formatError?.schema).toMatchObject({ type: 'object', required: ['detail'] });
  });
});
