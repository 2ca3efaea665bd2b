import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { TlsOptions } from '../../src';
import type { EngineName } from '../../src/engine/make-engine';
import type { ContractRequest, ContractResponse, Harness } from './harness';

const ON_THE_WIRE_ONLY = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding', 'uwebsockets']);

/** Runs applications on sockets, on the engine of the name, with TLS if there are options of it. */
export const makeHarness = (engine: EngineName, tls?: TlsOptions): Harness => ({
  refusesRawTargets: engine === 'node',
  async open(app) {
    process.env['SLUICE_ENGINE'] = engine;
    const listening = app.listen({ port: 0, handleSignals: false, ...(tls && { tls }) });
    delete process.env['SLUICE_ENGINE'];
    const { port } = await listening;
    expect(app.engine).toBe(engine);
    return {
      send: (request) => sendTo(tls === undefined ? httpRequest : httpsRequest, port, request),
      close: () => app.close({ timeoutMs: 0 }),
    };
  },
});

function sendTo(
  ask: typeof httpRequest,
  port: number,
  { method = 'GET', url, headers = {}, body, signal }: ContractRequest,
): Promise<ContractResponse> {
  const isChunked = headers['transfer-encoding'] !== undefined;
  const length = body === undefined || isChunked ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = ask({
      port,
      host: '127.0.0.1',
      agent: false,
      ...{ rejectUnauthorized: false },
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
