import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../sockets/find-free-port';
import { startAll } from '../sockets/start-all';
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
    const starting = buses.map((bus) =>
      RedisServer.start('--cluster-enabled', 'yes', '--cluster-port', `${bus}`),
    );
    const cluster = new RedisCluster(await startAll(starting));
    try {
      await cluster.form(buses);
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
    return cluster;
  }

  /** The index of the node that has a slot. */
  static nodeOf(slot: number): number {
    return Math.floor(slot / PART);
  }

  get ports(): number[] {
    return this.nodes.map(({ port }) => port);
  }

  private async form(buses: readonly number[]): Promise<void> {
    for (const [index, node] of this.nodes.entries()) {
      const last = Math.min(SLOTS, (index + 1) * PART) - 1;
      await node.command('CLUSTER', 'ADDSLOTSRANGE', `${index * PART}`, `${last}`);
      if (index > 0)
        await this.nodes[0]!.command('CLUSTER', 'MEET', '127.0.0.1', `${node.port}`, `${buses[index]}`);
    }
    await this.waitUntilReady();
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
