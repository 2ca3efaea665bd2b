import { ConfigurationError, createApp, printPlan, type AppOptions, type InjectRequest } from '@sluice/core';
import { tracing, type TracingOptions } from '../src';
import { Spans } from './spans';

const routes: NonNullable<AppOptions['routes']> = [
  { method: 'GET', path: '/', name: 'greet', handler: () => 'Hello' },
];

describe('the options of tracing', () => {
  const spans = new Spans();
  afterAll(() => spans.unregister());
  beforeEach(() => void spans.take());

  async function ask(options: TracingOptions, request: Partial<InjectRequest> = {}, more: AppOptions = {}) {
    const app = await createApp({ middleware: [tracing(options)], routes, ...more });
    const response = await app.inject({ url: '/', ...request });
    return { response, attributes: spans.take()[0]?.attributes ?? {} };
  }

  it('choose addresses and the User-Agent', async () => {
    const headers = { 'user-agent': 'curl/8' };
    const address = '192.0.2.7';
    expect((await ask({ address: true }, { headers, address })).attributes).toMatchObject({
      'client.address': address,
      'network.peer.address': address,
      'user_agent.original': 'curl/8',
    });
    const { attributes } = await ask({ userAgent: false }, { headers, address });
    expect(Object.keys(attributes).sort()).toEqual([
      'http.request.method',
      'http.response.status_code',
      'http.route',
      'server.address',
      'url.path',
      'url.scheme',
    ]);
  });

  it.each<[string, string | undefined, number | undefined]>([
    ['app.example', 'app.example', undefined],
    ['APP.example.:8080', 'app.example', 8080],
    ['[2001:DB8:0::1]:8080', '2001:db8::1', 8080],
    ['[::1]', '::1', undefined],
    ['a_b', undefined, undefined],
  ])(
    'do not change how the server of Host %s is recorded: address %s, port %s',
    async (host, address, port) => {
      const { attributes } = await ask({}, { headers: { host } });
      expect([attributes['server.address'], attributes['server.port']]).toEqual([address, port]);
    },
  );

  it.each<[TracingOptions['query'], string, string | undefined]>([
    [undefined, '/?page=1&token=x', undefined],
    [true, '/?page=1&token=x', 'page=1&token=x'],
    [true, '/', undefined],
    [
      true,
      '/?color=blue&sig=a%3D&%73ig=b&Signature=c&X-Amz-Signature=d&signature=e&sig',
      'color=blue&sig=REDACTED&%73ig=REDACTED&Signature=REDACTED&X-Amz-Signature=REDACTED&signature=e&sig=REDACTED',
    ],
    [
      ['page', 'sort by'],
      '/?token=x&page=1&sort%20by=a&sort+by=b&%zz=c&page',
      'page=1&sort%20by=a&sort+by=b&page',
    ],
    [['page'], '/?token=x', undefined],
    [[], '/?token=x', undefined],
  ])('choose what is recorded of the query: %j', async (query, url, recorded) => {
    const { attributes } = await ask({ ...(query !== undefined && { query }) }, { url });
    expect(attributes['url.query']).toBe(recorded);
  });

  it('name the trace in a header of every response', async () => {
    const app = await createApp({ middleware: [tracing({ responseHeader: 'traceresponse' })], routes });
    for (const url of ['/', '/nowhere']) {
      const response = await app.inject({ url });
      const { traceId, spanId } = spans.takeOne().spanContext();
      expect(response.header('traceresponse')).toBe(`00-${traceId}-${spanId}-01`);
    }
    const { response } = await ask({ responseHeader: 'server-timing' });
    expect(response.header('server-timing')).toMatch(/^traceparent;desc="00-[0-9a-f]{32}-[0-9a-f]{16}-01"$/);
    expect(Object.keys((await ask({})).response.headers)).not.toContain('traceresponse');
  });

  it('leave requests out', async () => {
    const { attributes, response } = await ask({ skip: ({ request }) => request.path === '/' });
    expect(response.text()).toBe('Hello');
    expect(attributes).toEqual({});
  });

  it('read the client behind a trusted proxy, without an effect on Vary', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'app.example',
    };
    const { attributes, response } = await ask(
      { address: true },
      { headers, address: '127.0.0.1' },
      { trustProxy: 1 },
    );
    expect(attributes).toMatchObject({
      'client.address': '203.0.113.9',
      'network.peer.address': '127.0.0.1',
      'url.scheme': 'https',
      'server.address': 'app.example',
    });
    expect(response.header('vary')).toBeUndefined();
  });

  it('are in the plan, where the innermost counts', async () => {
    const inner = tracing({
      steps: true,
      skip: function isQuiet() {
        return false;
      },
    });
    const app = await createApp({
      middleware: [tracing()],
      routes: [{ ...routes[0]!, middleware: [inner] }],
    });
    expect(printPlan({ routes: app.plan.routes })).toMatch(/^GET +\/ +greet +tracing > greet$/m);
    const [step] = app.plan.routes[0]!.steps;
    expect(step).toMatchObject({ options: { incoming: 'continue', steps: true, skip: 'function isQuiet' } });
    await app.inject({ url: '/' });
    expect(spans.take().map(({ name }) => name)).toEqual(['handler greet', 'GET /']);
  });

  it.each<[object, string]>([
    [{ incomming: 'link' }, 'OPTION_UNKNOWN'],
    [{ incoming: 'trust' }, 'OPTION_INVALID'],
    [{ steps: 'all' }, 'OPTION_INVALID'],
    [{ query: ['page', 5] }, 'OPTION_INVALID'],
    [{ responseHeader: 'X-Trace' }, 'OPTION_INVALID'],
    [{ skip: '/health' }, 'OPTION_INVALID'],
  ])('are checked: %j', (options, code) => {
    const make = () => tracing(options);
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(code);
  });
});
