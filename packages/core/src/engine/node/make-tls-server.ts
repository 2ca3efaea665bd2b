import { createServer, type ServerOptions } from 'node:https';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { LoadedCertificate, Tls } from '../tls/read-tls';

/** A server of Node, with or without TLS. */
export interface MadeServer {
  readonly server: Server;
  /** Makes new connections use other keys and certificates. */
  renewTls?(tls: Tls): void;
}

/** Makes a server that ends TLS. A handshake that takes longer than the timeout, in milliseconds, ends the connection. */
export function makeTlsServer(options: ServerOptions, tls: Tls, handshakeTimeout: number): MadeServer {
  let contexts = makeContexts(tls);
  const { requestCert = false, rejectUnauthorized = true } = tls.options;
  const server = createServer({
    ...options,
    ...formatOptions(tls, tls.own),
    ALPNProtocols: ['http/1.1'],
    requestCert,
    rejectUnauthorized: requestCert && rejectUnauthorized,
    handshakeTimeout,
    // Node types it for plain servers only.
    ...{ allowHalfOpen: true },
    SNICallback: (name, done) => done(null, findContext(contexts, name)),
  });
  // Node ends connections with a request only, and a handshake is none.
  const shaking = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    shaking.add(socket);
    socket.on('close', () => shaking.delete(socket));
  });
  const closeAll = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    closeAll();
    for (const socket of shaking) socket.destroy();
  };
  return {
    server,
    renewTls(renewed) {
      const renewedContexts = makeContexts(renewed);
      server.setSecureContext(formatOptions(renewed, renewed.own));
      contexts = renewedContexts;
    },
  };
}

function formatOptions(
  { options, ca }: Tls,
  { key, cert, passphrase }: LoadedCertificate,
): SecureContextOptions {
  const { minVersion = 'TLSv1.2', ciphers } = options;
  return { key, cert, minVersion, ...given({ passphrase, ca, ciphers }) };
}

/** Node distinguishes an option that is undefined from one that is left out. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

function makeContexts(tls: Tls): ReadonlyMap<string, SecureContext> {
  return new Map([...tls.servers].map(([name, one]) => [name, createSecureContext(formatOptions(tls, one))]));
}

/** The context of a name, or of all names one label below its parent; undefined for the certificate of the server. */
function findContext(contexts: ReadonlyMap<string, SecureContext>, asked: string): SecureContext | undefined {
  const name = asked.toLowerCase().replace(/\.$/, '');
  return contexts.get(name) ?? contexts.get(name.replace(/^[^.]*/, '*'));
}
