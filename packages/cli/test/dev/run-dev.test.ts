import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runDev } from '../../src/dev/run-dev';

describe('sluice dev', () => {
  const { execPath } = process;
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-dev-'));

  afterAll(() => {
    process.execPath = execPath;
    rmSync(folder, { recursive: true });
  });

  it('takes a signal from its first moment on, and leaves no listener behind', async () => {
    process.execPath = '/no/such/node';
    const before = process.listenerCount('SIGTERM');
    const options = { folder, file: path.join(folder, 'main.js'), checksTypes: false };
    const ended = runDev(options, { print: () => {}, note: () => {} });
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    process.listeners('SIGTERM').at(-1)!('SIGTERM');
    await ended;
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
