import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Program } from '../programs/program';
import { IS_STRICT } from '../sockets/is-strict';
import { formatHead, RawConnection } from '../sockets/raw-connection';
import { writeProgram } from './write-program';
import { until } from '../sockets/until';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

const LIMIT = 100;
const CONNECTIONS = 150;

it('a process without a free file descriptor keeps serving, and takes connections again when one is free', async () => {
  const { folder, args } = writeProgram();
  const limited = `ulimit -n ${LIMIT}; exec "$0" "$@"`;
  await using program = Program.start('sh', ['-c', limited, process.execPath, ...args], {
    env: { PORT: '0', NODE_ENV: 'production', SLUICE_ENGINE: IS_STRICT ? 'node' : 'uws' },
  });
  const port = Number(new URL(await program.waitForUrl()).port);
  const opened = await Promise.all(Array.from({ length: CONNECTIONS }, () => RawConnection.open(port)));
  let answers = 0;
  const ends = opened.map(async (connection) => {
    connection.send(formatHead('GET', '/'));
    await connection.readResponse().then(
      () => answers++,
      () => undefined,
    );
  });
  await until(
    () => answers >= LIMIT / 2,
    () => program.stdout + program.stderr,
  );
  // The test of the engine runs meanwhile, and has no descriptor either.
  await wait(1500);
  expect(answers).toBeLessThan(LIMIT);
  for (const connection of opened.slice(0, LIMIT)) connection.cut();
  await Promise.all(ends);
  // Those that waited have their answer on µWebSockets; node:http has closed them.
  if (IS_STRICT) expect(answers).toBeLessThan(LIMIT);
  else expect(answers).toBeGreaterThanOrEqual(CONNECTIONS - LIMIT);
  for (const connection of opened) connection.cut();
  // It may not have seen all of these ends yet.
  await until(async () => (await askOnce(port)) === 'Hello');
  expect(await program.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

/** The body of the answer on a new connection; undefined if the connection ends without one. */
async function askOnce(port: number): Promise<string | undefined> {
  const connection = await RawConnection.open(port);
  const response = await connection.ask('GET', '/').catch(() => undefined);
  connection.cut();
  return response?.body.toString();
}
