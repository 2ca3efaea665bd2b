import { createApp, notFound, type App } from '../../../src';

const fail = (): never => {
  throw new Error('on purpose');
};
const TRAPS = { get: fail, has: fail, getPrototypeOf: fail, ownKeys: fail };
const PROPERTIES = [
  ...[
    'name',
    'message',
    'stack',
    'cause',
    'constructor',
    'toString',
    'toJSON',
    'then',
    'code',
    'type',
    'title',
  ],
  ...['status', 'statusCode', 'headers', 'errors', 'detail', 'expose', 'instance'],
];

function makeRevoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Values that throw when they are looked at. */
const VALUES: Readonly<Record<string, () => unknown>> = {
  ...Object.fromEntries(
    PROPERTIES.flatMap((name): [string, () => unknown][] => [
      [`an Error whose ${name} throws`, () => Object.defineProperty(new Error('x'), name, { get: fail })],
      [`an HttpError whose ${name} throws`, () => Object.defineProperty(notFound(), name, { get: fail })],
      [
        `an object whose ${name} throws`,
        () => Object.defineProperty({}, name, { get: fail, enumerable: true }),
      ],
    ]),
  ),
  'a Proxy': () => new Proxy({}, TRAPS),
  'a Proxy of an Error': () => new Proxy(new Error('x'), TRAPS),
  'a Proxy of an HttpError': () => new Proxy(notFound(), TRAPS),
  'a revoked Proxy': () => makeRevoked({}),
  'a revoked Proxy of a function': () => makeRevoked(() => 1),
  'an Error whose cause is a Proxy': () => new Error('x', { cause: new Proxy({}, TRAPS) }),
  'an AggregateError of such': () =>
    new AggregateError([Object.defineProperty(new Error('x'), 'message', { get: fail })]),
  'an HttpError whose detail is a symbol': () => Object.assign(notFound(), { detail: Symbol('x') }),
  'an object without a prototype': () => Object.create(null) as unknown,
  'a symbol': () => Symbol('x'),
};

const WAYS: Readonly<Record<string, (make: () => unknown) => unknown>> = {
  throws: (make) => {
    throw make();
  },
  rejects: (make) => Promise.reject(make()),
  returns: (make) => make(),
  'returns a list of': (make) => [make()],
  'promises a list of': async (make) => [make()],
};

describe.each([
  { development: true, handles: false },
  { development: false, handles: false },
  { development: true, handles: true },
])('An application with %j', ({ development, handles }) => {
  let app: App;
  const errorHandlers = [
    { error: TypeError, handle: () => undefined },
    { error: 418, handle: () => undefined },
  ];

  beforeAll(async () => {
    app = await createApp({
      development,
      logger: { info() {}, warn() {}, error() {} },
      errorHandlers: handles ? errorHandlers : [],
      routes: Object.values(WAYS).flatMap((run, way) =>
        Object.values(VALUES).map((make, value) => ({
          method: 'GET' as const,
          path: `/${way}/${value}`,
          handler: () => run(make),
        })),
      ),
    });
  });
  afterAll(() => app.close());

  const cases = Object.keys(WAYS).flatMap((way, first) =>
    Object.keys(VALUES).map((value, second) => [`${way} ${value}`, `/${first}/${second}`] as const),
  );

  it.each(cases)('answers a handler that %s', async (_title, url) => {
    for (const accept of ['application/json', 'text/html']) {
      const { status } = await app.inject({ url, headers: { accept } });
      expect([200, 204, 404, 500]).toContain(status);
    }
  });
});
