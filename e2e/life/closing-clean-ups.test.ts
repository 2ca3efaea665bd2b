import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Controller, createApp, File, Multipart, Post, type App, type UploadedFile } from '@sluice/core';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { ServerProcess } from '../sockets/server-process';
import { until } from '../sockets/until';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(60_000);

const HEAD = '--b\r\nContent-Disposition: form-data; name="it"; filename="it.bin"\r\n\r\n';
const END = '\r\n--b--\r\n';
const CONTENT = 'x'.repeat(100_000);
const LENGTH = HEAD.length + CONTENT.length + END.length;
const UPLOAD = formatHead(
  'POST',
  '/upload',
  'Content-Type: multipart/form-data; boundary=b',
  `Content-Length: ${LENGTH}`,
);

/** A folder of its own for temporary files. */
let folder: string;
const listFiles = (place = folder): string[] =>
  readdirSync(place).filter((name) => name.startsWith('sluice-upload-'));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sluice-closing-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('Closing an application at its deadline', () => {
  let app: App;
  let connection: RawConnection;
  let seen: unknown[];
  let release: () => void;

  beforeEach(async () => {
    jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
    seen = [];
    const released = new Promise<void>((resolve) => (release = resolve));

    @Controller('/upload')
    class UploadController {
      @Post()
      @Multipart({ spoolAbove: 1000, stallTimeout: 30_000 })
      async take(@File('it') file: UploadedFile) {
        seen.push(file.size);
        await released;
        return 'taken';
      }
    }

    app = await createApp({
      controllers: [UploadController],
      logger: { info() {}, warn: (message) => void seen.push(message), error() {} },
      onStop: () => void seen.push('onStop', ...listFiles()),
    });
    const { port } = await app.listen({ port: 0, handleSignals: false });
    connection = await RawConnection.open(port);
  });

  afterEach(async () => {
    release();
    await app.close({ timeoutMs: 0 });
    jest.restoreAllMocks();
  });

  it('removes the temporary files of a handler that does not end, before onStop', async () => {
    connection.send(UPLOAD, HEAD, CONTENT, END);
    await until(() => seen.length > 0);
    expect(listFiles()).toHaveLength(1);
    await app.close({ timeoutMs: 50 });
    expect([seen, listFiles()]).toEqual([[CONTENT.length, 'onStop'], []]);
  });

  it('removes those of a form that is still arriving', async () => {
    connection.send(UPLOAD, HEAD, CONTENT);
    await until(() => listFiles().length > 0);
    await app.close({ timeoutMs: 50 });
    expect([seen, listFiles()]).toEqual([['onStop'], []]);
  });

  it('creates none afterwards', async () => {
    connection.send(UPLOAD, HEAD, 'x');
    await wait(50);
    const closed = app.close({ timeoutMs: 20 });
    for (let sent = 0; sent < 20; sent++) {
      connection.send('x'.repeat(1000));
      await wait(2);
    }
    await closed;
    await wait(50);
    expect([seen, listFiles()]).toEqual([['onStop'], []]);
  });
});

describe('A signal', () => {
  it('runs the clean-ups of what does not end, and then onStop', async () => {
    // Each of them waits for the ten seconds of the deadline.
    const ends = await Promise.all((['SIGTERM', 'SIGINT'] as const).map(closeBySignal));
    const log = 'clean-up of /never\nonStop: 0 temporary files\n';
    expect(ends).toEqual([
      ['SIGTERM', 0, log, []],
      ['SIGINT', 0, log, []],
    ]);
  });

  async function closeBySignal(signal: NodeJS.Signals) {
    const TMPDIR = path.join(folder, signal);
    mkdirSync(TMPDIR);
    const server = await ServerProcess.start('closing', { TMPDIR });
    try {
      const never = await RawConnection.open(server.port);
      const upload = await RawConnection.open(server.port);
      never.send(formatHead('GET', '/never'));
      upload.send(UPLOAD, HEAD, CONTENT, END);
      await server.waitForNotes((notes) => notes.length === 2);
      server.signal(signal);
      return [signal, await server.waitForEnd(), server.log, listFiles(TMPDIR)];
    } finally {
      await server.stop();
    }
  }
});
