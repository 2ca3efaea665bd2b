import type { TemplatedApp } from 'uWebSockets.js';
import { ConfigurationError } from '../../configuration/configuration-error';
import { formatThrown } from '../../configuration/format-thrown';
import type { Tls } from '../tls/read-tls';
import type { Uws } from './load-uws';

/** Makes a native application, with or without TLS. It reads the files itself. Throws ConfigurationError TLS_CERTIFICATE_INVALID. */
export function makeNative(uws: Uws, tls: Tls | undefined): TemplatedApp {
  if (tls === undefined) return uws.App();
  const { key, cert, passphrase } = tls.options;
  // Loaded here, because an application without TLS does not need it.
  const path = require('node:path') as typeof import('node:path');
  try {
    return uws.SSLApp({
      key_file_name: path.resolve(key as string),
      cert_file_name: path.resolve(cert as string),
      ...(passphrase !== undefined && { passphrase }),
    });
  } catch (error) {
    const fault = `µWebSockets does not accept the key with its certificate: ${formatThrown(error)}.`;
    const cure = "Use a key that its OpenSSL knows (RSA, P-256), or the engine 'node'.";
    throw new ConfigurationError([
      { code: 'TLS_CERTIFICATE_INVALID', place: 'app.listen, tls', fault, cure },
    ]);
  }
}

/** Methods that the type declarations of the engine leave out. */
interface Acceptor {
  getDescriptor(): number;
  addChildAppDescriptor(descriptor: number): void;
  removeChildAppDescriptor(descriptor: number): void;
}

/**
 * Hands new connections to another native application. The one that listens keeps its socket, and the connections of
 * the one before stay where they are.
 */
export function handOver(listening: TemplatedApp, before: TemplatedApp, next: TemplatedApp): void {
  const acceptor = listening as unknown as Acceptor;
  acceptor.addChildAppDescriptor((next as unknown as Acceptor).getDescriptor());
  if (before !== listening)
    acceptor.removeChildAppDescriptor((before as unknown as Acceptor).getDescriptor());
}
