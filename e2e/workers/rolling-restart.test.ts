import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ENGINES } from '../sockets/engines';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(180_000);

const run = promisify(execFile);
/** So many at least: all workers are replaced meanwhile, on a slow machine more than once. */
const REQUESTS = '3000';
const TYPESCRIPT = path.join(__dirname, '..', 'sockets', 'typescript.cjs');
const PROGRAM = path.join(__dirname, 'programs', 'restart-under-load.ts');

/** A network of its own, whose settings are its own: without root, this machine may not allow it. */
const OWN_NETWORK = [
  '--net',
  'sh',
  '-c',
  'ip link set lo up && sysctl -qw net.ipv4.tcp_migrate_req=1 && exec "$@"',
  '-',
];
const hasOwnNetwork = spawnSync('unshare', [...OWN_NETWORK, 'true']).status === 0;

interface Counts {
  readonly answered: number;
  readonly failed: number;
}

async function restart(SLUICE_ENGINE: string): Promise<Counts> {
  const program = [process.execPath, '--require', TYPESCRIPT, PROGRAM];
  const [command, ...args] = hasOwnNetwork ? ['unshare', ...OWN_NETWORK, ...program] : program;
  const { stdout, stderr } = await run(command!, args, { env: { ...process.env, SLUICE_ENGINE, REQUESTS } });
  process.stderr.write(stderr);
  return JSON.parse(stdout) as Counts;
}

describe('Replacing all workers under load', () => {
  // µWebSockets and newer versions of Node leave it to the kernel which worker gets a connection.
  const promise = hasOwnNetwork
    ? 'with tcp_migrate_req'
    : 'in the network of this machine, as unshare is not permitted';

  it.each(ENGINES)(`loses no new connection ${promise}, on the engine %s`, async (engine) => {
    let { answered, failed } = await restart(engine);
    // Rarely, a loaded machine loses a single one, and the reason is not known yet: restart prints its error. A second run
    // must lose none.
    if (hasOwnNetwork && failed === 1) ({ answered, failed } = await restart(engine));
    expect(answered).toBeGreaterThanOrEqual(Number(REQUESTS));
    // Without the setting, connections that wait are lost: docs/workers.md has a measurement.
    expect(failed).toBeLessThanOrEqual(hasOwnNetwork ? 0 : Math.ceil(answered / 1000));
  });
});
