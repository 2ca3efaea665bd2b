import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePort } from '../sockets/find-free-port';
import { onFreePort } from '../sockets/on-free-port';
import { until } from '../sockets/until';

/** Debian keeps the programs off the PATH of users. */
const PATH = [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(path.delimiter);

/** A configuration may name these: its ports, and a file with a certificate and its key. */
const PLACEHOLDERS = /\b(?:PORT|SECURE|CERTIFICATE)\b/g;

interface Command {
  readonly configuration: string;
  readonly args: (file: string) => readonly string[];
}

/**
 * A real proxy on free ports of the loopback interface. In its configuration, `PORT` is the port for plain HTTP and
 * `SECURE` the one for TLS, if it has one; `CERTIFICATE` is a file with a certificate of localhost and its key.
 */
export class ProxyServer implements AsyncDisposable {
  private constructor(
    readonly port: number,
    readonly securePort: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts nginx. The configuration is that of `http`. */
  static nginx(http: string): Promise<ProxyServer> {
    return ProxyServer.start('nginx', (folder) => {
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
      const configuration = [
        `daemon off; master_process off; pid ${folder}/pid; events {}`,
        'http { access_log off;',
        ...places.map((name) => `${name}_temp_path ${folder}/${name};`),
        http,
        '}',
      ].join('\n');
      return { configuration, args: (file) => ['-e', 'stderr', '-c', file] };
    });
  }

  static haproxy(configuration: string): Promise<ProxyServer> {
    return ProxyServer.start('haproxy', () => ({
      configuration: `global\n  maxconn 200\n${configuration}\n`,
      args: (file) => ['-db', '-f', file],
    }));
  }

  static caddy(configuration: string): Promise<ProxyServer> {
    // Its certificates are its own, and it changes nothing on this machine.
    const options = 'admin off\n  local_certs\n  skip_install_trust';
    return ProxyServer.start('caddy', () => ({
      configuration: `{\n  ${options}\n}\n${configuration}\n`,
      args: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
    }));
  }

  private static start(program: string, make: (folder: string) => Command): Promise<ProxyServer> {
    return onFreePort(async (port) => ProxyServer.startOn(port, await findFreePort(), program, make));
  }

  private static async startOn(
    port: number,
    securePort: number,
    program: string,
    make: (folder: string) => Command,
  ): Promise<ProxyServer> {
    const folder = mkdtempSync(path.join(tmpdir(), `sluice-${program}-`));
    const { configuration, args } = make(folder);
    const values: Readonly<Record<string, () => string>> = {
      PORT: () => String(port),
      SECURE: () => String(securePort),
      CERTIFICATE: () => makeCertificate(folder),
    };
    const file = path.join(folder, 'configuration');
    writeFileSync(
      file,
      configuration.replace(PLACEHOLDERS, (name) => values[name]!()),
    );
    const child = spawn(program, args(file), {
      env: { PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    let fault: string | undefined;
    child.once('error', (error) => (fault = `${error.message}: install ${program}.`));
    child.once('exit', (code) => (fault ??= `${program} ended (${code}):\n${output}`));
    const server = new ProxyServer(port, securePort, child, folder);
    const listens = async (): Promise<boolean> => {
      if (fault !== undefined) throw new Error(fault);
      return accepts(port);
    };
    try {
      await until(listens, () => `The output of ${program}:\n${output}`);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  async stop(): Promise<void> {
    if (this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

/** The file with a certificate of localhost and its key, made once for a folder. */
function makeCertificate(folder: string): string {
  const [file, certificate, key] = ['pem', 'crt', 'key'].map((end) => path.join(folder, `localhost.${end}`));
  if (existsSync(file!)) return file!;
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key!, '-out', certificate!], {
    stdio: 'pipe',
  });
  writeFileSync(file!, readFileSync(certificate!, 'utf8') + readFileSync(key!, 'utf8'), { mode: 0o600 });
  return file!;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
