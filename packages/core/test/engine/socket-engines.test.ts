import { request as httpRequest } from 'node:http';
import { BackgroundQueue } from '../../src/engine/background-queue';
import { CleanUps } from '../../src/engine/clean-ups';
import type { EngineTable } from '../../src/engine/engine';
import { RequestTrace } from '../../src/engine/request-trace';
import type { EngineName } from '../../src/engine/make-engine';
import { UwsEngine } from '../../src/engine/uws/uws-engine';
import { NO_MARKS } from '../../src/routing/route-mark';
import { parsePathPattern, type PathPattern } from '../../src/routing/path-pattern';
import { makeLogger } from '../make-logger';
import { describeAsyncContext } from './async-context-contract';
import { describeBackground } from './background-contract';
import { describeBytes } from './byte-contract';
import { describeEngine } from './engine-contract';
import { describeRequestEnds } from './request-end-contract';
import { describeStreams } from './stream-contract';
import type { ContractRequest, ContractResponse, Harness } from './harness';

const ON_THE_WIRE_ONLY = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding', 'uwebsockets']);

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

for (const [engine, name] of [
  ['uws', 'µWebSockets'],
  ['node', 'node:http'],
] as const) {
  const harness = makeHarness(engine);
  describeEngine(`The engine on ${name}`, harness);
  describeStreams(name, harness);
  describeRequestEnds(name, harness);
  describeBackground(name, harness);
  describeAsyncContext(name, harness);
  describeBytes(name, harness);
}

describe('mounting on µWebSockets', () => {
  it('does not compare each route with every other', () => {
    const countReads = (count: number): number => {
      const { table, reads } = makeCountingTable(count);
      new UwsEngine(table, { hideEngineHeader: false });
      return reads.length;
    };
    expect(countReads(10)).toBeGreaterThan(0);
    expect(countReads(200)).toBe(20 * countReads(10));
  });
});

/** Routes for all methods that note each look at their method. */
function makeCountingTable(count: number): { table: EngineTable; reads: string[] } {
  const reads: string[] = [];
  const routes = Array.from({ length: count }, (_, index) => {
    const pattern = parsePathPattern('', `/items-${index}`) as PathPattern;
    const known = { parameters: [], name: 'show', bodyLimit: 0, marks: NO_MARKS, kind: 'route' as const };
    const info = { path: pattern.path, ...known };
    return {
      get method() {
        reads.push(pattern.path);
        return 'ALL' as const;
      },
      pattern,
      info: { ...info, method: 'ALL' as const },
      run: () => undefined,
      readsBody: false,
    };
  });
  return {
    table: {
      routes,
      fallback: routes[0]!,
      logger: makeLogger(),
      trace: new RequestTrace(false),
      cleanUps: new CleanUps(makeLogger(), 0),
      background: new BackgroundQueue(),
    },
    reads,
  };
}
