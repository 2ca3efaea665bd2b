import type { Logger } from '../../http/logger';
import type { SocketEngine } from '../engine';
import type { Tls } from './read-tls';
import { TlsRenewal } from './tls-renewal';

/** An engine with TLS. */
export interface TlsEngine extends SocketEngine {
  /** Makes new connections use other keys and certificates; may throw. */
  renewTls(tls: Tls): void;
}

/** Makes an engine look at its TLS files while it listens, and read them again with `reloadTls`. */
export function withRenewal(engine: TlsEngine, tls: Tls, logger: Logger): SocketEngine {
  const renewal = new TlsRenewal(tls, (renewed) => engine.renewTls(renewed), logger);
  return {
    async listen(options) {
      const address = await engine.listen(options);
      renewal.watch();
      return address;
    },
    close(...given) {
      renewal.stop();
      return engine.close(...given);
    },
    reloadTls: () => renewal.reload(),
  };
}
