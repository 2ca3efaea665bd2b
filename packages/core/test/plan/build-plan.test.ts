import { NO_MARKS } from '../../src/routing/route-mark';
import { IsString } from 'class-validator';
import {
  All,
  Body,
  BodyLimit,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  UseMiddleware,
  type Context,
  type Middleware,
  type RouteInfo,
} from '../../src';
import { makePlan, named } from './make-plan';

class CreateNote {
  @IsString() text!: string;
}

@Controller('/notes')
@UseMiddleware(named('two'), named('three'))
@UseMiddleware(named('four'))
class NotesController {
  @Get()
  list() {}

  @UseMiddleware(named('five'))
  @Get('/:id')
  @UseMiddleware(named('six'), named('seven'))
  show(@Param('id') _id: string) {}

  @Post()
  create(@Body() _note: CreateNote) {}

  @Post('/text')
  @BodyLimit(10)
  note(@Body() _text: string) {}

  @Delete('/:id')
  remove() {}

  @All('/any')
  any() {}
}

describe('the plan', () => {
  it('runs application, then controller, then method, each in the order written', () => {
    const { lines, problems } = makePlan({ controllers: [NotesController], middleware: [named('one')] });
    expect(problems).toEqual([]);
    expect(lines).toEqual([
      'GET  /notes  NotesController.list  one > two > three > four > list',
      'GET  /notes/:id  NotesController.show  one > two > three > four > five > six > seven > show',
      'POST  /notes  NotesController.create  one > two > three > four > body(json) > validate(CreateNote) > create',
      'POST  /notes/text  NotesController.note  one > two > three > four > body(text) > note',
      'DELETE  /notes/:id  NotesController.remove  one > two > three > four > body-limit(1048576) > remove',
      '*  /notes/any  NotesController.any  one > two > three > four > body-limit(1048576) > any',
      '*  /*  fallback  one',
    ]);
  });

  it('has the scope of every middleware', () => {
    const { plan } = makePlan({ controllers: [NotesController], middleware: [named('one')] });
    const scopes = plan.routes[1]!.steps.flatMap((step) => (step.kind === 'middleware' ? [step.scope] : []));
    expect(scopes).toEqual(['application', ...Array(3).fill('controller'), ...Array(3).fill('method')]);
  });

  it('takes the body limit of the method, or else of the class, or else the default', () => {
    @Controller('/a')
    @BodyLimit(5)
    class Limited {
      @Post('/own') @BodyLimit(7) own() {}
      @Post('/class') ofClass() {}
    }
    const { plan } = makePlan({ controllers: [Limited, NotesController] });
    expect(plan.routes.slice(0, 3).map(({ info }) => info.bodyLimit)).toEqual([7, 5, 1_048_576]);
  });

  it('can be made of plain routes', () => {
    const show = (context: Context) => context.request.path;
    const { lines, plan } = makePlan({
      middleware: [named('app')],
      routes: [
        { method: 'GET', path: '/a/:id', handler: show, middleware: [named('own')] },
        { method: 'POST', path: 'b', handler: () => 1, name: 'makeB', bodyLimit: 3 },
      ],
    });
    expect(lines).toEqual([
      'GET  /a/:id  show  app > own > show',
      'POST  /b  makeB  app > body-limit(3) > makeB',
      '*  /*  fallback  app',
    ]);
    expect(plan.routes[0]!.info).toEqual({
      method: 'GET',
      path: '/a/:id',
      name: 'show',
      parameters: ['id'],
      bodyLimit: 1_048_576,
      kind: 'route',
      marks: NO_MARKS,
    });
  });

  it('has only the fallback when nothing is listed', () => {
    expect(makePlan({}).lines).toEqual(['*  /*  fallback']);
  });
});

describe('prepare', () => {
  const prepared: RouteInfo[] = [];
  const careful: Middleware = {
    name: 'careful',
    options: { level: 1, list: ['a'], pattern: /a/ },
    prepare(route) {
      prepared.push(route);
      if (route.kind === 'fallback') return null;
      return route.method === 'GET' ? { ...this, name: 'careful-get' } : this;
    },
    handle: (_context, next) => next(),
  };
  beforeEach(() => (prepared.length = 0));

  it('is called once for every route and for the fallback, and chooses the step there', () => {
    const { lines } = makePlan({
      middleware: [careful],
      routes: [
        { method: 'GET', path: '/a', handler: () => 1, name: 'a' },
        { method: 'DELETE', path: '/a', handler: () => 1, name: 'b' },
      ],
    });
    expect(lines).toEqual([
      'GET  /a  a  careful-get > a',
      'DELETE  /a  b  careful > body-limit(1048576) > b',
      '*  /*  fallback',
    ]);
    expect(prepared.map(({ method, path, kind }) => [method, path, kind])).toEqual([
      ['GET', '/a', 'route'],
      ['DELETE', '/a', 'route'],
      ['ALL', '/*', 'fallback'],
    ]);
  });
});

describe('the plan as data', () => {
  const options = { level: 1, list: ['a', { b: 2 }] };
  const { plan } = makePlan({
    controllers: [NotesController],
    middleware: [{ ...named('one'), options }],
    errorHandlers: [{ error: TypeError, handle: () => 1 }],
  });

  it('is frozen all the way down', () => {
    const seen = new Set<unknown>();
    const loose: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return;
      seen.add(value);
      if (!Object.isFrozen(value)) loose.push(path);
      for (const [name, item] of Object.entries(value)) visit(item, `${path}.${name}`);
    };
    visit(plan, 'plan');
    expect(loose).toEqual([]);
    expect(seen.size).toBeGreaterThan(50);
  });

  it('does not freeze the options of the user', () => {
    expect([Object.isFrozen(options), Object.isFrozen(options.list)]).toEqual([false, false]);
  });

  it('describes every route as JSON', () => {
    const json = JSON.parse(JSON.stringify(plan)) as typeof plan;
    expect(json.routes.map(({ info }) => info.name)).toEqual(plan.routes.map(({ info }) => info.name));
    expect(json.routes[1]).toMatchObject({
      info: { method: 'GET', path: '/notes/:id', parameters: ['id'], kind: 'route' },
      pattern: { path: '/notes/:id', segments: ['notes', ':id'] },
    });
    expect(json.routes[1]!.steps[0]).toEqual({
      kind: 'middleware',
      name: 'one',
      scope: 'application',
      options,
    });
    expect(json.routes[1]!.steps.at(-1)).toEqual({
      kind: 'handler',
      name: 'show',
      arguments: [{ kind: 'param', name: 'id', coercion: 'text', position: 0 }],
      describes: {
        statuses: {
          400: { description: 'The URL has malformed percent-encoding.' },
          404: { description: 'Nothing is there.' },
        },
      },
    });
  });

  it('is the same each time', () => {
    const again = makePlan({
      controllers: [NotesController],
      middleware: [{ ...named('one'), options }],
    }).plan;
    expect(JSON.stringify(again.routes.map(({ steps }) => steps))).toBe(
      JSON.stringify(plan.routes.map(({ steps }) => steps)),
    );
  });
});
