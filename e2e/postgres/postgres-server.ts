import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onFreePort } from '../sockets/on-free-port';
import { startOrDispose } from '../sockets/start-all';
import { until } from '../sockets/until';
import { LONGEST_WAIT_MS, within } from '../sockets/within';

const ENSURE = path.resolve(__dirname, '../../.ci/ensure-postgres.mjs');

/** A user of the system. */
interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** A PostgreSQL of the tests, on a free port of the loopback interface, with its data in a temporary folder. */
export class PostgresServer {
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly programs: string,
    private readonly folder: string,
    private readonly identity: Identity | undefined,
  ) {}

  static async start(): Promise<PostgresServer> {
    // It finds the program, or says what to install.
    const lines = execFileSync(process.execPath, [ENSURE], { encoding: 'utf8' }).trim().split('\n');
    const programs = path.dirname(lines.at(-1)!);
    const identity = findIdentity();
    return onFreePort((port) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'sluice-postgres-'));
      const server = new PostgresServer(port, programs, folder, identity);
      return startOrDispose(server, () => {
        server.makeDatabase();
        return server.restart();
      });
    });
  }

  private makeDatabase(): void {
    const { folder, identity } = this;
    if (identity !== undefined) chownSync(folder, identity.uid, identity.gid);
    const settings = ['--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C'];
    execFileSync(path.join(this.programs, 'initdb'), ['--pgdata', folder, '--no-sync', ...settings], {
      ...identity,
      cwd: folder,
      stdio: 'pipe',
      timeout: LONGEST_WAIT_MS,
    });
  }

  /** The settings of a pool. */
  get place() {
    return { host: '127.0.0.1', port: this.port, user: 'postgres', database: 'postgres' };
  }

  /** Starts it again, with its data. */
  async restart(): Promise<void> {
    const settings = ['fsync=off', 'shared_buffers=16MB', 'max_connections=60', 'unix_socket_directories='];
    const child = spawn(
      path.join(this.programs, 'postgres'),
      ['-D', this.folder, '-h', '127.0.0.1', '-p', `${this.port}`, ...settings.flatMap((one) => ['-c', one])],
      { ...this.identity, cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.child = child;
    let output = '';
    const ready = new Promise<void>((resolve, reject) => {
      child.stderr.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('ready to accept connections')) resolve();
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`postgres ended:\n${output}`)));
    });
    await within(ready, () => `The output of postgres:\n${output}`);
  }

  /** Kills the server and the processes of its connections, like a power cut. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const processes = this.listProcesses();
    for (const pid of processes) signal(pid, 'SIGKILL');
    await ended;
    await until(() => processes.every((pid) => !signal(pid, 0)));
  }

  /** Makes the server, and every process that it has started, accept bytes without an answer. */
  freeze(): void {
    for (const pid of this.listProcesses()) signal(pid, 'SIGSTOP');
  }

  thaw(): void {
    for (const pid of this.listProcesses()) signal(pid, 'SIGCONT');
  }

  /** The server first, so that it starts no other. Each of the others has a session and a group of its own. */
  private listProcesses(): readonly number[] {
    const { pid } = this.child!;
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n');
    const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
    return [pid!, ...pairs.flatMap(([child, parent]) => (parent === pid ? [child!] : []))];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Sends a signal; false if the process has ended. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root, so its package has a user for it. */
function findIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}
