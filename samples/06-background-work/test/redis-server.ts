import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A Redis of a test's own: on the loopback interface, on a free port; it keeps what it has in a folder of its own. */
export class RedisServer {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'background-work-'));
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  /** One that does not run yet: `start` it. */
  static async prepare(): Promise<RedisServer> {
    return new RedisServer(await findFreePort());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /**
   * Starts it, again too: then with what it had.
   *
   * @throws Error that says what Redis said, or what to install
   */
  async start(): Promise<void> {
    const place = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder];
    const durable = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
    const child = spawn('redis-server', [...place, ...durable]);
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ready to accept connections')) resolve();
      });
      child.once('error', (error) => reject(new Error(`${error.message}: install redis-server.`)));
      child.once('exit', () => reject(new Error(`redis-server ended:\n${output}`)));
    });
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** From now on it takes commands, and answers none. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Ends it, and forgets what it had. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
