import { setMaxListeners } from 'node:events';
import { createApp, type App, type AppOptions } from '@sluice/core';
import { chooseEngine, type TestEngine } from './choose-engine';
import { MemoryTransport } from './memory-transport';
import { SocketTransport } from './socket-transport';
import { TestClient, type ClientOptions } from './test-client';
import type { Transport } from './transport';

/** The options of `createApp`, and the engine. */
export interface TestAppOptions extends Omit<AppOptions, 'engine'> {
  /**
   * `memory` or `socket`; default the environment variable SLUICE_TEST_ENGINE, else `memory`. The other names are those
   * of `createApp`, for the engine on a socket.
   */
  readonly engine?: TestEngine | NonNullable<AppOptions['engine']>;
}

/** An application under test. `await using` closes it at the end of its block. */
export class TestApp implements AsyncDisposable {
  private readonly closing = new AbortController();

  /** Use `testApp`. */
  constructor(
    /** The application itself, for its plan and everything that a client cannot do. */
    readonly app: App,
    readonly engine: TestEngine,
    private readonly transport: Transport,
  ) {
    // Every request in progress adds a listener, so there may be any number of them.
    setMaxListeners(0, this.closing.signal);
  }

  /**
   * The URL on which it listens, `http://127.0.0.1:40123`, for a browser, a WebSocket client or another program.
   *
   * @throws TypeError in memory
   */
  get url(): string {
    if (this.transport.url !== undefined) return this.transport.url;
    throw new TypeError('In memory the application has no URL. Run this test with { engine: "socket" }.');
  }

  /** Makes a client with its own cookies. */
  client(options: ClientOptions = {}): TestClient {
    return new TestClient(this.transport, options, this.closing.signal);
  }

  /** Cuts the responses that its clients have not read to the end, and closes the application after its background tasks. */
  async close(): Promise<void> {
    this.closing.abort(new Error('The test application was closed.'));
    this.transport.close();
    await this.app.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Makes an application and runs it for a test: in memory, or on a free port of 127.0.0.1.
 *
 * @param options those of `createApp`, or an application that does not listen yet
 * @throws ConfigurationError with every mistake of the application
 * @example await using app = await testApp({ controllers: [NotesController] });
 */
export async function testApp(
  options: TestAppOptions | App,
  { engine: asked }: { readonly engine?: TestEngine } = {},
): Promise<TestApp> {
  if ('injectStream' in options) return runApp(options, chooseEngine(asked));
  const { engine, ...appOptions } = options;
  if (engine === 'auto' || engine === 'uws' || engine === 'node')
    return runApp(await createApp({ ...appOptions, engine }), chooseEngine(asked));
  const chosen = chooseEngine(engine ?? asked);
  return runApp(await createApp(appOptions), chosen);
}

async function runApp(app: App, engine: TestEngine): Promise<TestApp> {
  const transport = await (engine === 'memory' ? MemoryTransport : SocketTransport).open(app);
  return new TestApp(app, engine, transport);
}
