import { ConfigurationError } from '../configuration/configuration-error';
import type { SocketEngine } from '../engine/engine';

/** Reads the TLS files of an engine again; undefined if none listens. Throws ConfigurationError. */
export function reloadTls(engine: SocketEngine | undefined): void {
  if (engine?.reloadTls !== undefined) {
    engine.reloadTls();
    return;
  }
  const fault = 'The application does not listen with TLS.';
  const cure = 'Call it after app.listen({ tls }), and before app.close().';
  throw new ConfigurationError([{ code: 'OPTION_MISSING', place: 'app.reloadTls', fault, cure }]);
}
