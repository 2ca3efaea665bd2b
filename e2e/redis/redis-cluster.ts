import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../sockets/find-free-port';
import { RedisServer } from './redis-server';

const NODES = 3;
const SLOTS = 16_384;
/** The slots of each node. */
const PART = Math.ceil(SLOTS / NODES);
const READY_WITHIN_MS = 15_000;

/** A Redis Cluster of three nodes on this machine, without replicas. */
export class RedisCluster {
  private constructor(readonly nodes: readonly RedisServer[]) {}

  /** Resolves when every node knows the whole cluster. */
  static async start(): Promise<RedisCluster> {
    const buses = await Promise.all(Array.from({ length: NODES }, findFreePort));
    const started = await Promise.allSettled(
      buses.map((bus) => RedisServer.start('--cluster-enabled', 'yes', '--cluster-port', `${bus}`)),
    );
    const nodes = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const cluster = new RedisCluster(nodes);
    const failed = started.find((one) => one.status === 'rejected');
    if (failed !== undefined) {
      await cluster[Symbol.asyncDispose]();
      throw failed.reason;
    }
    for (const [index, node] of nodes.entries()) {
      const last = Math.min(SLOTS, (index + 1) * PART) - 1;
      await node.command('CLUSTER', 'ADDSLOTSRANGE', `${index * PART}`, `${last}`);
      if (index > 0)
        await nodes[0]!.command('CLUSTER', 'MEET', '127.0.0.1', `${node.port}`, `${buses[index]}`);
    }
    await cluster.waitUntilReady();
    return cluster;
  }

  /** The index of the node that has a slot. */
  static nodeOf(slot: number): number {
    return Math.floor(slot / PART);
  }

  get ports(): number[] {
    return this.nodes.map(({ port }) => port);
  }

  private async waitUntilReady(): Promise<void> {
    const end = performance.now() + READY_WITHIN_MS;
    for (const node of this.nodes) {
      for (;;) {
        const info = await node.command('CLUSTER', 'INFO');
        if (info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${NODES}`)) break;
        if (performance.now() > end) throw new Error(`The cluster did not form:\n${info}`);
        await sleep(50);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.nodes.map((node) => node[Symbol.asyncDispose]()));
  }
}
