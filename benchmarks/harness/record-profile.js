// Loaded into a server before anything else (`node --import`): SIGUSR2 starts a CPU profile, the next one ends it
// and writes it to the file that PROFILE_FILE names.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const INTERVAL_MICROS = 200;
let session;

process.on('SIGUSR2', () => {
  void (session === undefined ? start() : stop());
});

async function start() {
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROS });
  await session.post('Profiler.start');
}

async function stop() {
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(process.env.PROFILE_FILE, JSON.stringify(profile));
}
