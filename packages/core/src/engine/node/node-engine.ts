import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { rmSync } from 'node:fs';
import { Server as NetServer, type Socket } from 'node:net';
import { ConfigurationError } from '../../configuration/configuration-error';
import type { CompiledRoute } from '../../http/compiled-route';
import { describeListenFault } from '../describe-listen-fault';
import type { EngineTable } from '../engine';
import { findSocketFault } from '../find-socket-fault';
import { formatPlace } from '../format-place';
import { InFlight } from '../in-flight';
import { checkListenOptions, type Address, type ListenOptions, type ListenTarget } from '../listen-options';
import { hasReusePort, isPortShared } from '../port-sharing';
import type { Tls } from '../tls/read-tls';
import { waitForQuietTurn } from '../wait-for-quiet-turn';
import { withSocketMode } from '../with-socket-mode';
import { IDLE_MS } from './idle-time';
import { makeServer } from './make-server';
import type { MadeServer } from './make-tls-server';
import { NodeConnection } from './node-connection';
import { NodeExchange } from './node-exchange';
import { NodeResponder } from './node-responder';
import type { BytesFault } from './refuse-bytes';
import { WaitingRoom } from './waiting-room';

const KEEP_ALIVE = `Keep-Alive: timeout=${IDLE_MS / 1000}\r\n`;
const DEFAULT_HEAD_BYTES = 16_384;

/** The options of the engine itself. */
export interface NodeOptions {
  readonly maxHeaderBytes?: number | undefined;
  readonly listen?: ListenOptions;
  readonly tls?: Tls | undefined;
}

/** Runs routes on node:http: strict, and wherever Node runs. */
export class NodeEngine {
  /** The most bytes of a request line and headers together. */
  readonly headLimit: number;

  private readonly made: MadeServer;
  private readonly server: Server;
  private readonly responder: NodeResponder;
  private readonly fallback: CompiledRoute;
  private readonly connections = new Map<Socket, NodeConnection<NodeExchange>>();
  private readonly room = new WaitingRoom();
  private readonly openConnections = new InFlight();
  private arrivals = 0;
  private isShared = false;
  private readonly answer = (exchange: NodeExchange): void => this.responder.answer(exchange);
  private socketPath: string | undefined;
  private closing: Promise<void> | undefined;

