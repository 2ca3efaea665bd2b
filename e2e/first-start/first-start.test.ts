import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../documents/list-documents';
import { Program } from '../programs/program';

const MINUTE = 60_000;
const COPY = pathToFileURL(path.join(ROOT, '.ci/copy-checkout.mjs')).href;

/** A job of npm test names the folder, and keeps the checkout for its other tests. */
const { FIRST_START_IN: given } = process.env;

describe('the first npm start in a checkout', () => {
  const folder = given ?? mkdtempSync(path.join(tmpdir(), 'sluice-first-start-'));
  let program: Program;
  let url: string;

  beforeAll(async () => {
    const copy = `(await import(${JSON.stringify(COPY)})).copyCheckout(${JSON.stringify(folder)}, { clean: true })`;
    const copied = Program.start(process.execPath, ['--input-type=module', '--eval', copy]);
    expect([await copied.ended, copied.stderr]).toEqual([0, '']);
    const env = { PORT: '0', SLUICE_ENGINE: undefined };
    program = Program.start('npm', ['start'], { cwd: folder, env });
    url = await program.waitForUrl(9 * MINUTE);
  }, 10 * MINUTE);

  afterAll(async () => {
    await program.stop('SIGKILL');
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('installs, builds, and prints the plan, the engine and the URL', () => {
    const steps = [
      'Installing dependencies',
      'Building',
      'The engine is ',
      'QuickstartController.status',
      url,
    ];
    const places = steps.map((step) => program.stdout.indexOf(step));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('shows nothing that looks like a fault, whichever engine runs', () => {
    // The sample says that its sessions need a secret in production.
    const lines = `${program.stdout}\n${program.stderr}`.replace(/^SESSION_SECRET is not set.*$/m, '');
    expect(lines).not.toMatch(/warn|error|fail|deprecat|missing|glibc|musl|optional|\bnpm ERR/i);
  });

  it('answers as the README of the quickstart says, and stops on SIGTERM with code 0', async () => {
    expect(await (await fetch(url)).json()).toEqual({ status: 'running' });
    const echo = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' };
    expect(await (await fetch(`${url}/echo`, echo)).json()).toEqual({ a: 1 });
    const first = await fetch(`${url}/counter`);
    const [cookie = ''] = first.headers.getSetCookie();
    await first.text();
    const second = await fetch(`${url}/counter`, { headers: { cookie: cookie.split(';', 1)[0]! } });
    expect(await second.json()).toEqual({ count: 2 });
    const heavy = await fetch(`${url}/heavy`, { headers: { 'accept-encoding': 'gzip' } });
    expect(heavy.headers.get('content-encoding')).toBe('gzip');
    await heavy.text();
    expect(await program.stop()).toBe(0);
  });
});
