import { createApp, printPlan, type AppOptions, type Context } from '@sluice/core';
import { SPAN, tracing } from '../src';
import { Spans } from './spans';

const routes: NonNullable<AppOptions['routes']> = [
  {
    method: 'GET',
    path: '/',
    name: 'greet',
    handler: (context: Context) => String(context.get(SPAN)?.constructor.name),
  },
];

describe('tracing without a registered SDK', () => {
  beforeEach(() => jest.resetModules());
  afterEach(() => jest.dontMock('@opentelemetry/api'));

  it('leaves every route as it is, so it costs nothing', async () => {
    const app = await createApp({ middleware: [tracing({ steps: true })], routes });
    const without = await createApp({ routes });
    expect(printPlan(app.plan)).toBe(printPlan(without.plan));
    expect(app.plan.fallback.steps).toEqual([]);
    expect((await app.inject({ url: '/' })).text()).toBe('undefined');
  });

  it('refuses to start where an SDK is required', async () => {
    await expect(createApp({ middleware: [tracing({ required: true })], routes })).rejects.toMatchObject({
      problems: [
        {
          code: 'OPTION_INVALID',
          place: 'tracing()',
          fault: 'required is true, but no SDK of OpenTelemetry is registered.',
        },
      ],
    });
  });

  it('says where an SDK is required that it is registered in a copy of the API which is too old for this one', async () => {
    const kept = globalThis as { [key: symbol]: unknown };
    const key = Symbol.for('opentelemetry.js.api.1');
    kept[key] = { version: '1.0.0', trace: {} };
    try {
      const required = createApp({ middleware: [tracing({ required: true })], routes });
      await expect(required).rejects.toMatchObject({
        problems: [
          {
            code: 'OPTION_INVALID',
            fault:
              'required is true, but the SDK of OpenTelemetry is registered in another copy of @opentelemetry/api, of an older version.',
            cure: 'Install one version of it: npm ls @opentelemetry/api.',
          },
        ],
      });
    } finally {
      delete kept[key];
    }
  });

  it('looks for the SDK when an application is created, not before or later', async () => {
    const middleware = [tracing({ required: true })];
    await using early = await createApp({ middleware: [tracing()], routes });
    const spans = new Spans();
    try {
      await early.start();
      expect((await early.inject({ url: '/' })).text()).toBe('undefined');
      expect(spans.count).toBe(0);
      const app = await createApp({ middleware, routes });
      expect((await app.inject({ url: '/' })).text()).toBe('SpanImpl');
      expect(spans.takeOne().name).toBe('GET /');
    } finally {
      spans.unregister();
    }
    const later = await createApp({ middleware: [tracing()], routes });
    expect((await later.inject({ url: '/' })).text()).toBe('undefined');
  });

  it('starts where the API is not installed', async () => {
    jest.doMock('@opentelemetry/api', () => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
    });
    const app = await createApp({ middleware: [tracing()], routes });
    expect((await app.inject({ url: '/' })).text()).toBe('undefined');
    const required = createApp({ middleware: [tracing({ required: true })], routes });
    await expect(required).rejects.toThrow('required is true, but @opentelemetry/api is not installed.');
  });

  it('does not hide that the API is broken', async () => {
    jest.doMock('@opentelemetry/api', () => {
      throw new SyntaxError('Unexpected token');
    });
    const required = createApp({ middleware: [tracing({ required: true })], routes });
    await expect(required).rejects.toThrow('Unexpected token');
    // It is not even loaded if nothing is registered.
    const app = await createApp({ middleware: [tracing()], routes });
    expect((await app.inject({ url: '/' })).text()).toBe('undefined');
  });
});
