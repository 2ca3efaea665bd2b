import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { parseAddress } from '../../http/proxy/ip-range';
import { endBehind, onTurn } from './end-behind';
import { refuseBytes, type BytesFault } from './refuse-bytes';
import type { WaitingRoom } from './waiting-room';

/** Milliseconds between the questions whether a client that sends nothing more is still there. */
const FIRST_PROBE_MS = 20;
const LONGEST_PROBE_MS = 10_000;
/** How many short answers may be ahead of the socket: 64 of 4 KB are about what it takes itself. */
const MOST_AHEAD = 64;

/** A request and its answer. */
interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The whole answer was handed to node:http, and it is short, or the system has taken it. */
  readonly isHandedOver: boolean;
  /** The connection has closed. */
  leave(): void;
}

/**
 * One connection. Node hands over all requests of a packet at once; here a pipelined request runs when the answers
 * before it have been sent, except for a few short ones, so a client that does not read its answers starts little more.
 */
export class NodeConnection<E extends Exchange> {
  /** No other request of the connection is answered. */
  isClosing = false;
  /** A stream without an announced length is being sent. */
  isStreaming = false;
  /** The other end: an IPv4 or IPv6 address, IPv4-mapped ones as IPv4; empty if it has none. */
  readonly address: string;
  /** It is encrypted. */
  readonly isSecure: boolean;

  private current: E | undefined;
  private waiting: E[] = [];
  /** The answers before the current one that may not have been sent. */
  private ahead = 0;
  /** That of bytes that are not a request, behind everything that waits. */
  private fault: BytesFault | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly room: WaitingRoom,
    private readonly answer: (exchange: E) => void,
  ) {
    // The zone (`%eth0`) is an interface of this machine, and no part of the address.
    const [address = ''] = socket.remoteAddress?.split('%') ?? [];
    this.address = parseAddress(address) ?? '';
    this.isSecure = 'encrypted' in socket;
  }

  /** Runs a request now, or after the answers before it. */
  take(exchange: E): void {
    if (this.isClosing) return;
    if (this.waiting.length === 0 && this.mayRun()) {
      this.current = exchange;
      this.answer(exchange);
      return;
    }
    if (!this.room.enter(this.waiting.length)) {
      this.isClosing = true;
      this.socket.destroy();
      return;
    }
    this.waiting.push(exchange);
    if (this.waiting.length === 1) this.waitForCurrent();
  }

  /** The connection has closed, so what waits never runs. */
  forget(): void {
    this.current?.leave();
    this.room.leave(this.waiting.length);
    this.waiting = [];
  }

  /** The connection was silent for a while. It ends, unless it waits for its handler. */
  endIdle(): void {
    const { socket, current } = this;
    const isWaiting = current !== undefined && !isDone(current.res) && socket.writableLength === 0;
    if (!isWaiting) socket.destroy();
    else if (!current.req.complete && !current.req.isPaused())
      this.refuse({ code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    // The timer runs once.
    else socket.setTimeout(socket.timeout ?? 0);
  }

  /** Ends the connection because its bytes are not a request, or come too late: after the answers before them. */
  refuse(fault: BytesFault): void {
    const { current, waiting, socket } = this;
    if (this.isClosing) {
      if (current === undefined) socket.destroySoon();
      else endBehind(current.res);
      return;
    }
    const newest = waiting.at(-1) ?? current;
    const isBroken = newest !== undefined && !newest.req.complete;
    if (isBroken && waiting.pop() !== undefined) this.room.leave(1);
    const isRunning = current !== undefined && !isDone(current.res);
    if (isRunning && isBroken && newest === current) {
      if (current.res.headersSent) endBehind(current.res);
      else {
        this.isClosing = true;
        onTurn(current.res, () => this.end(fault));
      }
    } else if (isRunning) {
      this.fault = fault;
      this.waitForCurrent();
    } else this.end(fault);
  }

  /**
   * The client sends nothing more: it reads its answers, or it has gone. Provisional responses show which, because the
   * system of a client that has gone resets the connection, and the next write fails. A stream counts as gone: it may be
   * idle.
   */
  endReading(): void {
    if (this.isStreaming) onTurn(this.current!.res, (socket) => socket.destroy());
    else this.probe(FIRST_PROBE_MS);
  }

  private probe(afterMs: number): void {
    const { current, socket } = this;
    if (socket.destroyed || current === undefined || isDone(current.res)) return;
    if (current.res.headersSent || current.req.httpVersionMinor === 0) return;
    current.res.writeProcessing();
    setTimeout(() => this.probe(Math.min(2 * afterMs, LONGEST_PROBE_MS)), afterMs).unref();
  }

  private end(fault: BytesFault): void {
    this.isClosing = true;
    refuseBytes(this.socket, fault);
  }

  /** Answers are sent in their order, so if the newest one was sent, all were. */
  private mayRun(): boolean {
    const { current } = this;
    if (current === undefined || isDone(current.res)) {
      this.ahead = 0;
      return true;
    }
    if (!current.isHandedOver || this.ahead === MOST_AHEAD) return false;
    this.ahead++;
    return true;
  }

  /** Node lets the client send on after each request and each answer, so it is paused again, when the packet is parsed. */
  private waitForCurrent(): void {
    process.nextTick(() => {
      if (this.waiting.length > 0) this.socket.pause();
    });
    this.current!.res.once('close', () => this.runWaiting());
  }

  private runWaiting(): void {
    while (this.waiting.length > 0) {
      if (this.isClosing || this.socket.destroyed) return;
      if (!this.mayRun()) {
        this.waitForCurrent();
        return;
      }
      this.current = this.waiting.shift()!;
      this.room.leave(1);
      this.answer(this.current);
    }
    if (this.fault === undefined) this.socket.resume();
    else if (isDone(this.current!.res)) this.end(this.fault);
    else this.waitForCurrent();
  }
}

function isDone(res: ServerResponse): boolean {
  return res.writableFinished || res.destroyed;
}