  /** @throws Error if the keys and certificates cannot be used together */
  constructor(table: EngineTable, { maxHeaderBytes, listen = {}, tls }: NodeOptions = {}) {
    this.headLimit = maxHeaderBytes ?? DEFAULT_HEAD_BYTES;
    this.responder = new NodeResponder(table, listen.keepAliveTimeoutMs === undefined ? KEEP_ALIVE : '');
    this.fallback = table.fallback;
    this.made = makeServer(this.headLimit, listen, tls);
    this.server = this.made.server;
    this.server
      .on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => this.watch(socket))
      .on('request', (req, res) => this.receive(req, res, false))
      .on('checkContinue', (req, res) => this.receive(req, res, true))
      // Other expectations are the program's, as on µWebSockets (RFC 9110 §10.1.1).
      .on('checkExpectation', (req, res) => this.receive(req, res, false))
      .on('connect', (_, socket) => this.connections.get(socket as Socket)?.refuse({ code: 'CONNECT' }))
      .on('timeout', (socket: Socket) => this.connections.get(socket)?.endIdle())
      .on('clientError', (error: BytesFault, socket) => {
        const connection = this.connections.get(socket as Socket);
        // A handshake that failed.
        if (connection === undefined) socket.destroy();
        else connection.refuse(error);
      });
  }

  /** @throws ConfigurationError OPTION_INVALID, PORT_IN_USE, LISTEN_FAILED */
  async listen(options: ListenOptions): Promise<Address> {
    const target = checkListenOptions(options);
    const fault = (await this.prepareSocket(target.socket)) ?? (await this.listenOn(target, options));
    if (fault !== undefined) throw new ConfigurationError([await describeListenFault(target, fault)]);
    this.socketPath = target.socket;
    const bound = this.server.address();
    if (typeof bound === 'string') return { port: 0, host: bound, url: `unix:${bound}` };
    const host = target.fd === undefined ? target.host : bound!.address;
    return formatPlace(host, bound!.port, options);
  }

  renewTls(tls: Tls): void {
    this.made.renewTls?.(tls);
  }

  /** See SocketEngine. A second call waits for the first. */
  close(timeoutMs: number, keepAliveMs = 0): Promise<void> {
    // An application that is closed while it begins to listen closes again when it listens.
    if (this.server.listening) this.closing ??= this.drain(timeoutMs, keepAliveMs);
    return this.closing ?? Promise.resolve();
  }

  private async drain(timeoutMs: number, keepAliveMs: number): Promise<void> {
    this.responder.isDraining = true;
    if (keepAliveMs > 0 && this.isShared) await waitForQuietTurn(() => this.arrivals);
    // That of node:http would also cut connections that are idle, or whose last answer is still being sent.
    NetServer.prototype.close.call(this.server);
    if (this.socketPath !== undefined) rmSync(this.socketPath, { force: true });
    if (keepAliveMs > 0) await this.openConnections.waitUntilIdle(keepAliveMs);
    await this.responder.drain(timeoutMs);
    this.server.closeAllConnections();
    this.server.close(() => undefined);
  }

  private watch(socket: Socket): void {
    if (hasLeftUnseen(socket)) socket.destroy();
    const connection = new NodeConnection(socket, this.room, this.answer);
    this.connections.set(socket, connection);
    this.openConnections.enter();
    this.arrivals++;
    socket
      .on('end', () => connection.endReading())
      .on('close', () => {
        connection.forget();
        this.connections.delete(socket);
        this.openConnections.leave();
      });
  }

  private receive(req: IncomingMessage, res: ServerResponse, waitsToSend: boolean): void {
    const connection = this.connections.get(req.socket)!;
    if (req.httpVersionMajor !== 1) {
      connection.refuse({ code: 'VERSION' });
      return;
    }
    connection.take(new NodeExchange(req, res, connection, this.fallback, waitsToSend));
  }

  /** Removes the socket of a server that has ended. Returns the error code if the socket cannot be made. */
  private async prepareSocket(socket: string | undefined): Promise<string | undefined> {
    if (socket === undefined) return undefined;
    const fault = await findSocketFault(socket);
    if (fault === undefined) rmSync(socket, { force: true });
    return fault;
  }

  private listenOn(target: ListenTarget, options: ListenOptions): Promise<string | undefined> {
    const { host, port, socket, socketMode, fd } = target;
    const { backlog, ipv6Only } = options;
    this.isShared = isPortShared(options);
    const sharing = { exclusive: !this.isShared, reusePort: this.isShared && hasReusePort('node') };
    const place =
      fd !== undefined
        ? { fd }
        : socket !== undefined
          ? { path: socket, exclusive: true }
          : { host, port, ...sharing };
    return new Promise((resolve) => {
      const { server } = this;
      const fail = (error: NodeJS.ErrnoException): void => resolve(error.code ?? error.message);
      server.once('error', fail);
      const listen = (): boolean =>
        server.listen({ ...place, backlog, ipv6Only }, () => {
          server.off('error', fail);
          resolve(undefined);
        }).listening;
      if (socket === undefined) listen();
      else withSocketMode(socket, socketMode, listen);
    });
  }
}

/**
 * Whether the client of a TCP connection has reset it already. Its requests could still be read, but not its address, so
 * they would count as those of a Unix socket, which has neither address.
 */
function hasLeftUnseen(socket: Socket): boolean {
  return socket.remoteAddress === undefined && socket.localAddress !== undefined;
}
