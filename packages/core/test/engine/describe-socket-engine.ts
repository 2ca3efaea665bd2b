import { request as httpRequest } from 'node:http';
import { createApp } from '../../src';
import type { EngineName } from '../../src/engine/make-engine';
import { makeLogger } from '../make-logger';
import { describeAsyncContext } from './async-context-contract';
import { describeBackground } from './background-contract';
import { describeBytes } from './byte-contract';
import { describeEngine } from './engine-contract';
import type { ContractRequest, ContractResponse, Harness } from './harness';
import { describeRequestEnds } from './request-end-contract';
import { describeSmallBodies } from './small-body-contract';
import { describeStreams } from './stream-contract';

const ON_THE_WIRE_ONLY = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding', 'uwebsockets']);

/** Runs applications on sockets, on the engine of the name. */
const makeHarness = (engine: EngineName): Harness => ({
  refusesRawTargets: engine === 'node',
  async open(app) {
    process.env['SLUICE_ENGINE'] = engine;
    const listening = app.listen({ port: 0, handleSignals: false });
    delete process.env['SLUICE_ENGINE'];
    const { port } = await listening;
    expect(app.engine).toBe(engine);
    return {
      send: (request) => sendTo(port, request),
      close: () => app.close({ timeoutMs: 0 }),
    };
  },
});

function sendTo(
  port: number,
  { method = 'GET', url, headers = {}, body, signal }: ContractRequest,
): Promise<ContractResponse> {
  const isChunked = headers['transfer-encoding'] !== undefined;
  const length = body === undefined || isChunked ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      agent: false,
      method,
      path: url,
      headers: { ...length, ...(headers as Record<string, string | string[]>) },
      ...(signal && { signal }),
    });
    request.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject).on('data', (chunk: Buffer) => void chunks.push(chunk));
      response.on('end', () => {
        const raw = response.rawHeaders;
        const lines = raw
          .flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1]!]] : []))
          .filter(([name]) => !ON_THE_WIRE_ONLY.has(name.toLowerCase()));
        resolve({ status: response.statusCode!, lines, body: Buffer.concat(chunks) });
      });
    });
    // With a text, Node would encode the head as UTF-8 too.
    if (body !== undefined) request.write(Buffer.from(body));
    request.end();
  });
}

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
