import { createServer, type AddressInfo } from 'node:net';
import { ConfigurationError, contextKey, createApp, OnStart, serve, type App } from '../../src';
import { makeWorkDecorator } from '../../src/kit';
import type { Mistake } from './mistake';

/** Listens on a free port that another server has taken. The port in the message is replaced by 8000, so that tests can compare it. */
async function listenOnTakenPort(): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await listen({ port });
  } catch (error) {
    const { problems } = error as ConfigurationError;
    throw new ConfigurationError(
      problems.map((problem) => ({ ...problem, fault: problem.fault.replace(`:${port}.`, ':8000.') })),
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Runs `use` with an application that listens. */
async function withListening(use: (app: App) => unknown): Promise<void> {
  const app = await createApp({});
  await app.listen({ port: 0, handleSignals: false });
  try {
    await use(app);
  } finally {
    await app.close();
  }
}

class Broken {
  @OnStart() connect() {
    throw new Error('no route to host');
  }
}

class Nightly {
  @makeWorkDecorator({ decorator: '@Daily', service: 'daily', options: {} }) clean() {}
}

function fail(message: string): never {
  throw new Error(message);
}

async function closed(): Promise<App> {
  const app = await createApp({});
  await app.close();
  return app;
}

async function mountItself(): Promise<App> {
  const app = await createApp({});
  return app.mount('/a', app);
}

async function mountTwice(): Promise<App> {
  const inner = await createApp({});
  return (await createApp({})).mount('/a', inner).mount('/b', inner);
}

async function listen(options: object): Promise<unknown> {
  return (await createApp({})).listen({ handleSignals: false, ...options });
}

async function mountWithOtherLimit(): Promise<App> {
  const inner = await createApp({ maxHeaderBytes: 65_536 });
  return (await createApp({})).mount('/a', inner);
}

const AGAIN = 'Make a new application with createApp().';
const middleware = { name: 'late', handle: () => undefined };

async function serveWithoutFile(): Promise<unknown> {
  const { argv } = process;
  process.argv = argv.slice(0, 1);
  try {
    return await serve(() => createApp({}), { workers: 2 });
  } finally {
    process.argv = argv;
  }
}

export const LISTEN_MISTAKES: readonly Mistake[] = [
  {
    code: 'APP_STARTED',
    when: 'middleware is added after listen',
    make: () => withListening((app) => app.use(middleware)),
    place: 'app.use',
    fault: 'Middleware was added after listen.',
    cure: 'Add all middleware before app.listen().',
  },
  {
    code: 'APP_STARTED',
    when: 'an application listens twice',
    make: () => withListening((app) => app.listen({ port: 0 })),
    place: 'app.listen',
    fault: 'The application is already listening.',
    cure: 'Call listen only once. To listen on a second address, make another application with createApp().',
  },
  {
    code: 'APP_CLOSED',
    when: 'an application listens after close',
    make: async () => (await closed()).listen({ port: 0 }),
    place: 'app.listen',
    fault: 'The application has been closed.',
    cure: AGAIN,
  },
  {
    code: 'APP_STARTED',
    when: 'a value is set after the application started',
    make: async () => {
      const app = await createApp({});
      await app.inject({ url: '/' });
      app.state.set(contextKey('limits'), 1);
    },
    place: 'app.state.set',
    fault: 'The value "limits" was set after the application started.',
    cure: 'Set it before listen or in onStart. For data that changes later, set a Map, an object or a client.',
  },
  {
    code: 'START_FAILED',
    when: 'something with @OnStart fails',
    make: async () => (await createApp({ providers: [Broken] })).listen({ port: 0 }),
    place: 'Broken.connect',
    fault: 'It failed when the application started: no route to host',
    cure: 'Fix the cause and start again. Everything that had started was stopped, and the application is closed.',
  },
  {
    code: 'SERVICE_INVALID',
    when: 'a value that is not a service is listed',
    make: () => createApp({ services: [class Ticker {}] }),
    place: 'createApp, services 0',
    fault: 'The class Ticker is not a service.',
    cure: 'Make an instance: new Ticker(…).',
  },
  {
    code: 'SERVICE_INVALID',
    when: 'two services have one name',
    make: () => createApp({ services: [{ name: 'queue' }, { name: 'queue' }] }),
    place: 'createApp, services 1',
    fault: 'Another service has the name "queue" too.',
    cure: 'List it once, or give one of them another name.',
  },
  {
    code: 'SERVICE_INVALID',
    when: 'prepare of a service throws',
    make: () => createApp({ services: [{ name: 'queue', prepare: () => fail('boom') }] }),
    place: 'queue',
    fault: 'prepare threw: boom',
    cure: 'Correct prepare. A mistake that it finds is a ConfigurationError.',
  },
  {
    code: 'WORK_WITHOUT_SERVICE',
    when: 'a method has the decorator of a service that the application does not have',
    make: () => createApp({ providers: [Nightly] }),
    place: 'Nightly.clean',
    fault: 'It has @Daily, but the application has no service "daily", so nothing calls it.',
    cure: 'Add the service to createApp({ services: […] }), or remove @Daily.',
  },
  {
    code: 'START_FAILED',
    when: 'onStart fails',
    make: async () =>
      (await createApp({ onStart: () => Promise.reject(new Error('no')) })).inject({ url: '/' }),
    place: 'createApp, onStart',
    fault: 'It failed when the application started: no',
    cure: 'Fix the cause and start again. Everything that had started was stopped, and the application is closed.',
  },
  {
    code: 'APP_CLOSED',
    when: 'a request is injected after close',
    make: async () => (await closed()).inject({ url: '/' }),
    place: 'app.inject',
    fault: 'The application has been closed.',
    cure: AGAIN,
  },
  {
    code: 'APP_CLOSED',
    when: 'middleware is added after close',
    make: async () => (await closed()).use(middleware),
    place: 'app.use',
    fault: 'Middleware was added after close.',
    cure: 'Add all middleware before app.listen().',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the port is out of range',
    make: () => listen({ port: 70_000 }),
    place: 'app.listen()',
    fault: 'port must be a whole number from 0 to 65535.',
    cure: 'Change port, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'listen gets a port in place of its options',
    make: async () => (await createApp({})).listen(3000 as never),
    place: 'app.listen()',
    fault: 'The options must be an object.',
    cure: 'Write app.listen({ port: 3000 }).',
  },
  {
    code: 'OPTION_INVALID',
    when: 'listen gets null',
    make: async () => (await createApp({})).listen(null as never),
    place: 'app.listen()',
    fault: 'The options must be an object.',
    cure: 'Write app.listen({ port: 8000 }).',
  },
  {
    code: 'OPTION_INVALID',
    when: 'serve gets a port in place of its options',
    make: () => serve(() => createApp({}), 3000 as never),
    place: 'serve()',
    fault: 'The options must be an object.',
    cure: 'Write serve(() => createApp({ … }), { port: 3000 }).',
  },
  {
    code: 'OPTION_INVALID',
    when: 'serve gets an application in place of the function that makes it',
    make: async () => serve((await createApp({})) as never, { port: 0 }),
    place: 'serve()',
    fault: 'The first argument is not a function that makes the application.',
    cure: 'Write serve(() => createApp({ … }), { port: 8000 }).',
  },
  {
    code: 'PORT_IN_USE',
    when: 'another process listens on the port',
    make: listenOnTakenPort,
    place: 'app.listen',
    fault: 'Another process listens on 127.0.0.1:8000.',
    cure:
      'Stop the other process, or listen on another port (port: 0 takes any free one). ' +
      "For several processes on one port, let serve(…, { workers: 'auto' }) start them.",
  },
  {
    code: 'WORKERS_IMPOSSIBLE',
    when: 'a program without a main file asks for several workers',
    make: serveWithoutFile,
    place: 'serve()',
    fault: 'The program has no main file, which the workers would run.',
    cure: 'Start it as a file, or set workers: 1.',
  },
  {
    code: 'LISTEN_FAILED',
    when: 'the machine has no such address',
    make: () => listen({ port: 0, host: '192.0.2.1' }),
    place: 'app.listen',
    fault: 'The application cannot listen on 192.0.2.1:0: this machine does not have that address.',
    cure: 'Listen on another host, port or path.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a trusted proxy is not a valid address',
    make: () => createApp({ trustProxy: ['10.0.0.0/33'] }),
    place: 'createApp()',
    fault:
      "trustProxy must list addresses ('10.0.0.1'), ranges ('10.0.0.0/8'), 'loopback', 'private', 'unix' or 'all', but has \"10.0.0.0/33\".",
    cure: 'Change trustProxy, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the list of trusted proxies is empty',
    make: () => createApp({ trustProxy: [] }),
    place: 'createApp()',
    fault: 'trustProxy must be a number of proxies, or a list of their addresses.',
    cure: 'Change trustProxy, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'less than one proxy is trusted',
    make: () => createApp({ trustProxy: 0 }),
    place: 'createApp()',
    fault: 'trustProxy must count at least one proxy.',
    cure: 'Change trustProxy, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'proxyHeaders is given without trustProxy',
    make: () => createApp({ proxyHeaders: 'forwarded' }),
    place: 'createApp()',
    fault: 'proxyHeaders has no effect without trustProxy, because no proxy is trusted.',
    cure: 'Change proxyHeaders, or leave it out.',
  },
  {
    code: 'MOUNT_INVALID',
    when: 'a value that is not an application is mounted',
    make: async () => (await createApp({})).mount('/a', {} as App),
    place: 'app.mount',
    fault: 'It is not an application.',
    cure: 'Mount an application that createApp() made, only once, and not in itself.',
  },
  {
    code: 'MOUNT_INVALID',
    when: 'an application is mounted in itself',
    make: async () => mountItself(),
    place: 'app.mount',
    fault: 'It would be mounted in itself.',
    cure: 'Mount an application that createApp() made, only once, and not in itself.',
  },
  {
    code: 'MOUNT_INVALID',
    when: 'an application is mounted twice',
    make: async () => mountTwice(),
    place: 'app.mount',
    fault: 'It is already mounted.',
    cure: 'Mount an application that createApp() made, only once, and not in itself.',
  },
  {
    code: 'MOUNT_INVALID',
    when: 'a closed application is mounted',
    make: async () => (await createApp({})).mount('/a', await closed()),
    place: 'app.mount',
    fault: 'It is already listening, or it has been closed.',
    cure: 'Mount an application that createApp() made, only once, and not in itself.',
  },
  {
    code: 'MOUNT_INVALID',
    when: 'a mounted application listens',
    make: async () => {
      const inner = await createApp({});
      (await createApp({})).mount('/a', inner);
      await inner.listen({ port: 0 });
    },
    place: 'app.listen',
    fault: 'The application is mounted in another one, which starts it and passes it its requests.',
    cure: 'Call listen on the application that it is mounted in.',
  },
  {
    code: 'OPTION_MISSING',
    when: 'the header of the versions has no name',
    make: () => createApp({ versioning: { type: 'header' } as never }),
    place: 'createApp(), versioning',
    fault: 'header is required.',
    cure: 'Add header to the options.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the type of versioning is unknown',
    make: () => createApp({ versioning: { type: 'query' } as never }),
    place: 'createApp(), versioning',
    fault: 'type must be one of "path", "header", "mediaType".',
    cure: 'Change type.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the parameter of versions is the weight of media types',
    make: () => createApp({ versioning: { type: 'mediaType', parameter: 'Q' } }),
    place: 'createApp(), versioning',
    fault: "parameter must be the name of a parameter, such as 'v', but not q.",
    cure: 'Change parameter, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the prefix of versions has a slash',
    make: () => createApp({ versioning: { type: 'path', prefix: 'v/' } }),
    place: 'createApp(), versioning',
    fault: "prefix must be letters and digits, such as 'v', or empty.",
    cure: 'Change prefix, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the default version is a number',
    make: () => createApp({ versioning: { type: 'path', defaultVersion: 1 as never } }),
    place: 'createApp(), versioning',
    fault: "defaultVersion must be the name of a version, such as '1'.",
    cure: 'Change defaultVersion, or leave it out.',
  },
  {
    code: 'APP_STARTED',
    when: 'an application is mounted after listen',
    make: () => withListening(async (app) => app.mount('/a', await createApp({}))),
    place: 'app.mount',
    fault: 'An application was mounted after listen.',
    cure: 'Mount all applications before app.listen().',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the prefix of all routes is not a path',
    make: () => createApp({ prefix: 'api/' }),
    place: 'createApp()',
    fault: "prefix must be a path such as '/api', without a slash at the end.",
    cure: 'Change prefix, or leave it out.',
  },
  {
    code: 'HEADER_LIMIT_CONFLICT',
    when: 'a mounted application asks for a limit that the outer one does not have',
    make: mountWithOtherLimit,
    place: 'app.mount("/a")',
    fault: 'The mounted application has maxHeaderBytes: 65536, and the outer one has none.',
    cure: 'Give both the same maxHeaderBytes, or leave it out of the mounted one.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'the limit for heads is too small',
    make: () => createApp({ maxHeaderBytes: 16 }),
    place: 'createApp()',
    fault: 'maxHeaderBytes must be a whole number from 1024 to 1048576.',
    cure: 'Change maxHeaderBytes, or leave it out.',
  },
];
