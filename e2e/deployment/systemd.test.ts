import { spawnSync } from 'node:child_process';
import net from 'node:net';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Program } from '../programs/program';
import { RawConnection } from '../sockets/raw-connection';
import { blocksOfTheGuide } from './deployment-guide';
import { writeProgram } from './write-program';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

/** A part of Node's cluster module: it binds a port without accepting connections, as systemd does. */
const { _createServerHandle: bind } = net as unknown as {
  _createServerHandle(
    address: string,
    port: number,
    type: 4,
  ): {
    readonly fd: number;
    getsockname(out: { port?: number }): void;
    close(): void;
  };
};

const VERIFY = spawnSync('systemd-analyze', ['--version']).status === 0;
const { folder, args } = writeProgram();

afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the program as systemd does: the socket is descriptor 3, and two variables say so. */
const activate = (fd: number): Program =>
  Program.start('sh', ['-c', 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$@"', process.execPath, ...args], {
    env: { NODE_ENV: 'production', SLUICE_ENGINE: undefined },
    fd3: fd,
  });

it('the program of docs/deployment.md takes the socket of systemd, and a restart refuses no connection', async () => {
  const handle = bind('127.0.0.1', 0, 4);
  const out: { port?: number } = {};
  handle.getsockname(out);
  const port = out.port!;
  try {
    await using first = activate(handle.fd);
    expect(await first.waitForUrl()).toBe(`http://127.0.0.1:${port}`);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('Hello');
    expect(first.stdout).toContain('The engine is node:http');
    expect(await first.stop()).toBe(0);
    // Nothing runs now, and the connection waits.
    const connection = await RawConnection.open(port);
    const asked = connection.ask('GET', '/');
    await using second = activate(handle.fd);
    expect((await asked).body.toString()).toBe('Hello');
    connection.cut();
    expect(await second.stop()).toBe(0);
  } finally {
    handle.close();
  }
});

it('the units of docs/deployment.md have no mistake that systemd finds', () => {
  const units = path.join(folder, 'units');
  mkdirSync(units);
  const files = blocksOfTheGuide('ini').map((unit) => {
    const file = path.join(units, path.basename(/^# (\S+)/.exec(unit)![1]!));
    writeFileSync(file, unit.replace('/usr/bin/node', process.execPath));
    return file;
  });
  expect(files.map((file) => path.basename(file))).toEqual(['app.service', 'app.socket']);
  if (!VERIFY) return;
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });
  expect([status, stderr.split('\n').filter((line) => line.includes(units) || /app\./.test(line))]).toEqual([
    0,
    [],
  ]);
});
