import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError, type Logger, type Service, type ServiceApp } from '@sluice/core';
import { checkOptions, isIntegerOption, isTextOption } from '@sluice/core/kit';
import type { Exposition } from './exposition';
import { CONTENT_TYPE } from './format-text';
import { isPath } from './metrics-routes';

/** Options of `listener`. */
export interface MetricsListenerOptions {
  /** The port; 0 is any free one, which the log names. Default: 9464, that of OpenTelemetry for Prometheus. */
  readonly port?: number;
  /** The address to listen on; `0.0.0.0` is every one. Default: `127.0.0.1`. */
  readonly host?: string;
  /** The path that answers. Default: `/metrics`. */
  readonly path?: string;
}

/** Longer than between two scrapes, so that the connection of a scraper stays open. */
const KEEP_ALIVE_MS = 65_000;
const MOST_CONNECTIONS = 100;
const SILENT_MS = 10_000;

/**
 * Makes the service that answers on a port of its own. Throws ConfigurationError for options that are unknown or invalid.
 *
 * @param silentMs a client that sends nothing, or does not read, leaves its place to others after this time
 */
export function makeListener(
  exposition: Pick<Exposition, 'read'>,
  options: MetricsListenerOptions,
  silentMs = SILENT_MS,
): Service {
  checkOptions('metrics().listener', options, {
    port: isIntegerOption(0, 65_535),
    host: isTextOption,
    path: isPath,
  });
  const { port = 9464, host = '127.0.0.1', path = '/metrics' } = options;
  let server: Server | undefined;
  return {
    name: 'metrics',
    options: Object.freeze({ port, host, path }),
    async start({ logger, worker }: ServiceApp): Promise<void> {
      server = makeServer({ exposition, path, logger }, silentMs);
      const chosen = await listen(server, port, host);
      const authority = host.includes(':') ? `[${host}]` : host;
      if (worker.id === 1) logger.info(`The metrics are at http://${authority}:${chosen}${path}.`);
    },
    stop(): void {
      server?.close();
      server?.closeAllConnections();
    },
  };
}

/** The answer of the listener, and where its errors go. */
interface Answering {
  readonly exposition: Pick<Exposition, 'read'>;
  readonly path: string;
  readonly logger: Logger;
}

function makeServer(answering: Answering, silentMs: number): Server {
  const limits = {
    headersTimeout: silentMs,
    requestTimeout: silentMs,
    connectionsCheckingInterval: silentMs / 2,
  };
  const server = createServer(limits, (request, response) => {
    answer(request, response, answering).catch((error: unknown) => {
      answering.logger.error(error, 'The metrics could not be read');
      send(response, 503, 'The metrics could not be read.\n');
    });
  });
  server.timeout = silentMs;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  return server.unref();
}

async function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  { exposition, path, logger }: Answering,
): Promise<void> {
  if (url.split('?', 1)[0] !== path) return send(response, 404, `The metrics are at ${path}.\n`);
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return send(response, 405, 'The metrics can only be read.\n');
  }
  send(response, 200, await exposition.read(logger));
}

/** node:http leaves the body out for HEAD. */
function send(response: ServerResponse, status: number, body: string): void {
  const type = status === 200 ? CONTENT_TYPE : 'text/plain; charset=utf-8';
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

/** In a worker, node:cluster shares the port with the others, also while one of them is replaced. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = ({ code = '', message }: NodeJS.ErrnoException): void =>
      reject(new ConfigurationError([describeFault(`${host}:${port}`, code, message)]));
    server.once('error', fail);
    server.listen({ port, host }, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function describeFault(where: string, code: string, message: string) {
  const place = 'metrics().listener()';
  if (code === 'EADDRINUSE')
    return {
      code: 'PORT_IN_USE',
      place,
      fault: `Another process listens on ${where}.`,
      cure: 'Stop the other process, or choose another port.',
    } as const;
  return {
    code: 'LISTEN_FAILED',
    place,
    fault: `The metrics cannot be read on ${where}: ${message}.`,
    cure: 'Choose another host or port.',
  } as const;
}
