import { request as httpRequest } from 'node:http';
import { describeEngine } from './engine-contract';
import type { ContractRequest, ContractResponse, Harness } from './harness';

const ON_THE_WIRE_ONLY = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding', 'uwebsockets']);

const harness: Harness = {
  async open(app) {
    const { port } = await app.listen({ port: 0, handleSignals: false });
    return {
      send: (request) => sendTo(port, request),
      close: () => app.close({ timeoutMs: 0 }),
    };
  },
};

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
    if (body !== undefined) request.write(body);
    request.end();
  });
}

describeEngine('The engine on sockets', harness);
