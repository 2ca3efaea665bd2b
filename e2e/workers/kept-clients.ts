import http from 'node:http';
import { within } from '../sockets/within';

/** A client that sends one request after the other on a connection which it keeps. */
export interface KeptClient {
  /** The process that has answered last. */
  pid: number;
  answered: number;
  failed: number;
  isWaiting: boolean;
}

/** Clients that load a program until they are disposed of. */
export class KeptClients implements AsyncDisposable {
  readonly all: readonly KeptClient[];
  private readonly work: readonly Promise<void>[];
  private isDone = false;

  constructor(
    private readonly url: string,
    count: number,
  ) {
    this.all = Array.from({ length: count }, () => ({ pid: 0, answered: 0, failed: 0, isWaiting: false }));
    this.work = this.all.map((client) => this.load(client));
  }

  get answered(): number {
    return this.all.reduce((sum, { answered }) => sum + answered, 0);
  }

  get failed(): number {
    return this.all.reduce((sum, { failed }) => sum + failed, 0);
  }

  /** Those whose connection is one of this process. */
  listOf(pid: number): KeptClient[] {
    return this.all.filter((client) => client.pid === pid);
  }

  private async load(client: KeptClient): Promise<void> {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    while (!this.isDone) {
      try {
        client.isWaiting = true;
        const { pid } = JSON.parse(await request(this.url, agent)) as { pid: number };
        client.pid = pid;
        client.answered++;
      } catch {
        client.failed++;
      } finally {
        client.isWaiting = false;
      }
    }
    agent.destroy();
  }

  /** Waits for the answers on their way. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.isDone = true;
    await within(Promise.all(this.work), () => `A client has no answer: ${JSON.stringify(this.all)}`);
  }
}

function request(url: string, agent: http.Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () => resolve(text)).once('error', reject);
      })
      .once('error', reject);
  });
}
