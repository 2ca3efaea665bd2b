import { createServer, type ServerOptions } from 'node:http';
import type { ListenOptions } from '../listen-options';
import type { Tls } from '../tls/read-tls';
import { IDLE_MS } from './idle-time';
import type { MadeServer, makeTlsServer } from './make-tls-server';
import { NodeRequest } from './node-request';

const CHECK_EVERY_MS = 1_000;

/** Makes a server whose limits are those of µWebSockets where the options name no others. */
export function makeServer(
  maxHeaderSize: number,
  { keepAliveTimeoutMs = 0, requestTimeoutMs, maxConnections }: ListenOptions,
  tls: Tls | undefined,
): MadeServer {
  const options: ServerOptions<typeof NodeRequest> = {
    IncomingMessage: NodeRequest,
    maxHeaderSize,
    headersTimeout: Math.min(IDLE_MS, requestTimeoutMs ?? IDLE_MS),
    // Zero leaves it to `timeout`, because this one sets the timer of the connection twice for each request.
    keepAliveTimeout: keepAliveTimeoutMs,
    // A slow upload is not a fault, and a silent one is idle.
    requestTimeout: requestTimeoutMs ?? 0,
    connectionsCheckingInterval: CHECK_EVERY_MS,
    // The exchange counts the Host lines, without an object of all headers.
    requireHostHeader: false,
  };
  const made: MadeServer =
    tls === undefined ? { server: createServer(options) } : requireTls()(options, tls, IDLE_MS);
  const { server } = made;
  server.maxHeadersCount = 0;
  server.timeout = IDLE_MS;
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  // A client may close its half of the connection and still read (RFC 9112 §9.6).
  Object.assign(server, { httpAllowHalfOpen: true });
  return made;
}

function requireTls(): typeof makeTlsServer {
  return (require('./make-tls-server') as typeof import('./make-tls-server')).makeTlsServer;
}
