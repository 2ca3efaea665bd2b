import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp, type App, type ListenOptions } from '@sluice/core';
import { Program } from '../programs/program';
import { RawConnection } from '../sockets/raw-connection';
import { ENGINES } from '../sockets/engines';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

describe.each(ENGINES)('A Unix socket on %s', (engine) => {
  const opened: App[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-socket-'));

  afterEach(async () => {
    for (const app of opened.splice(0)) await app.close({ timeoutMs: 0 });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  async function listen(name: string, options: ListenOptions) {
    const app = await createApp({
      engine,
      routes: [
        { method: 'GET', path: '/', handler: () => name },
        { method: 'GET', path: '/address', handler: ({ request }) => request.address },
      ],
    });
    opened.push(app);
    return app.listen({ handleSignals: false, ...options });
  }

  async function ask(socket: string, target = '/'): Promise<string> {
    const connection = await RawConnection.open({ path: socket });
    const { body } = await connection.ask('GET', target);
    connection.cut();
    return body.toString();
  }

  it('answers, without an address, and takes the file away when it closes', async () => {
    const socket = path.join(folder, 'a.sock');
    expect(await listen('unix', { socket })).toEqual({ port: 0, host: socket, url: `unix:${socket}` });
    expect([await ask(socket), await ask(socket, '/address')]).toEqual(['unix', '']);
    await opened.pop()!.close();
    expect(existsSync(socket)).toBe(false);
  });

  it('does not take a socket away from who listens on it', async () => {
    const socket = path.join(folder, 'b.sock');
    await listen('first', { socket });
    await expect(listen('second', { socket })).rejects.toMatchObject({
      problems: [{ code: 'PORT_IN_USE', fault: `Another process listens on ${socket}.` }],
    });
    expect(await ask(socket)).toBe('first');
  });

  it('does not take a socket away from a server that is too busy to accept', async () => {
    const socket = path.join(folder, 'busy.sock');
    const end = await keepBusy(socket);
    const { ino } = statSync(socket);
    try {
      await expect(listen('second', { socket })).rejects.toMatchObject({
        problems: [{ code: 'PORT_IN_USE', fault: `Another process listens on ${socket}.` }],
      });
      expect(statSync(socket).ino).toBe(ino);
    } finally {
      await end();
    }
  });

  it('takes over a socket on which no process listens any more', async () => {
    const socket = path.join(folder, 'c.sock');
    const { status } = leaveSocketBehind(socket);
    expect([status, existsSync(socket)]).toEqual([0, true]);
    await listen('next', { socket });
    expect(await ask(socket)).toBe('next');
  });

  it('does not delete what is not a socket: a file, a folder, a link', async () => {
    const file = path.join(folder, 'notes.txt');
    const link = path.join(folder, 'link');
    writeFileSync(file, 'dear diary');
    symlinkSync(path.join(folder, 'none'), link);
    for (const socket of [file, link, folder]) {
      await expect(listen('a', { socket })).rejects.toThrow(
        `LISTEN_FAILED  app.listen\n    The application cannot listen on ${socket}: a file that is not a socket has that path.`,
      );
    }
    expect([statSync(file).size, existsSync(folder)]).toEqual([10, true]);
    rmSync(link);
  });

  it('has the permissions of socketMode, from its first moment on', async () => {
    const before = process.umask();
    for (const socketMode of [0o600, 0o660, 0o666, 0o777]) {
      const socket = path.join(folder, `mode-${socketMode}.sock`);
      await listen('mode', { socket, socketMode });
      expect((statSync(socket).mode & 0o777).toString(8)).toBe(socketMode.toString(8));
      expect(await ask(socket)).toBe('mode');
    }
    expect(process.umask()).toBe(before);
  });

  it('has a path of at most as many bytes as the system takes, and gives the umask back', async () => {
    const before = process.umask();
    const longest = path.join(folder, 'x'.repeat(106 - folder.length));
    await listen('longest', { socket: longest, socketMode: 0o600 });
    expect(await ask(longest)).toBe('longest');
    await expect(listen('a', { socket: `${longest}x`, socketMode: 0o600 })).rejects.toThrow(
      'the path is too long for a socket',
    );
    expect(process.umask()).toBe(before);
  });

  it.each<[string, object, string]>([
    ['without a socket', { port: 0, socketMode: 0o660 }, 'socketMode needs socket'],
    ['in decimal', { socketMode: 660 }, 'socketMode must be permissions such as 0o660'],
    ['as text', { socketMode: '0660' }, 'socketMode must be permissions such as 0o660'],
    ['negative', { socketMode: -1 }, 'socketMode must be permissions such as 0o660'],
  ])('refuses a mode %s', async (_, options, fault) => {
    const place = 'port' in options ? {} : { socket: path.join(folder, 'refused.sock') };
    await expect(listen('a', { ...place, ...options })).rejects.toThrow(`app.listen()\n    ${fault}.`);
  });
});

/** A process that was killed while it listened leaves its socket's file. */
function leaveSocketBehind(socket: string) {
  const code = `
    const server = require('node:net').createServer();
    server.listen(${JSON.stringify(socket)}, () => process.exit(process.reallyExit(0)));`;
  return spawnSync(process.execPath, ['-e', code]);
}

/** Starts a process that listens and is stopped, and connects until its queue is full. Returns a function that ends it. */
async function keepBusy(socket: string): Promise<() => Promise<void>> {
  const code = `
    const server = require('node:net').createServer();
    server.listen({ path: ${JSON.stringify(socket)}, backlog: 1 }, () => console.log('listens'));`;
  const program = Program.start(process.execPath, ['-e', code]);
  await program.waitFor(/listens/);
  process.kill(program.pid, 'SIGSTOP');
  const waiting: Socket[] = [];
  for (let isFull = false; !isFull && waiting.length < 10;) {
    const one = connect({ path: socket });
    waiting.push(one);
    isFull = await new Promise((resolve) => {
      one.once('connect', () => resolve(false));
      one.once('error', () => resolve(true));
    });
  }
  return async () => {
    for (const one of waiting) one.destroy();
    await program.stop('SIGKILL');
  };
}
