import { rmSync } from 'node:fs';
import type { TemplatedApp, us_listen_socket } from 'uWebSockets.js';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error';
import type { EngineTable } from '../engine';
import { formatPlace } from '../format-place';
import { InFlight } from '../in-flight';
import { checkListenOptions, type Address, type ListenOptions, type ListenTarget } from '../listen-options';
import { isPortShared } from '../port-sharing';
import { waitForQuietTurn } from '../wait-for-quiet-turn';
import { withSocketMode } from '../with-socket-mode';
import type { Tls } from '../tls/read-tls';
import { loadUws, type Uws } from './load-uws';
import { handOver, makeNative } from './make-native';
import { mountRoutes } from './mount-routes';
import { Responder } from './responder';
import { chooseHeadWriter } from './head/write-head';

/** The options of the engine itself. */
export interface UwsOptions {
  readonly hideEngineHeader: boolean;
  readonly maxHeaderBytes?: number | undefined;
  readonly tls?: Tls | undefined;
}

/** Runs routes on µWebSockets. */
export class UwsEngine {
  private readonly uws: Uws;
  /** The one that listens. */
  private readonly native: TemplatedApp;
  /** All that have connections; the last one takes new ones. */
  private readonly natives: TemplatedApp[] = [];
  private listenSocket: us_listen_socket | undefined;
  private socketPath: string | undefined;
  private readonly responder: Responder;
  private readonly connections = new InFlight();
  private arrivals = 0;
  private isShared = false;
  private closing: Promise<void> | undefined;
  private headTest: NodeJS.Timeout | undefined;
  private choosing: Promise<void> | undefined;

  /** @throws ConfigurationError ENGINE_MISSING, HEADER_LIMIT_CONFLICT, OPTION_INVALID, TLS_CERTIFICATE_INVALID */
  constructor(
    private readonly table: EngineTable,
    { hideEngineHeader, maxHeaderBytes, tls }: UwsOptions,
  ) {
    this.uws = loadUws(maxHeaderBytes);
    this.responder = new Responder(table, tls !== undefined);
    // Undocumented, for the whole process, and irreversible: docs/engine.md.
    if (hideEngineHeader) (this.uws as unknown as { _cfg(key: string): void })._cfg('999999990007');
    this.native = this.makeNative(tls);
  }

  /** @throws ConfigurationError OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED */
  async listen(options: ListenOptions): Promise<Address> {
    const target = checkListenOptions(options);
    const { host, socket } = target;
    this.responder.isUnix = socket !== undefined;
    const fault = socket === undefined ? undefined : await findSocketFault(socket);
    this.isShared = isPortShared(options);
    const listenSocket = fault === undefined && (await this.listenOn(target));
    if (!listenSocket) throw new ConfigurationError([await describeListenFault(target, fault)]);
    this.listenSocket = listenSocket;
    this.socketPath = socket;
    this.headTest = setTimeout(
      () => void (this.choosing = chooseHeadWriter(this.uws)),
      HEAD_TEST_AFTER_MS,
    ).unref();
    if (socket !== undefined) return { port: 0, host: socket, url: `unix:${socket}` };
    const taken = this.uws.us_socket_local_port(listenSocket);
    return formatPlace(host, taken, options);
  }

  renewTls(tls: Tls): void {
    const before = this.natives.at(-1)!;
    handOver(this.native, before, this.makeNative(tls));
  }

  private listenOn({ host, port, socket, socketMode }: ListenTarget): Promise<us_listen_socket | false> {
    return new Promise((resolve) => {
      if (socket !== undefined) resolve(withSocketMode(socket, socketMode, () => this.makeSocket(socket)));
      else
        (this.native as unknown as ListeningApp).listen(
          host,
          port,
          this.isShared ? LISTEN_SHARED_PORT : LISTEN_EXCLUSIVE_PORT,
          resolve,
        );
    });
  }

  private makeSocket(socket: string): us_listen_socket | false {
    let made: us_listen_socket | false = false;
    // It calls back before it returns.
    this.native.listen_unix((listenSocket) => void (made = listenSocket), socket);
    return made;
  }

  /** See SocketEngine. A second call waits for the first. */
  close(timeoutMs: number, keepAliveMs = 0): Promise<void> {
    const { listenSocket } = this;
    this.listenSocket = undefined;
    if (listenSocket !== undefined) this.closing = this.drain(listenSocket, timeoutMs, keepAliveMs);
    return this.closing ?? Promise.resolve();
  }

  private async drain(listenSocket: us_listen_socket, timeoutMs: number, keepAliveMs: number): Promise<void> {
    this.responder.isDraining = true;
    if (keepAliveMs > 0 && this.isShared) await waitForQuietTurn(() => this.arrivals);
    this.uws.us_listen_socket_close(listenSocket);
    if (this.socketPath !== undefined) rmSync(this.socketPath, { force: true });
    if (keepAliveMs > 0) await this.connections.waitUntilIdle(keepAliveMs);
    await this.responder.drain(timeoutMs);
    clearTimeout(this.headTest);
    await this.choosing;
    for (const native of this.natives) native.close();
  }

  private makeNative(tls: Tls | undefined): TemplatedApp {
    const native = makeNative(this.uws, tls);
    native.filter((_, change) => {
      if ((change as number) > 0) {
        this.arrivals++;
        this.connections.enter();
      } else this.connections.leave();
    });
    mountRoutes(native, this.table, this.responder);
    this.natives.push(native);
    return native;
  }
}

function findSocketFault(socket: string): Promise<string | undefined> {
  return (require('../find-socket-fault') as typeof import('../find-socket-fault')).findSocketFault(socket);
}

function describeListenFault(target: ListenTarget, known?: string): Promise<ConfigurationProblem> {
  const faults = require('../describe-listen-fault') as typeof import('../describe-listen-fault');
  return faults.describeListenFault(target, known);
}

/** The test must not delay the first answers. */
const HEAD_TEST_AFTER_MS = 1000;

/** Without it a second process on the same port would silently take half of the connections. */
const LISTEN_EXCLUSIVE_PORT = 1;
const LISTEN_SHARED_PORT = 0;

/** An overload that the type declarations of the engine leave out. */
interface ListeningApp {
  listen(host: string, port: number, options: number, done: (socket: us_listen_socket | false) => void): void;
}
