import { createApp } from '../../src';
import type { EngineName } from '../../src/engine/make-engine';
import { makeLogger } from '../make-logger';
import { describeAsyncContext } from './async-context-contract';
import { describeBackground } from './background-contract';
import { describeBytes } from './byte-contract';
import { describeEngine } from './engine-contract';
import { describeRequestEnds } from './request-end-contract';
import { describeSmallBodies } from './small-body-contract';
import { makeHarness } from './socket-harness';
import { describeStreams } from './stream-contract';

/** The contract suite on sockets. Its title has the name of the engine. */
export function describeSocketEngine(engine: EngineName, name: string): void {
  const harness = makeHarness(engine);
  describeEngine(`The engine on ${name}`, harness);
  describeStreams(name, harness);
  describeRequestEnds(name, harness);
  describeBackground(name, harness);
  describeAsyncContext(name, harness);
  describeBytes(name, harness);
  describeSmallBodies(engine, name);

  it(`${name} leaves no port behind if the application closes while it begins to listen`, async () => {
    const make = () => createApp({ engine, logger: makeLogger() });
    const earlier = await make();
    const { port, url } = await earlier.listen({ port: 0, handleSignals: false });
    await earlier.close();
    const app = await make();
    const listening = app.listen({ port, handleSignals: false });
    await Promise.all([
      app.close(),
      expect(listening).rejects.toMatchObject({ problems: [{ code: 'APP_CLOSED' }] }),
    ]);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });
}
