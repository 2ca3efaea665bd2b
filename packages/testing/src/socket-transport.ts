import { Agent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Address, App } from '@sluice/core';
import type { Transport, WireRequest, WireResponse } from './transport';

/** Sends requests over TCP to an application that listens on a free port. */
export class SocketTransport implements Transport {
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(private readonly address: Address) {}

  static async open(app: App): Promise<SocketTransport> {
    return new SocketTransport(await app.listen({ port: 0, handleSignals: false }));
  }

  get url(): string {
    return this.address.url;
  }

  send({ method, target, headers, body, signal }: WireRequest): Promise<WireResponse> {
    const { host, port } = this.address;
    return new Promise((resolve, reject) => {
      const request = httpRequest({
        host,
        port,
        agent: this.agent,
        method,
        path: target,
        headers: unwrapSingle(headers),
        setHost: false,
        signal,
      });
      request.once('error', (error) => reject(signal.aborted ? (signal.reason as Error) : error));
      request.once('response', (message) =>
        resolve({
          status: message.statusCode!,
          lines: pairLines(message.rawHeaders),
          body: readBody(message, signal),
        }),
      );
      request.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

async function* readBody(message: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* message as AsyncIterable<Uint8Array>;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Node accepts lists for some headers only. */
function unwrapSingle(headers: WireRequest['headers']): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name, values.length === 1 ? values[0]! : [...values]]),
  );
}

function pairLines(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1]!]] : []));
}
