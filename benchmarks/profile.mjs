// `npm run bench:profile -- d [--peer sluice] [--seconds 5] [--top 25]`: where a server's time goes under load.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chooseCores } from './harness/cores.js';
import { findTopFrames } from './harness/find-top-frames.js';
import { findLoadGenerator, sendLoad } from './harness/load.js';
import { prepareRequest } from './harness/log-in.js';
import { prepare } from './harness/prepare.js';
import { findPeers, findWorkloads } from './harness/read-arguments.js';
import { startServer, stopAllServers, stopServer } from './harness/server.js';

const WARMUP_SECONDS = 2;
const HOOK = pathToFileURL(path.join(import.meta.dirname, 'harness/record-profile.js')).href;
process.on('exit', stopAllServers);

try {
  await profile(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function profile(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      peer: { type: 'string', default: 'sluice' },
      seconds: { type: 'string', default: '5' },
      top: { type: 'string', default: '25' },
    },
  });
  const [workload] = findWorkloads(positionals[0] ?? 'a');
  const [peer] = findPeers(values.peer);
  if (peer.language !== 'node')
    throw new Error(`${peer.name} doesn't run on Node: there is no profile of it.`);
  await prepare();
  const file = path.join(
    import.meta.dirname,
    '../.cache/benchmarks',
    `${workload.id}-${peer.name}.cpuprofile`,
  );
  await recordProfile(peer, workload, Number(values.seconds), file);
  const frames = findTopFrames(JSON.parse(readFileSync(file, 'utf8')), Number(values.top));
  process.stdout.write(`\n(${workload.id}) ${workload.title}, ${peer.name}: own time, without idle time\n\n`);
  for (const { name, place, share } of frames) {
    process.stdout.write(`${(share * 100).toFixed(1).padStart(5)} %  ${name.padEnd(30)}  ${place}\n`);
  }
  process.stdout.write(
    `\nThe whole profile, for a browser's developer tools: ${path.relative(process.cwd(), file)}\n`,
  );
}

async function recordProfile(peer, workload, seconds, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  process.env.PROFILE_FILE = file;
  const cores = chooseCores();
  const server = await startServer(peer, workload, { core: cores?.server, nodeOptions: ['--import', HOOK] });
  try {
    const request = await prepareRequest(server.port, workload);
    const load = { generator: findLoadGenerator(), port: server.port, request, workload, core: cores?.load };
    await sendLoad({ ...load, seconds: WARMUP_SECONDS });
    server.child.kill('SIGUSR2');
    await sendLoad({ ...load, seconds });
    server.child.kill('SIGUSR2');
    await waitForFile(file);
  } finally {
    await stopServer(server);
  }
}

async function waitForFile(file) {
  for (let waited = 0; !isComplete(file); waited += 1) {
    if (waited > 300) throw new Error('The server wrote no profile within 30 s.');
    await wait(100);
  }
}

function isComplete(file) {
  return existsSync(file) && readFileSync(file, 'utf8').endsWith('}');
}
