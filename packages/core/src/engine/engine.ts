import type { BackgroundQueue } from './background-queue';
import type { CleanUps } from './clean-ups';
import type { CompiledRoutes } from '../http/compiled-route';
import type { Logger } from '../http/logger';
import type { Address, ListenOptions } from './listen-options';
import type { RequestTrace } from './request-trace';

/**
 * Everything that is mounted on an engine. The tests of the contract run on every engine: the most specific pattern
 * wins, and a method wins over ALL; a request that matches no route runs the fallback; the response is written once,
 * after `run`, and HEAD, 204 and 304 have no body; a stream belongs to the request until its last byte; background tasks
 * run after the response, in order, a bounded number at once, and then the clean-ups.
 */
export interface EngineTable extends CompiledRoutes {
  readonly logger: Logger;
  /** While it is on, every request on a socket runs inside it; requests in memory are not traced. */
  readonly trace: RequestTrace;
  readonly cleanUps: CleanUps;
  readonly background: BackgroundQueue;
}

/** An engine on sockets. */
export interface SocketEngine {
  /** @throws ConfigurationError OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED */
  listen(options: ListenOptions): Promise<Address>;
  /**
   * Stops listening, waits until nothing is in flight or for the timeout, and cuts every connection.
   *
   * @param keepAliveMs milliseconds that connections stay open for one more request first; default 0
   */
  close(timeoutMs: number, keepAliveMs?: number): Promise<void>;
  /** Reads keys and certificates again for new connections, if there is TLS. Throws ConfigurationError. */
  reloadTls?(): void;
}
