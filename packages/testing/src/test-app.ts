import { setMaxListeners } from 'node:events';
import { createApp, type App, type AppOptions } from '@sluice/core';
import { chooseEngine, type TestEngine } from './choose-engine';
import { MemoryTransport } from './memory-transport';
import { SocketTransport } from './socket-transport';
import { TestClient, type ClientOptions } from './test-client';
import type { Transport } from './transport';

/** What a test application is made of, and where it runs. */
export interface TestAppOptions extends AppOptions {
  /** Default: the environment variable SLUICE_TEST_ENGINE, else `memory`. */
  readonly engine?: TestEngine;
}

/** An application under test. `await using` closes it at the end of its block. */
export class TestApp implements AsyncDisposable {
  private readonly closing = new AbortController();

  /** Use `testApp`. */
  constructor(
    /** The application itself: its plan, and what else the client has no word for. */
    readonly app: App,
    readonly engine: TestEngine,
    private readonly transport: Transport,
  ) {
    // One for each request under way, however many there are.
    setMaxListeners(0, this.closing.signal);
  }

  /**
   * Where it listens, `http://127.0.0.1:40123`: for a browser, a WebSocket client, any program of another kind.
   *
   * @throws TypeError in memory, where it listens nowhere
   */
  get url(): string {
    if (this.transport.url !== undefined) return this.transport.url;
    throw new TypeError('In memory the application has no URL: run this test with { engine: "socket" }.');
  }

  /** A client of its own: it shares no cookies with others. */
  client(options: ClientOptions = {}): TestClient {
    return new TestClient(this.transport, options, this.closing.signal);
  }

  /** Cuts what its clients have not read to the end, and closes the application: background tasks are waited for. */
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
 * @throws ConfigurationError with every mistake there is
 * @example await using app = await testApp({ controllers: [NotesController] });
 */
export async function testApp(
  options: TestAppOptions | App,
  { engine: asked }: { readonly engine?: TestEngine } = {},
): Promise<TestApp> {
  if ('injectStream' in options) return runApp(options, chooseEngine(asked));
  const { engine = asked, ...appOptions } = options;
  const chosen = chooseEngine(engine);
  return runApp(await createApp(appOptions), chosen);
}

async function runApp(app: App, engine: TestEngine): Promise<TestApp> {
  const transport = await (engine === 'memory' ? MemoryTransport : SocketTransport).open(app);
  return new TestApp(app, engine, transport);
}
