import { printPlan, type Plan, type Step, type Versioning } from '@sluice/core';
import { printRoutes, type RoutesForm } from '../../src/routes/print-routes';
import { makePlan } from './make-plan';

type MiddlewareStep = Extract<Step, { readonly kind: 'middleware' }>;

describe('routes', () => {
  let plan: Plan;

  beforeAll(async () => (plan = await makePlan()));

  const print = (form: RoutesForm): string => printRoutes(plan, form, printPlan);
  const printSome = (count: number): string =>
    printRoutes({ routes: plan.routes.slice(0, count) }, 'text', printPlan);

  it('are printed as text as printPlan does', () => {
    expect(print('text')).toBe(printPlan(plan));
  });

  it('are printed without the fallback if only some are asked for', () => {
    expect(printSome(2).split('\n')).toEqual([
      'GET   /notes/:id  NotesController.show    gzip > cors > show',
      'POST  /notes      NotesController.create  gzip > cors > body-limit(1048576) > create',
    ]);
    expect(printSome(1)).toBe('GET  /notes/:id  NotesController.show  gzip > cors > show');
  });

  it('are followed by what services do, in JSON too', () => {
    const work = [{ kind: 'CRON', when: '0 3 * * *', name: 'Reports.nightly', steps: ['nightly'] }];
    const printed = printRoutes({ ...plan, work }, 'json', printPlan);
    expect(JSON.parse(printed)).toMatchObject({ work });
    expect(JSON.parse(print('json'))).not.toHaveProperty('work');
    const text = printRoutes({ ...plan, work }, 'text', printPlan);
    expect(text).toContain('\n\nCRON  0 3 * * *  Reports.nightly  nightly');
  });

  it('are plain JSON, whatever the options of a middleware are', () => {
    const { routes } = JSON.parse(print('json')) as { routes: object[] };
    expect(routes).toHaveLength(5);
    expect(routes[1]).toEqual({
      kind: 'route',
      method: 'POST',
      path: '/notes',
      name: 'NotesController.create',
      marks: { roles: [['admin']] },
      steps: [
        { kind: 'middleware', name: 'gzip', scope: 'application' },
        {
          kind: 'middleware',
          name: 'cors',
          scope: 'controller',
          options: { allowOrigins: ['/^https:/'], decide: '[function decide]', limit: '7' },
        },
        { kind: 'body-limit', name: 'body-limit(1048576)' },
        { kind: 'handler', name: 'create' },
      ],
    });
    expect(routes.at(-1)).toMatchObject({ kind: 'fallback', method: 'ALL', path: '/*', name: 'fallback' });
  });

  it('are plain JSON with instances, lists of any kind and numbers that JSON lacks', () => {
    class Store {
      readonly password = 'swordfish';
      readonly owner: object = { store: this };
    }
    const [first] = plan.routes;
    const options = {
      store: new Store(),
      names: new Set(['a']),
      sizes: new Map([['b', { store: new Store() }]]),
      since: new Date(0),
      longest: Infinity,
    };
    const steps = [{ ...first!.steps[0]!, options } as MiddlewareStep];
    const printed = printRoutes({ routes: [{ ...first!, steps }] }, 'json', printPlan);
    const { routes } = JSON.parse(printed) as { routes: { steps: { options: unknown }[] }[] };
    expect(routes[0]!.steps[0]!.options).toEqual({
      store: '[instance of Store]',
      names: ['a'],
      sizes: [['b', { store: '[instance of Store]' }]],
      since: '1970-01-01T00:00:00.000Z',
      longest: 'Infinity',
    });
  });

  it('are drawn with each middleware once, as long as their ways are the same', () => {
    expect(print('mermaid').split('\n')).toEqual([
      'flowchart LR',
      '  request([request])',
      '  s1["gzip"]',
      '  request --> s1',
      '  s2["cors"]',
      '  s1 --> s2',
      '  r1(["GET /notes/:id<br/>NotesController.show"])',
      '  s2 --> r1',
      '  s3["body-limit(1048576)"]',
      '  s2 --> s3',
      '  r2(["POST /notes<br/>NotesController.create"])',
      '  s3 --> r2',
      '  r3(["GET /<br/>home"])',
      '  s1 --> r3',
      '  r4(["GET /files/*<br/>files"])',
      '  s1 --> r4',
      '  r5(["* /*<br/>fallback"])',
      '  s1 --> r5',
    ]);
  });

  it('are drawn with a version that a header names', () => {
    const [first] = plan.routes;
    const draw = (by: Versioning): string =>
      printRoutes({ routes: [{ ...first!, version: { name: '2', by } }] }, 'mermaid', printPlan);
    expect(draw({ type: 'header', header: 'X-API-Version' })).toContain('"GET /notes/:id (version 2)<br/>');
    expect(draw({ type: 'path' })).toContain('"GET /notes/:id<br/>');
  });

  it('are drawn with names that have the characters of Mermaid', () => {
    const [first] = plan.routes;
    const steps = [{ ...first!.steps[0]!, name: 'a "b" <c>' }];
    const drawn = printRoutes({ routes: [{ ...first!, steps }] }, 'mermaid', printPlan);
    expect(drawn).toContain('s1["a #34;b#34; #60;c#62;"]');
  });
});
