import { printPlan, type Plan } from '@sluice/core';
import { printRoutes, type RoutesForm } from '../../src/routes/print-routes';
import { makePlan } from './make-plan';

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

  it('are drawn with names that have the characters of Mermaid', () => {
    const [first] = plan.routes;
    const steps = [{ ...first!.steps[0]!, name: 'a "b" <c>' }];
    const drawn = printRoutes({ routes: [{ ...first!, steps }] }, 'mermaid', printPlan);
    expect(drawn).toContain('s1["a #34;b#34; #60;c#62;"]');
  });
});
