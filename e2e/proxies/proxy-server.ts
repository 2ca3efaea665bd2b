import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Debian keeps the programs off the PATH of users. */
const PATH = [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(path.delimiter);

/** A real proxy on a free port of the loopback interface. */
export class ProxyServer {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts nginx. The configuration is that of `http`; its server listens on `PORT`. */
  static nginx(http: string): Promise<ProxyServer> {
    return ProxyServer.start('nginx', (port, folder) => {
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      const text = [
        `daemon off; master_process off; pid ${folder}/pid; events {}`,
        'http { access_log off;',
        ...places.map((name) => `${name}_temp_path ${folder}/${name};`),
        http.replaceAll('PORT', String(port)),
        '}',
      ].join('\n');
      return { text, list: (file) => ['-e', 'stderr', '-c', file] };
    });
  }

  /** Starts HAProxy. A frontend of the configuration binds `127.0.0.1:PORT`. */
  static haproxy(configuration: string): Promise<ProxyServer> {
    return ProxyServer.start('haproxy', (port) => {
      const timeouts = 'timeout connect 5s\n  timeout client 60s\n  timeout server 60s';
      const text = `global\n  maxconn 200\ndefaults\n  mode http\n  ${timeouts}\n${configuration.replaceAll('PORT', String(port))}\n`;
      return { text, list: (file) => ['-db', '-f', file] };
    });
  }

  private static async start(
    program: string,
    configure: (port: number, folder: string) => { text: string; list: (file: string) => string[] },
  ): Promise<ProxyServer> {
    const folder = mkdtempSync(path.join(tmpdir(), `sluice-${program}-`));
    const port = await findFreePort();
    const { text, list } = configure(port, folder);
    const file = path.join(folder, 'configuration');
    writeFileSync(file, text);
    const child = spawn(program, list(file), { env: { PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    let fault: string | undefined;
    child.once('error', (error) => (fault = `${error.message}: install ${program}.`));
    child.once('exit', (code) => (fault ??= `${program} ended (${code}):\n${output}`));
    while (!(await accepts(port))) {
      if (fault !== undefined) throw new Error(fault);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return new ProxyServer(port, child, folder);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
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
