import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../sockets/find-free-port';
import { onFreePort } from '../sockets/on-free-port';
import { startOrDispose } from '../sockets/start-all';
import { LONGEST_WAIT_MS, within } from '../sockets/within';

const run = promisify(execFile);

/** The settings of a server that writes everything to its folder at once. */
export const KEEPS_DATA = ['--appendonly', 'yes', '--appendfsync', 'always'];

/** A Redis of the tests, on a free port of the loopback interface, with its data in a temporary folder. */
export class RedisServer {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'sluice-redis-'));
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly settings: readonly string[],
  ) {}

  /** Prepares a server, which `restart` starts. */
  static async prepare(...settings: string[]): Promise<RedisServer> {
    return new RedisServer(await findFreePort(), settings);
  }

  /** Starts a server. `settings` are arguments of redis-server: `['--maxmemory', '2mb']`. */
  static start(...settings: string[]): Promise<RedisServer> {
    return onFreePort((port) => {
      const server = new RedisServer(port, settings);
      return startOrDispose(server, () => server.restart());
    });
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it again, without its data unless the settings are KEEPS_DATA. */
  async restart(): Promise<void> {
    const place = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder];
    const child = spawn('redis-server', [...place, '--save', '', '--appendonly', 'no', ...this.settings]);
    this.child = child;
    let output = '';
    const ready = new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('Ready to accept connections')) resolve();
      });
      child.once('error', (error) => reject(new Error(`${error.message}: install redis-server.`)));
      child.once('exit', () => reject(new Error(`redis-server ended:\n${output}`)));
    });
    await within(ready, () => `The output of redis-server:\n${output}`);
  }

  /** Kills the server, like a power cut. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Makes the server accept commands without answering them. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Runs a command with redis-cli, and returns what it prints. */
  async command(...words: string[]): Promise<string> {
    const { stdout } = await run('redis-cli', ['-p', `${this.port}`, ...words], { timeout: LONGEST_WAIT_MS });
    return stdout.trim();
  }

  /** How many connections a client with this name has. */
  async countClients(name: string): Promise<number> {
    const lines = (await this.command('CLIENT', 'LIST')).split('\n');
    return lines.filter((line) => line.split(' ').includes(`name=${name}`)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
