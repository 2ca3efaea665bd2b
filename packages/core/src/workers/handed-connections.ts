import type { ChildProcess } from 'node:child_process';
import { onChannelEnd } from './on-channel-end';

/** A connection, which the supervisor has accepted. Closing it twice does no harm. */
interface Handle {
  close(): void;
}

/** A message that node:cluster sends or receives. Where a later Node sends another one, nothing is closed. */
interface ClusterMessage {
  readonly act?: string;
  /** The number of the message, which its answer names as `ack`. */
  readonly seq?: number;
  readonly ack?: number;
  /** The port for which it is. */
  readonly key?: string;
  readonly accepted?: boolean;
  readonly errno?: number | null;
}

interface Handed {
  readonly handle: Handle;
  readonly key: string;
}

/**
 * The connections that node:cluster hands to workers. It forgets those on their way to a worker that dies, and those that
 * come back when no worker listens any more (nodejs/node, lib/internal/cluster/round_robin_handle.js): their clients
 * would wait until the supervisor ends. These are closed here.
 */
export class HandedConnections {
  /** The workers that take connections, by the port. */
  private readonly takers = new Map<string, Set<ChildProcess>>();
  /** Those that a worker has given back, until another one gets them. */
  private readonly returned = new Map<Handle, string>();

  /** Follows the connections of a worker, until its channel closes. */
  watch(child: ChildProcess): void {
    const onTheWay = new Map<number, Handed>();
    const send = child.send.bind(child) as (message: ClusterMessage, ...rest: unknown[]) => boolean;
    child.send = (message: ClusterMessage, ...rest: unknown[]) => {
      const { act, seq, ack, key, errno } = message;
      const [handle] = rest as [Handle?];
      if (act === 'newconn' && seq !== undefined && key !== undefined && handle !== undefined) {
        this.returned.delete(handle);
        onTheWay.set(seq, { handle, key });
      }
      // The answer to a worker that asks for its part of a port.
      if (ack !== undefined && key !== undefined && !errno) this.listTakers(key).add(child);
      return send(message, ...rest);
    };
    // Before node:cluster, which gives a returned connection to another worker at once.
    child.prependListener('internalMessage', ({ act, ack, key, accepted }: ClusterMessage) => {
      if (act === 'close' && key !== undefined) this.leave(child, key);
      const handed = ack === undefined ? undefined : onTheWay.get(ack);
      if (handed === undefined) return;
      onTheWay.delete(ack!);
      if (accepted !== true) this.takeBack(handed);
    });
    onChannelEnd(child, () => {
      for (const { handle } of onTheWay.values()) handle.close();
      for (const key of this.takers.keys()) this.leave(child, key);
    });
  }

  private listTakers(key: string): Set<ChildProcess> {
    const known = this.takers.get(key) ?? new Set();
    this.takers.set(key, known);
    return known;
  }

  private takeBack({ handle, key }: Handed): void {
    if (this.takers.has(key)) this.returned.set(handle, key);
    else handle.close();
  }

  private leave(child: ChildProcess, key: string): void {
    const takers = this.takers.get(key);
    if (takers?.delete(child) !== true || takers.size > 0) return;
    this.takers.delete(key);
    for (const [handle, port] of this.returned) {
      if (port !== key) continue;
      this.returned.delete(handle);
      handle.close();
    }
  }
}
